//! A counter with two readers: cards come, go, are swapped and snatched away two hundred times in random order, and pcscd is
//! killed and started again in between. Every event is right and in order, every card is read, and nothing is left behind.
//!
//! vpcd's two slots stand for two readers. CHIPID_TEST_SEED repeats an order that was printed.

mod vpcd;

use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_transport::cancel::Cancel;
use chipid_transport::pcsc::{CardState, EventKind, Monitor, Moved, Reader, ReaderStatus};
use std::fs;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use vpcd::service::Service;
use vpcd::{LONG, READER, Reaction, SECOND_READER, VirtualCard};

const MOVES: u32 = 200;
/// pcscd is killed after this many moves, each time.
const ROUND: u32 = 70;
const SLOTS: [&str; 2] = [READER, SECOND_READER];
/// The command that a card answers with its number.
const WHO: [u8; 5] = [0x80, 0xCA, 0x00, 0x00, 0x04];

#[test]
#[ignore = "needs own-pcscd"]
fn two_hundred_cards_on_two_slots_and_a_service_that_is_killed() {
    let seed =
        std::env::var("CHIPID_TEST_SEED").map_or_else(|_| now(), |text| text.parse().unwrap());
    println!("CHIPID_TEST_SEED={seed}");
    let started = Instant::now();
    let mut service = Service::of_the_script();
    let (mut station, [first, second]) = Station::opened();
    let mut hands = [
        Hand::new(0, seed, first),
        Hand::new(1, seed ^ 0xABCD, second),
    ];
    for hand in &mut hands {
        hand.expect(Report::Event(EventKind::ReaderReady));
        // Whatever is opened once for good is open after this.
        hand.lay();
        hand.take();
    }

    let before = Held::now();
    let mut left = MOVES;
    let mut kinds = [0; 4];
    while left > 0 {
        let in_service = service.threads();
        let round = left.min(ROUND);
        let (one, two) = (round / 2, round - round / 2);
        let [first, second] = &mut hands;
        let (mine, other) = thread::scope(|scope| {
            let other = scope.spawn(move || second.moves(two));
            (first.moves(one), other.join().unwrap())
        });
        for ((kind, mine), other) in kinds.iter_mut().zip(mine).zip(other) {
            *kind += mine + other;
        }
        left -= round;
        for hand in &mut hands {
            hand.nothing_more();
        }
        if left > 0 {
            // With cards on the readers, or without, as it comes.
            service.kill();
            for hand in &mut hands {
                hand.expect_service_away();
                hand.card = None;
            }
            service = Service::started();
            for hand in &mut hands {
                hand.expect_reader_again();
            }
        } else {
            for hand in &mut hands {
                if hand.card.is_some() {
                    hand.take();
                }
            }
            before.is_all_that_is_held();
            service.holds_no_more_than(in_service);
        }
    }
    station.close();
    let [laid, taken, swapped, snatched] = kinds;
    assert_eq!(laid + taken + swapped + snatched, MOVES);
    assert!(kinds.iter().all(|kind| *kind > 0), "{kinds:?}");
    println!(
        "{laid} laid, {taken} taken, {swapped} swapped, {snatched} snatched away in {:?}",
        started.elapsed()
    );
}

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::from(now.subsec_nanos()) ^ now.as_secs()
}

/// What the station says of a slot.
#[derive(Debug, PartialEq)]
enum Report {
    Event(EventKind),
    Read(Result<u32, TransportError>),
}

/// What stands at a counter: it waits for events, and reads each card that is laid.
struct Station {
    cancel: Cancel,
    thread: Option<JoinHandle<()>>,
}

impl Station {
    fn opened() -> (Self, [Receiver<Report>; 2]) {
        let cancel = Cancel::new();
        let (first, first_reports) = channel();
        let (second, second_reports) = channel();
        let monitor = Monitor::new(&cancel);
        let thread = thread::spawn(move || serve(monitor, &[first, second]));
        let station = Self {
            cancel,
            thread: Some(thread),
        };
        (station, [first_reports, second_reports])
    }

    fn close(&mut self) {
        let start = Instant::now();
        self.cancel.cancel();
        self.thread.take().unwrap().join().unwrap();
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

fn serve(mut monitor: Monitor, slots: &[Sender<Report>; 2]) {
    while let Some(event) = monitor.next() {
        let Some(status) = &event.reader else {
            for slot in slots {
                slot.send(Report::Event(event.kind)).unwrap();
            }
            continue;
        };
        let at = SLOTS.iter().position(|name| *name == status.name).unwrap();
        is_as_told(event.kind, status);
        slots[at].send(Report::Event(event.kind)).unwrap();
        if event.kind == EventKind::CardInField {
            let reader = Reader::of(status).unwrap();
            let read = who(&reader);
            match read {
                Ok(number) if is_done_with(number) => monitor.done_with(&reader),
                Ok(_) => {}
                Err(error) => assert!(monitor.broke_off(&reader, error), "{error:?}"),
            }
            slots[at].send(Report::Read(read)).unwrap();
        }
    }
}

/// The status beside an event is that after it.
fn is_as_told(kind: EventKind, status: &ReaderStatus) {
    let lies = matches!(kind, EventKind::CardInField | EventKind::Done);
    assert_eq!(
        status.card != CardState::Absent,
        lies,
        "{kind:?} {status:?}"
    );
    assert_eq!(status.atr.is_empty(), !lies);
}

fn who(reader: &Reader) -> Result<u32, TransportError> {
    let mut card = reader.connect()?;
    let answer = block(card.transmit(&WHO)).unwrap()?;
    let number = answer.strip_suffix(&[0x90, 0x00]).unwrap();
    Ok(u32::from_be_bytes(number.try_into().unwrap()))
}

/// Whether the station says of this card that it is done with it: of every second one.
fn is_done_with(number: u32) -> bool {
    number.is_multiple_of(2)
}

/// A hand over one slot, which lays and takes cards and hears what the station says.
struct Hand {
    slot: u16,
    random: u64,
    reports: Receiver<Report>,
    next: u32,
    card: Option<(VirtualCard, u32)>,
}

impl Hand {
    fn new(slot: u16, seed: u64, reports: Receiver<Report>) -> Self {
        Self {
            slot,
            random: seed | 1,
            reports,
            next: u32::from(slot) << 16,
            card: None,
        }
    }

    /// Makes so many moves; gives how many of each kind.
    fn moves(&mut self, many: u32) -> [u32; 4] {
        let mut made = [0; 4];
        for _ in 0..many {
            let chance = self.chance(4);
            let kind = match (self.card.is_some(), chance) {
                (false, 0) => 3,
                (false, _) => 0,
                (true, 0 | 1) => 2,
                (true, _) => 1,
            };
            match kind {
                0 => self.lay(),
                1 => self.take(),
                2 => self.swap(),
                _ => self.snatch(),
            }
            made[kind] += 1;
            if self.chance(3) == 0 {
                thread::sleep(Duration::from_millis(self.chance(200)));
            }
        }
        made
    }

    fn lay(&mut self) {
        self.put();
        self.expect_read();
    }

    fn take(&mut self) {
        let (card, number) = self.card.take().unwrap();
        drop(card);
        self.expect_left(number);
    }

    /// Another card in its place, at once.
    fn swap(&mut self) {
        let (card, number) = self.card.take().unwrap();
        drop(card);
        self.put();
        self.expect_left(number);
        self.expect_read();
    }

    /// A card that is taken while it is read.
    fn snatch(&mut self) {
        let card = VirtualCard::in_slot(self.slot, |_| Reaction::Vanish);
        self.expect(Report::Event(EventKind::CardInField));
        self.expect(Report::Read(Err(TransportError::CardRemoved)));
        self.expect(Report::Event(EventKind::CardMoved(Moved::Removed)));
        drop(card);
    }

    fn put(&mut self) {
        self.next += 1;
        let number = self.next;
        let card = VirtualCard::in_slot(self.slot, move |apdu| {
            assert_eq!(apdu, WHO);
            Reaction::Answer([&number.to_be_bytes()[..], &[0x90, 0x00]].concat())
        });
        self.card = Some((card, number));
    }

    fn expect_read(&self) {
        let (_, number) = self.card.as_ref().unwrap();
        self.expect(Report::Event(EventKind::CardInField));
        self.expect(Report::Read(Ok(*number)));
        if is_done_with(*number) {
            self.expect(Report::Event(EventKind::Done));
        }
    }

    fn expect_left(&self, number: u32) {
        self.expect(Report::Event(match is_done_with(number) {
            true => EventKind::ReaderReady,
            false => EventKind::CardMoved(Moved::Removed),
        }));
    }

    fn expect_service_away(&self) {
        let why = TransportError::ServiceUnavailable;
        self.expect(Report::Event(EventKind::ServiceAway(why)));
    }

    /// A service that has just started may answer before it has its readers.
    fn expect_reader_again(&self) {
        match self.report() {
            Report::Event(EventKind::NoReader) => {
                self.expect(Report::Event(EventKind::ReaderReady))
            }
            told => assert_eq!(told, Report::Event(EventKind::ReaderReady)),
        }
    }

    fn expect(&self, expected: Report) {
        let told = self.report();
        assert_eq!(told, expected, "slot {}", self.slot);
    }

    fn report(&self) -> Report {
        let told = self.reports.recv_timeout(LONG);
        told.unwrap_or_else(|_| panic!("slot {}: nothing is told", self.slot))
    }

    fn nothing_more(&self) {
        let more = self.reports.recv_timeout(Duration::from_millis(300));
        assert!(more.is_err(), "slot {}: {more:?}", self.slot);
    }

    /// A number below `bound` (xorshift64*).
    fn chance(&mut self, bound: u64) -> u64 {
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        (self.random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }
}

/// What this process holds open.
#[derive(Debug, PartialEq)]
struct Held {
    files: usize,
    threads: usize,
}

impl Held {
    fn now() -> Self {
        Self {
            files: entries("/proc/self/fd"),
            threads: entries("/proc/self/task"),
        }
    }

    fn is_all_that_is_held(&self) {
        assert_eq!(*self, Self::now());
    }
}

fn entries(folder: &str) -> usize {
    fs::read_dir(folder).unwrap().count()
}
