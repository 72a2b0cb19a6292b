//! A real pcscd with the virtual reader of vpcd and a scripted card in it: `make test` starts both.

mod vpcd;

use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_transport::cancel::Cancel;
use chipid_transport::pcsc::{
    self, CardState, ConnectOptions, EventKind, LimitsFrom, Monitor, Moved, PcscCard, Reader,
    SpeedOutcome,
};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::task::{Context, Poll, Wake};
use std::thread;
use std::time::{Duration, Instant};
use vpcd::{ATR, Event, LONG, READER, Reaction, VirtualCard, empty_reader, seen};

const SELECT: [u8; 4] = [0x00, 0xA4, 0x00, 0x0C];

fn send(card: &mut PcscCard, command: &[u8]) -> Result<Vec<u8>, TransportError> {
    block(card.transmit(command)).expect("a PC/SC card blocks and is ready")
}

#[test]
#[ignore = "needs pcscd"]
fn reader_is_listed_without_and_with_a_card() {
    let (_turn, reader) = empty_reader();
    let listed = || {
        let readers = pcsc::readers().unwrap();
        readers.into_iter().find(|r| r.name == READER).unwrap()
    };
    assert_eq!(listed().card, CardState::Absent);
    assert!(listed().atr.is_empty());
    let _card = VirtualCard::laid();
    seen(&reader).unwrap();
    assert_eq!(listed().card, CardState::Present);
    assert_eq!(listed().atr, ATR);
    assert_eq!(Reader::first().unwrap(), reader);
    assert_eq!(Reader::named("virtual pcd 00 00").unwrap(), reader);
    assert_eq!(Reader::named("no such"), Err(TransportError::NoReader));
}

/// vpcd's driver says nothing of itself, which is what an unknown reader's does.
#[test]
#[ignore = "needs pcscd"]
fn driver_is_asked_with_and_without_a_card_and_disturbs_none() {
    let (_turn, reader) = empty_reader();
    let alone = reader.facts().unwrap();
    assert_eq!(alone.limits_from, LimitsFrom::VirtualReader);
    assert_eq!(
        (alone.usb, alone.profile, alone.escape),
        (None, None, false)
    );
    let chip = VirtualCard::laid();
    seen(&reader).unwrap();
    let mut card = reader.connect().unwrap();
    assert_eq!(card.facts(), &alone);
    assert_eq!(card.speed_up(), None);
    send(&mut card, &SELECT).unwrap();
    // Another program asks while we read. pcscd would let it wait for the end of our transaction.
    let start = Instant::now();
    assert_eq!(reader.facts(), Err(TransportError::SharingViolation));
    assert!(start.elapsed() < Duration::from_secs(8));
    send(&mut card, &SELECT).unwrap();
    assert!(!chip.was_reset_after(0xA4));
    drop(card);
    assert_eq!(reader.facts(), Ok(alone));
}

#[test]
#[ignore = "needs pcscd"]
fn speed_up_of_a_reader_that_nobody_knows_sends_nothing() {
    let (_turn, reader) = empty_reader();
    let chip = VirtualCard::laid();
    seen(&reader).unwrap();
    let options = ConnectOptions::new().speed_up(true);
    let mut card = reader.connect_with(&options).unwrap();
    let done = card.speed_up().unwrap();
    assert_eq!(done.outcome, SpeedOutcome::UnknownReader);
    assert!(done.sent.is_empty());
    send(&mut card, &SELECT).unwrap();
    let apdus = chip.events();
    let apdus = apdus.iter().filter(|e| matches!(e, Event::Apdu(_)));
    assert_eq!(apdus.count(), 1);
}

#[test]
#[ignore = "needs pcscd"]
fn empty_reader_is_no_card() {
    let (_turn, reader) = empty_reader();
    assert_eq!(Reader::first(), Err(TransportError::NoCard));
    assert_eq!(reader.connect().unwrap_err(), TransportError::NoCard);
}

#[test]
#[ignore = "needs pcscd"]
fn wait_wakes_when_a_card_is_laid_and_when_it_is_taken() {
    let (_turn, reader) = empty_reader();
    let laying = thread::spawn(|| {
        thread::sleep(Duration::from_millis(300));
        VirtualCard::laid()
    });
    let found = pcsc::wait_for_card(Some(LONG), &Cancel::new()).unwrap();
    assert_eq!(found, reader);
    let card = laying.join().unwrap();
    let taking = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        drop(card);
    });
    let status = reader.wait_for_removal(Some(LONG), &Cancel::new()).unwrap();
    assert_eq!(status.card, CardState::Absent);
    taking.join().unwrap();
}

#[test]
#[ignore = "needs pcscd"]
fn wait_ends_in_time_and_costs_no_processor() {
    let (_turn, reader) = empty_reader();
    let timeout = Some(Duration::from_millis(1500));
    let before = processor_ticks();
    let start = Instant::now();
    let any = pcsc::wait_for_card(timeout, &Cancel::new());
    assert_eq!(any.unwrap_err(), TransportError::Timeout);
    let one = reader.wait_for_card(timeout, &Cancel::new());
    assert_eq!(one.unwrap_err(), TransportError::Timeout);
    assert!(start.elapsed() >= Duration::from_secs(3));
    assert!(start.elapsed() < Duration::from_secs(15));
    // A tick is 10 ms: a loop that polls would burn 300.
    assert!(processor_ticks() - before < 60);
}

/// utime + stime of this process (proc(5), /proc/self/stat, fields 14 and 15).
fn processor_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[test]
#[ignore = "needs pcscd"]
fn cancel_ends_every_wait() {
    let (_turn, reader) = empty_reader();
    type Wait = fn(&Reader, &Cancel) -> Result<(), TransportError>;
    let waits: [Wait; 2] = [
        |_, cancel| pcsc::wait_for_card(None, cancel).map(|_| ()),
        |reader, cancel| reader.wait_for_card(None, cancel).map(|_| ()),
    ];
    for wait in waits {
        for delay in [0, 1, 200] {
            let cancel = Cancel::new();
            let canceller = {
                let cancel = cancel.clone();
                thread::spawn(move || {
                    thread::sleep(Duration::from_millis(delay));
                    cancel.cancel();
                })
            };
            let start = Instant::now();
            assert_eq!(wait(&reader, &cancel), Err(TransportError::Cancelled));
            assert!(start.elapsed() < Duration::from_secs(5));
            canceller.join().unwrap();
        }
    }
}

/// The kinds of what is told next, without waiting for more.
fn told(monitor: &mut Monitor) -> Vec<EventKind> {
    let next = || monitor.next_within(Some(Duration::ZERO)).ok();
    std::iter::from_fn(next).map(|event| event.kind).collect()
}

const MOVED: EventKind = EventKind::CardMoved(Moved::Removed);

/// Lays a card and waits until the service has seen it; takes it likewise.
fn laid(reader: &Reader) -> VirtualCard {
    let card = VirtualCard::laid();
    seen(reader).unwrap();
    card
}

fn taken(reader: &Reader, card: VirtualCard) {
    drop(card);
    reader.wait_for_removal(Some(LONG), &Cancel::new()).unwrap();
}

#[test]
#[ignore = "needs pcscd"]
fn what_happened_while_nobody_asked_is_told() {
    let (_turn, reader) = empty_reader();
    let mut monitor = Monitor::on(&reader, &Cancel::new());
    assert_eq!(told(&mut monitor), [EventKind::ReaderReady]);
    // Laid and taken, and nobody looked.
    let card = laid(&reader);
    taken(&reader, card);
    assert_eq!(told(&mut monitor), [MOVED]);
    // Swapped while the first one was read.
    let card = laid(&reader);
    assert_eq!(told(&mut monitor), [EventKind::CardInField]);
    taken(&reader, card);
    let card = laid(&reader);
    assert_eq!(told(&mut monitor), [MOVED, EventKind::CardInField]);
    // Swapped twice, after the station was done with it.
    monitor.done_with(&reader);
    assert_eq!(told(&mut monitor), [EventKind::Done]);
    taken(&reader, card);
    let card = laid(&reader);
    taken(&reader, card);
    let card = laid(&reader);
    assert_eq!(
        told(&mut monitor),
        [EventKind::ReaderReady, EventKind::CardInField]
    );
    taken(&reader, card);
    assert_eq!(told(&mut monitor), [MOVED]);
    assert_eq!(told(&mut monitor), []);
}

#[test]
#[ignore = "needs pcscd"]
fn reading_that_broke_off_is_told_once_and_the_card_again() {
    let (_turn, reader) = empty_reader();
    let mut monitor = Monitor::on(&reader, &Cancel::new());
    let card = laid(&reader);
    assert_eq!(told(&mut monitor), [EventKind::CardInField]);
    // The card was never at fault: nothing is told.
    assert!(!monitor.broke_off(&reader, TransportError::SharingViolation));
    assert_eq!(told(&mut monitor), []);
    // It lies there still.
    assert!(monitor.broke_off(&reader, TransportError::CardReset));
    let reset = EventKind::CardMoved(Moved::Reset);
    assert_eq!(told(&mut monitor), [reset, EventKind::CardInField]);
    // The reading noticed before the service did, and the service says nothing new when it does.
    assert!(monitor.broke_off(&reader, TransportError::CardRemoved));
    assert_eq!(told(&mut monitor), [MOVED]);
    taken(&reader, card);
    assert_eq!(told(&mut monitor), []);
    let _back = laid(&reader);
    assert_eq!(told(&mut monitor), [EventKind::CardInField]);
}

#[test]
#[ignore = "needs pcscd"]
fn short_and_extended_apdus_cross_whole() {
    let (_turn, reader) = empty_reader();
    // Answers with as many bytes as P1 P2 say, and keeps what it got.
    let chip = VirtualCard::scripted(|apdu| {
        let length = usize::from(u16::from_be_bytes([apdu[2], apdu[3]]));
        Reaction::Answer([vec![0xAB; length], vec![0x90, 0x00]].concat())
    });
    seen(&reader).unwrap();
    let mut card = reader.connect().unwrap();
    let command =
        |length: u16, body: &[u8]| [&[0x00, 0xB0], &length.to_be_bytes()[..], body].concat();
    let extended_data = [&[0x00, 0x03, 0xE8][..], &[0x5A; 1000], &[0x00, 0x00]].concat();
    for (command, answered) in [
        (command(0, &[]), 0),
        (command(1, &[0x01]), 1),
        (command(256, &[0x00]), 256),
        (command(4000, &[0x00, 0x0F, 0xA0]), 4000),
        (command(60000, &extended_data), 60000),
        // More than Le, and no Le at all, within a short response.
        (command(200, &[0x01]), 200),
        (command(10, &[]), 10),
    ] {
        let response = send(&mut card, &command).unwrap();
        assert_eq!(response.len(), answered + 2);
        assert_eq!(chip.events().last(), Some(&Event::Apdu(command)));
    }
    // Far more than Le: no response APDU to this command.
    assert_eq!(
        send(&mut card, &command(4000, &[0x00])),
        Err(TransportError::Malformed)
    );
    assert_eq!(
        send(&mut card, &vec![0; 70000]),
        Err(TransportError::TooLong)
    );
}

#[test]
#[ignore = "needs pcscd"]
fn card_removed_between_two_apdus_is_card_removed() {
    let (_turn, reader) = empty_reader();
    let chip = VirtualCard::laid();
    seen(&reader).unwrap();
    let mut card = reader.connect().unwrap();
    send(&mut card, &SELECT).unwrap();
    drop(chip);
    assert_eq!(send(&mut card, &SELECT), Err(TransportError::CardRemoved));
    assert_eq!(send(&mut card, &SELECT), Err(TransportError::CardRemoved));
}

#[test]
#[ignore = "needs pcscd"]
fn card_removed_while_it_works_is_card_removed() {
    let (_turn, reader) = empty_reader();
    let _chip = VirtualCard::scripted(|_| Reaction::Vanish);
    seen(&reader).unwrap();
    let mut card = reader.connect().unwrap();
    assert_eq!(send(&mut card, &SELECT), Err(TransportError::CardRemoved));
    drop(card);
    assert_eq!(reader.connect().unwrap_err(), TransportError::NoCard);
}

#[test]
#[ignore = "needs pcscd"]
fn card_is_reset_when_dropped() {
    let (_turn, reader) = empty_reader();
    let chip = VirtualCard::laid();
    seen(&reader).unwrap();
    for ins in [0xA4, 0xB0] {
        let mut card = reader.connect().unwrap();
        send(&mut card, &[0x00, ins, 0x00, 0x00]).unwrap();
        assert!(!chip.was_reset_after(ins));
        drop(card);
        let mut next = reader.connect().unwrap();
        send(&mut next, &[0x00, 0xCA, 0x00, 0x00]).unwrap();
        assert!(chip.was_reset_after(ins), "{:?}", chip.events());
    }
}

#[test]
#[ignore = "needs pcscd"]
fn card_is_reset_after_its_program_was_killed() {
    if std::env::var_os(TO_BE_KILLED).is_some() {
        return hold_the_card();
    }
    let (_turn, reader) = empty_reader();
    let chip = VirtualCard::laid();
    seen(&reader).unwrap();
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "--nocapture",
            "card_is_reset_after_its_program_was_killed",
        ])
        .env(TO_BE_KILLED, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    assert!(
        lines
            .map_while(Result::ok)
            .any(|line| line.contains("holds the card")),
        "the program connected"
    );
    program.kill().unwrap();
    program.wait().unwrap();
    let mut card = reader.connect().unwrap();
    send(&mut card, &[0x00, 0xCA, 0x00, 0x00]).unwrap();
    assert!(chip.was_reset_after(0xB0), "{:?}", chip.events());
}

const TO_BE_KILLED: &str = "CHIPID_TEST_TO_BE_KILLED";

/// What the child does: this same test in a process of its own.
fn hold_the_card() {
    let mut card = Reader::named(READER).unwrap().connect().unwrap();
    send(&mut card, &[0x00, 0xB0, 0x00, 0x00]).unwrap();
    println!("holds the card");
    thread::sleep(LONG);
}

#[test]
#[ignore = "needs pcscd"]
fn card_held_by_another_is_a_sharing_violation() {
    let (_turn, reader) = empty_reader();
    let chip = VirtualCard::laid();
    seen(&reader).unwrap();
    let mut holder = reader.connect().unwrap();
    send(&mut holder, &SELECT).unwrap();
    let impatient = ConnectOptions::new().connect_timeout(Duration::from_millis(300));
    assert_eq!(
        reader.connect_with(&impatient).unwrap_err(),
        TransportError::SharingViolation
    );
    // The one who gave up did not disturb the one who reads, nor does it later.
    send(&mut holder, &SELECT).unwrap();
    assert!(!chip.was_reset_after(0xA4));
    drop(holder);
    send(&mut reader.connect().unwrap(), &SELECT).unwrap();
}

#[test]
#[ignore = "needs pcscd"]
fn cancel_and_deadline_do_not_wait_for_a_slow_card() {
    let (_turn, reader) = empty_reader();
    let slow = Duration::from_millis(900);
    let _chip = VirtualCard::scripted(move |_| Reaction::AnswerAfter(slow, vec![0x90, 0x00]));
    seen(&reader).unwrap();

    let cancel = Cancel::new();
    let options = ConnectOptions::new().cancel(&cancel);
    let mut card = reader.connect_with(&options).unwrap();
    let canceller = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        cancel.cancel();
    });
    let start = Instant::now();
    assert_eq!(send(&mut card, &SELECT), Err(TransportError::Cancelled));
    assert!(start.elapsed() < slow);
    assert_eq!(send(&mut card, &SELECT), Err(TransportError::Cancelled));
    canceller.join().unwrap();
    drop(card);

    let options = ConnectOptions::new().apdu_timeout(Some(Duration::from_millis(100)));
    let mut card = reader.connect_with(&options).unwrap();
    assert_eq!(send(&mut card, &SELECT), Err(TransportError::Timeout));
}

#[test]
#[ignore = "needs pcscd"]
fn async_card_waits_without_blocking() {
    let (_turn, reader) = empty_reader();
    let slow = Duration::from_millis(300);
    let _chip = VirtualCard::scripted(move |_| Reaction::AnswerAfter(slow, vec![0x90, 0x00]));
    seen(&reader).unwrap();
    let mut card = reader.connect().unwrap().into_async();
    let mut polls = 0;
    let mut future = std::pin::pin!(card.transmit(&SELECT));
    let waker = std::sync::Arc::new(Unpark(thread::current())).into();
    let start = Instant::now();
    let response = loop {
        polls += 1;
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(response) => break response,
            Poll::Pending => {
                assert!(
                    polls > 1 || start.elapsed() < slow,
                    "the first poll blocked"
                );
                thread::park_timeout(LONG);
            }
        }
    };
    assert_eq!(response, Ok(vec![0x90, 0x00]));
    assert!((2..10).contains(&polls));
}

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.unpark();
    }
}
