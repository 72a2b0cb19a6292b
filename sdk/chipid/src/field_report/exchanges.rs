//! Which commands crossed to the chip and how it answered: what each was, and never what was in it.

use super::classes::{apdu_at_most, at_most, milliseconds};
use super::status;
use super::value_free::facts;
use crate::reading::{Clock, Reading};
use chipid_emrtd::card_transport::{CardTransport, TransportError, TransportLimits};
use chipid_emrtd::reading::Phase;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

facts! {
    /// Everything that crossed.
    pub struct Exchanges {
        /// By command, by what it was for, and by answer.
        pub by_answer: Vec<Answered>,
        /// APDUs in all, rounded up to a power of two: how many there are follows from the sizes of files.
        pub apdus_at_most: u32,
        /// Those that are not READ BINARY or GET RESPONSE, exactly.
        pub apdus_besides_reading: u32,
        /// The longest command APDU, rounded up to a size at which readers are known to stop.
        pub longest_command_at_most: u32,
        /// The longest response APDU, likewise.
        pub longest_response_at_most: u32,
    }

    /// Commands of one kind with one answer.
    pub struct Answered {
        /// The command, as the standard names it.
        pub command: &'static str,
        /// What it was for: `access`, `chip_authentication`, `active_authentication`, a file.
        pub part: &'static str,
        /// Whether it was protected by secure messaging.
        pub protected: bool,
        /// Whether its lengths were extended ones.
        pub extended: bool,
        /// The status word (`61XX`, `6CXX`: the length in it is left out), or why there is none.
        pub answer: &'static str,
        /// How often; `None` for READ BINARY and GET RESPONSE, of which there are as many as a file is long.
        pub count: Option<u32>,
    }

    /// How long the answers to commands of one kind took, each of 1, 2, 5, 10, 20, 50 … milliseconds.
    pub struct AnswerTime {
        /// The command.
        pub command: &'static str,
        /// The quickest.
        pub least_ms: u32,
        /// Half of them took no longer.
        pub median_ms: u32,
        /// The slowest.
        pub most_ms: u32,
    }
}

/// What watches a reading. Clones are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Observation {
    clock: Clock,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    answers: BTreeMap<Kind, u32>,
    times: BTreeMap<&'static str, Vec<Duration>>,
    apdus: usize,
    besides_reading: u32,
    longest_command: usize,
    longest_response: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    command: &'static str,
    part: &'static str,
    protected: bool,
    extended: bool,
    answer: &'static str,
}

/// A transport that is watched.
pub struct Observed<T> {
    inner: T,
    observation: Observation,
}

impl Observation {
    /// Watches this reading, over however many transports it goes.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        Self {
            clock: reading.clock(),
            seen: Arc::default(),
        }
    }

    /// Watches what crosses `transport`.
    pub fn on<T>(&self, transport: T) -> Observed<T> {
        Observed {
            inner: transport,
            observation: self.clone(),
        }
    }

    pub(super) fn exchanges(&self) -> Exchanges {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let by_answer = seen.answers.iter().map(|(kind, count)| Answered {
            command: kind.command,
            part: kind.part,
            protected: kind.protected,
            extended: kind.extended,
            answer: kind.answer,
            count: (!depends_on_length(kind.command)).then_some(*count),
        });
        Exchanges {
            by_answer: by_answer.collect(),
            apdus_at_most: at_most(seen.apdus),
            apdus_besides_reading: seen.besides_reading,
            longest_command_at_most: apdu_at_most(seen.longest_command),
            longest_response_at_most: apdu_at_most(seen.longest_response),
        }
    }

    pub(super) fn times(&self) -> Vec<AnswerTime> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = |(command, times): (&&'static str, &Vec<Duration>)| {
            let mut times = times.clone();
            times.sort_unstable();
            let at = |place: usize| times.get(place).copied().map_or(0, milliseconds);
            AnswerTime {
                command,
                least_ms: at(0),
                median_ms: at(times.len() / 2),
                most_ms: at(times.len().saturating_sub(1)),
            }
        };
        seen.times.iter().map(of_one).collect()
    }

    /// What is being done now, by the name that a report has for it.
    pub(super) fn part(&self) -> &'static str {
        self.clock.phase().map_or("none", part)
    }

    fn note(&self, command: &[u8], answer: &Result<Vec<u8>, TransportError>, time: Duration) {
        let kind = Kind {
            command: command_name(command),
            part: self.part(),
            protected: command.first().is_some_and(|class| class & 0x0C == 0x0C),
            extended: command.len() > 5 && command.get(4) == Some(&0),
            answer: match answer {
                Ok(response) => match response.last_chunk() {
                    Some(status) => status::name(u16::from_be_bytes(*status)),
                    None => status::silence(TransportError::Malformed),
                },
                Err(error) => status::silence(*error),
            },
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let count = seen.answers.entry(kind).or_default();
        *count = count.saturating_add(1);
        seen.times.entry(kind.command).or_default().push(time);
        seen.apdus = seen.apdus.saturating_add(1);
        if !depends_on_length(kind.command) {
            seen.besides_reading = seen.besides_reading.saturating_add(1);
        }
        seen.longest_command = seen.longest_command.max(command.len());
        let response = answer.as_ref().map_or(0, Vec::len);
        seen.longest_response = seen.longest_response.max(response);
    }
}

impl<T: CardTransport> CardTransport for Observed<T> {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let start = Instant::now();
        let answer = self.inner.transmit(command).await;
        self.observation.note(command, &answer, start.elapsed());
        answer
    }

    fn limits(&self) -> TransportLimits {
        self.inner.limits()
    }
}

/// ISO/IEC 7816-4, 11; Doc 9303-11. By INS, P1 and P2 alone.
fn command_name(command: &[u8]) -> &'static str {
    match *command {
        [_, 0xA4, 0x00, ..] => "SELECT MF",
        [_, 0xA4, 0x02, ..] => "SELECT EF",
        [_, 0xA4, 0x04, ..] => "SELECT DF",
        [_, 0xA4, ..] => "SELECT",
        [_, READ_BINARY | 0xB1, ..] => "READ BINARY",
        [_, GET_RESPONSE, ..] => "GET RESPONSE",
        [_, 0x84, ..] => "GET CHALLENGE",
        [_, 0x82, ..] => "EXTERNAL AUTHENTICATE",
        [_, 0x88, ..] => "INTERNAL AUTHENTICATE",
        [_, 0x86, ..] => "GENERAL AUTHENTICATE",
        [_, 0x2A, ..] => "PSO",
        [_, 0x22, 0xC1, 0xA4, ..] => "MSE:Set AT (PACE)",
        [_, 0x22, 0x41, 0xA4, ..] => "MSE:Set AT (CA)",
        [_, 0x22, 0x81, 0xA4, ..] => "MSE:Set AT (TA)",
        [_, 0x22, 0x41, 0xA6, ..] => "MSE:Set KAT",
        [_, 0x22, 0x81, 0xB6, ..] => "MSE:Set DST",
        [_, 0x22, ..] => "MSE",
        _ => "other",
    }
}

const READ_BINARY: u8 = 0xB0;
const GET_RESPONSE: u8 = 0xC0;

fn depends_on_length(command: &str) -> bool {
    matches!(command, "READ BINARY" | "GET RESPONSE")
}

const fn part(phase: Phase) -> &'static str {
    match phase {
        Phase::Access => "access",
        Phase::File(file) => super::files::name(file),
        Phase::ChipAuthentication => "chip_authentication",
        Phase::ActiveAuthentication => "active_authentication",
        _ => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chipid_emrtd::drivers::block;
    use chipid_transport::callback::Callback;

    #[test]
    fn an_answer_that_lost_its_status_word_tells_nothing_of_its_data() {
        let observation = Observation::default();
        let mut card = observation.on(Callback::new(|_: &[u8]| Ok(b"LE THI ".to_vec())));
        for _ in 0..3 {
            let _ = block(card.transmit(&[0x00, 0xB0, 0x81, 0x00, 0x00]));
        }
        let _ = block(card.transmit(&[0x0C, 0x84, 0x00, 0x00, 0x00, 0x00, 0x08]));
        let exchanges = observation.exchanges();
        let [challenge, read] = &exchanges.by_answer[..] else {
            panic!("{exchanges:?}");
        };
        assert_eq!((read.command, read.count), ("READ BINARY", None));
        assert_eq!((read.answer, read.part), ("other", "none"));
        assert_eq!(
            (challenge.command, challenge.count),
            ("GET CHALLENGE", Some(1))
        );
        assert!(challenge.protected && challenge.extended);
        assert_eq!(exchanges.apdus_besides_reading, 1);
        assert_eq!(exchanges.apdus_at_most, 16);
    }
}
