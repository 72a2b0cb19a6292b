//! Raising the bit rate between reader and card, on request: by the commands that a public document has for this reader.
//!
//! The makers warn that a card which cannot follow is gone from the field: so 848 kbit/s first, then 424, then 106, and the
//! first that leaves the card there is kept. Never tried on a real reader.

use super::facts::ReaderFacts;
use crate::reader_profile::{BitRate, How};
use chipid_emrtd::card_transport::TransportError;

/// The rates to try, in kbit/s.
const RATES: [u16; 3] = [848, 424, 106];

/// What was done to raise the bit rate, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SpeedUp {
    /// What was sent to the reader, in order.
    pub sent: Vec<SentToReader>,
    /// What came of it.
    pub outcome: SpeedOutcome,
}

/// A command to the reader itself, which no card sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentToReader {
    /// The rate that it asks for, in kbit/s; `None` where it asks what the rate is.
    pub rate: Option<u16>,
    /// Its bytes.
    pub command: Vec<u8>,
    /// What came back.
    pub answer: Result<Vec<u8>, TransportError>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpeedOutcome {
    /// The reader took this rate, in kbit/s, as the highest, and the card was there after a reset. What the two then speak
    /// may be less.
    Set(u16),
    /// Nothing was sent: the driver does not tell which reader it is, or no profile fits it.
    UnknownReader,
    /// Nothing was sent: no public document says how it is done with this reader.
    NotDocumented,
    /// Nothing was sent: it takes escape commands, which the driver keeps closed.
    EscapeClosed,
    /// The reader refused every rate, and is as it was.
    Refused,
    /// The reader took this rate, in kbit/s, for one type of card and refused it for the other: it keeps it. The card is there.
    InPart(u16),
    /// The card did not come back. Where the reader takes the command as an APDU, it keeps the rate that lost it: without a
    /// card no lower one can be asked for.
    CardLost,
}

/// The ways to a reader while a card is connected.
pub(super) trait Ways {
    /// Sends an APDU that the reader takes for itself.
    fn apdu(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError>;
    /// Sends an escape command under the control code of the driver.
    fn escape(&mut self, code: u32, command: &[u8]) -> Result<Vec<u8>, TransportError>;
    /// Resets the card, so that it is activated anew.
    fn reset(&mut self) -> Result<(), TransportError>;
}

/// Raises the bit rate. `escape`: the control code that the driver told.
pub(super) fn speed_up(facts: &ReaderFacts, escape: Option<u32>, ways: &mut impl Ways) -> SpeedUp {
    let plan = match Plan::of(facts, escape) {
        Ok(plan) => plan,
        Err(outcome) => {
            return SpeedUp {
                sent: Vec::new(),
                outcome,
            };
        }
    };
    let mut sent = Vec::new();
    let mut outcome = SpeedOutcome::Refused;
    for (rate, commands) in &plan.steps {
        let mut taken = 0;
        for command in commands {
            let answer = plan.send(command, ways);
            let is_taken = plan.is_taken(&answer);
            sent.push(SentToReader {
                rate: Some(*rate),
                command: command.clone(),
                answer,
            });
            if !is_taken {
                break;
            }
            taken += 1;
        }
        if taken == 0 {
            // Nothing was changed by that. Nor is a lower rate one for a card that has gone.
            match sent.last().map(|sent| &sent.answer) {
                Some(Err(_)) if plan.escape.is_none() => break,
                _ => continue,
            }
        }
        if ways.reset().is_ok() {
            outcome = match taken == commands.len() {
                true => SpeedOutcome::Set(*rate),
                false => SpeedOutcome::InPart(*rate),
            };
            break;
        }
        outcome = SpeedOutcome::CardLost;
        if plan.escape.is_none() {
            // An APDU reaches the reader only while a card is there: no lower rate can be asked for.
            break;
        }
    }
    if let SpeedOutcome::Set(_) | SpeedOutcome::InPart(_) = outcome {
        sent.extend(plan.questions.iter().map(|command| SentToReader {
            rate: None,
            command: command.clone(),
            answer: plan.send(command, ways),
        }));
    }
    SpeedUp { sent, outcome }
}

/// What is to be sent, before anything is.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    /// The control code of escape commands, where they are the way.
    escape: Option<u32>,
    /// Rates, the highest first, and the commands that set each.
    steps: Vec<(u16, Vec<Vec<u8>>)>,
    /// What asks for the rate.
    questions: Vec<Vec<u8>>,
}

impl Plan {
    fn of(facts: &ReaderFacts, escape: Option<u32>) -> Result<Self, SpeedOutcome> {
        let profile = facts.profile.ok_or(SpeedOutcome::UnknownReader)?;
        let rate = profile.bit_rate.as_ref();
        let rate = rate.ok_or(SpeedOutcome::NotDocumented)?;
        let escape = match rate.how {
            How::Apdu => None,
            How::Escape => escape,
            How::NoneKnown => return Err(SpeedOutcome::NotDocumented),
        };
        let steps: Vec<_> = RATES
            .iter()
            .filter_map(|kbits| step(rate, *kbits))
            .collect();
        if steps.is_empty() {
            return Err(SpeedOutcome::NotDocumented);
        }
        if rate.how == How::Escape && escape.is_none() {
            return Err(SpeedOutcome::EscapeClosed);
        }
        let questions = [rate.read, rate.read_type_b].into_iter().flatten();
        Ok(Self {
            escape,
            steps,
            questions: questions
                .filter_map(|question| question.bytes(&[]))
                .collect(),
        })
    }

    fn send(&self, command: &[u8], ways: &mut impl Ways) -> Result<Vec<u8>, TransportError> {
        match self.escape {
            Some(code) => ways.escape(code, command),
            None => ways.apdu(command),
        }
    }

    /// An APDU is answered with 9000, an escape command of this family with E1.
    fn is_taken(&self, answer: &Result<Vec<u8>, TransportError>) -> bool {
        match (self.escape, answer) {
            (Some(_), Ok(answer)) => answer.first() == Some(&0xE1),
            (None, Ok(answer)) => answer.ends_with(&[0x90, 0x00]),
            (_, Err(_)) => false,
        }
    }
}

/// The commands that set a rate; `None` where no document says which byte stands for it, or the reader does not reach it.
fn step(rate: &BitRate, kbits: u16) -> Option<(u16, Vec<Vec<u8>>)> {
    if rate.ceiling.is_some_and(|ceiling| kbits > ceiling) {
        return None;
    }
    let (_, speed) = rate.speeds.iter().find(|(of, _)| *of == kbits)?;
    let writes = [rate.write, rate.write_type_b].into_iter().flatten();
    let commands: Option<Vec<_>> = writes.map(|t| t.bytes(&[("speed", *speed)])).collect();
    commands.filter(|c| !c.is_empty()).map(|c| (kbits, c))
}

#[cfg(test)]
mod tests {
    use super::super::properties::Told;
    use super::*;
    use crate::reader_profile::{self, UsbId};

    const CODE: u32 = 0x4200_0DAC;

    fn facts(vendor: u16, product: u16) -> ReaderFacts {
        let told = Told {
            usb: Some(UsbId::new(vendor, product)),
            ..Told::default()
        };
        ReaderFacts::of("some reader 00 00", told)
    }

    /// A reader that answers the same to every command, and whose card follows up to a rate. Without a card no APDU
    /// reaches it.
    struct Fake {
        answer: Vec<u8>,
        /// What it refuses after so many commands.
        refuses_after: usize,
        lost: bool,
        follows: Option<u8>,
        last: u8,
        ways: Vec<Option<u32>>,
    }

    impl Fake {
        fn new(answer: &[u8], follows: Option<u8>) -> Self {
            Self {
                answer: answer.to_vec(),
                refuses_after: usize::MAX,
                lost: false,
                follows,
                last: 0,
                ways: Vec::new(),
            }
        }
    }

    impl Ways for Fake {
        fn apdu(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            self.ways.push(None);
            if self.lost {
                return Err(TransportError::CardRemoved);
            }
            if self.ways.len() > self.refuses_after {
                return Ok(vec![0x6A, 0x81]);
            }
            self.last = command[command.len() - 2];
            Ok(self.answer.clone())
        }

        fn escape(&mut self, code: u32, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            self.ways.push(Some(code));
            self.last = command[command.len() - 1];
            Ok(self.answer.clone())
        }

        fn reset(&mut self) -> Result<(), TransportError> {
            match self.follows {
                Some(most) if self.last <= most => {
                    self.lost = false;
                    Ok(())
                }
                _ => {
                    self.lost = true;
                    Err(TransportError::CardRemoved)
                }
            }
        }
    }

    fn rates(done: &SpeedUp) -> Vec<Option<u16>> {
        done.sent.iter().map(|sent| sent.rate).collect()
    }

    #[test]
    fn highest_rate_that_the_card_follows_is_kept() {
        // ACR1281U-C1: escape, 03 is 848, 02 is 424, and a question at the end.
        let acr1281u = facts(0x072f, 0x2224);
        let mut fast = Fake::new(&[0xE1, 0, 0, 0, 1, 3], Some(3));
        let done = speed_up(&acr1281u, Some(CODE), &mut fast);
        assert_eq!(done.outcome, SpeedOutcome::Set(848));
        assert_eq!(rates(&done), [Some(848), None]);
        assert_eq!(done.sent[0].command, [0xE0, 0, 0, 0x24, 1, 3]);
        assert_eq!(fast.ways, [Some(CODE); 2]);
        let mut slow = Fake::new(&[0xE1, 0, 0, 0, 1, 2], Some(2));
        let done = speed_up(&acr1281u, Some(CODE), &mut slow);
        assert_eq!(done.outcome, SpeedOutcome::Set(424));
        assert_eq!(rates(&done), [Some(848), Some(424), None]);
        let mut gone = Fake::new(&[0xE1, 0, 0, 0, 1, 0], None);
        let done = speed_up(&acr1281u, Some(CODE), &mut gone);
        assert_eq!(done.outcome, SpeedOutcome::CardLost);
        // The last rate asked for is the one that it starts with.
        assert_eq!(rates(&done).last(), Some(&Some(106)));
    }

    #[test]
    fn both_types_are_set_by_apdu_where_that_is_the_way() {
        let omnikey = facts(0x076b, 0x5022);
        let mut reader = Fake::new(&[0x9D, 0x00, 0x90, 0x00], Some(0x77));
        let done = speed_up(&omnikey, None, &mut reader);
        assert_eq!(done.outcome, SpeedOutcome::Set(848));
        assert_eq!(rates(&done), [Some(848), Some(848), None, None]);
        assert_eq!(done.sent[0].command[..5], [0xFF, 0x70, 0x07, 0x6B, 0x0B]);
        assert_eq!(done.sent[0].command.len(), 5 + 0x0B + 1);
        assert_eq!(reader.ways, [None; 4]);
    }

    #[test]
    fn nothing_is_sent_by_apdu_once_the_card_is_gone() {
        let omnikey = facts(0x076b, 0x5022);
        let mut reader = Fake::new(&[0x9D, 0x00, 0x90, 0x00], Some(0x33));
        let done = speed_up(&omnikey, None, &mut reader);
        assert_eq!(done.outcome, SpeedOutcome::CardLost);
        assert_eq!(rates(&done), [Some(848), Some(848)]);
    }

    #[test]
    fn reader_that_refuses_is_left_as_it_is() {
        let omnikey = facts(0x076b, 0x5022);
        let mut reader = Fake::new(&[0x6D, 0x00], Some(0xFF));
        let done = speed_up(&omnikey, None, &mut reader);
        assert_eq!(done.outcome, SpeedOutcome::Refused);
        assert_eq!(rates(&done), [Some(848), Some(424), Some(106)]);
        let answer = &done.sent[0].answer;
        assert_eq!(*answer, Ok(vec![0x6D, 0x00]));
    }

    #[test]
    fn rate_that_is_taken_for_one_type_alone_is_said_and_no_other_is_asked_for() {
        let omnikey = facts(0x076b, 0x5022);
        let mut reader = Fake::new(&[0x9D, 0x00, 0x90, 0x00], Some(0xFF));
        reader.refuses_after = 1;
        let done = speed_up(&omnikey, None, &mut reader);
        assert_eq!(done.outcome, SpeedOutcome::InPart(848));
        // What it keeps is asked for.
        assert_eq!(rates(&done), [Some(848), Some(848), None, None]);
        // The card may be gone for it all the same.
        let mut reader = Fake::new(&[0x9D, 0x00, 0x90, 0x00], None);
        reader.refuses_after = 1;
        let done = speed_up(&omnikey, None, &mut reader);
        assert_eq!(done.outcome, SpeedOutcome::CardLost);
        assert_eq!(reader.apdu(&[0; 4]), Err(TransportError::CardRemoved));
        // Gone before anything was sent.
        let mut reader = Fake::new(&[], None);
        reader.lost = true;
        let done = speed_up(&omnikey, None, &mut reader);
        assert_eq!(
            (done.outcome, rates(&done)),
            (SpeedOutcome::Refused, vec![Some(848)])
        );
    }

    #[test]
    fn nothing_is_sent_where_no_document_says_how() {
        for (usb, escape, outcome) in [
            // The name of an escape command is known, and which bytes stand for the rates is not.
            ((0x072f, 0x223b), Some(CODE), SpeedOutcome::NotDocumented),
            ((0x072f, 0x2303), Some(CODE), SpeedOutcome::NotDocumented),
            ((0x072f, 0x2200), Some(CODE), SpeedOutcome::NotDocumented),
            ((0x0b81, 0x0200), Some(CODE), SpeedOutcome::NotDocumented),
            ((0xffff, 0xffff), Some(CODE), SpeedOutcome::UnknownReader),
            ((0x072f, 0x2224), None, SpeedOutcome::EscapeClosed),
        ] {
            let mut reader = Fake::new(&[0xE1, 0x90, 0x00], Some(0xFF));
            let done = speed_up(&facts(usb.0, usb.1), escape, &mut reader);
            assert_eq!(done.outcome, outcome, "{usb:?}");
            assert!(done.sent.is_empty() && reader.ways.is_empty());
        }
    }

    #[test]
    fn every_documented_rate_stays_below_its_ceiling() {
        let plans = reader_profile::all().iter().filter_map(|profile| {
            let plan = Plan::of(&facts(profile.usb.vendor, profile.usb.product), Some(CODE));
            Some((profile.bit_rate.as_ref()?.ceiling, plan.ok()?))
        });
        let mut seen = 0;
        for (ceiling, plan) in plans {
            let steps: Vec<u16> = plan.steps.iter().map(|(rate, _)| *rate).collect();
            assert!(steps.is_sorted_by(|a, b| a > b));
            assert!(steps.first() <= ceiling.as_ref() && steps.last() == Some(&106));
            seen += 1;
        }
        assert_eq!(seen, 6);
    }
}
