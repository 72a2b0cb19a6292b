//! A real pcscd with the virtual reader of vpcd, as `chipid doctor` meets it: without a card and with one.

use chipid_doctor::{Aspect, Code, Machine, Program, Report, examine};
use chipid_transport::pcsc::Reader;
use chipid_virtual_card::vpcd::{DEFAULT_ADDRESS, Response, ServedCard, Stop, serve};
use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

fn program() -> Program {
    Program {
        asks_readers: true,
        ..Program::default()
    }
}

fn report() -> Report {
    examine(&Machine::this(program()))
}

/// A passport on vpcd's reader, until it is dropped.
struct Served {
    stop: Stop,
    serving: Option<JoinHandle<()>>,
}

impl Served {
    fn passport() -> Self {
        let profile = Profile::builtin("passport-p256").unwrap();
        let mut rng = UnwrapErr(SysRng);
        let issuer = Issuer::for_profile(&profile, &mut rng).unwrap();
        let personaliser = Personaliser::new(profile).issuer(&issuer);
        let mut card = VirtualCard::new(personaliser.build(&mut rng).unwrap());
        let stop = Stop::new();
        let until = stop.clone();
        let serving = thread::spawn(move || serve(&mut card, DEFAULT_ADDRESS, &until).unwrap());
        Self {
            stop,
            serving: Some(serving),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(serving) = self.serving.take() {
            let _ = serving.join();
        }
    }
}

/// Looks again until a card is readable or not, as asked: vpcd sees it come and go a moment later.
fn until(readable: bool) -> Report {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let report = report();
        if report.card_readable == readable || Instant::now() > deadline {
            return report;
        }
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
#[ignore = "needs pcscd"]
fn no_card_and_a_card_on_the_virtual_reader() {
    let without = until(false);
    let first = without.first().map(|finding| finding.code);
    assert_eq!(first, Some(Code::CardNotSeen), "{without:#?}");
    let missed = without
        .findings
        .iter()
        .any(|finding| finding.code == Code::NoReaderPlugged);
    assert!(!missed, "a virtual reader is on no bus");

    let card = Served::passport();
    for _ in 0..5 {
        let with = until(true);
        assert!(with.card_readable, "{with:#?}");
    }
    drop(card);
    assert!(!until(false).card_readable);
}

/// A program that keeps the card, as GnuPG's scdaemon does.
#[test]
#[ignore = "needs pcscd"]
fn a_card_that_another_program_keeps() {
    let _card = Served::passport();
    assert!(until(true).card_readable);
    let held = Reader::first().unwrap().connect().unwrap();
    let report = report();
    let first = report.first().map(|finding| finding.code);
    assert_eq!(first, Some(Code::ReaderHeldByOther), "{report:#?}");
    drop(held);
    assert!(until(true).card_readable);
}

/// Tells pcscd something, as `kill` does.
fn signal(signal: &str) {
    let pcscd = std::env::var("CHIPID_TEST_PCSCD_PID").unwrap();
    let sent = Command::new("kill").args([signal, &pcscd]).status();
    assert!(sent.unwrap().success());
}

/// Powers up, and at the first command the service hangs, as it does in a driver that waits for ever.
struct Hanging;

impl ServedCard for Hanging {
    fn reset(&mut self) {}

    fn respond(&mut self, _: &[u8]) -> Response {
        signal("-STOP");
        Response::Mute
    }
}

#[test]
#[ignore = "needs own-pcscd"]
fn a_driver_that_hangs_at_a_card() {
    // What another test laid down is gone.
    assert!(!until(false).card_readable);
    let stop = Stop::new();
    let until = stop.clone();
    let serving = thread::spawn(move || serve(&mut Hanging, DEFAULT_ADDRESS, &until).unwrap());
    let deadline = Instant::now() + Duration::from_secs(10);
    let mut seen = report();
    while seen.findings.iter().any(|f| f.code == Code::CardNotSeen) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(100));
        seen = report();
    }
    signal("-CONT");
    stop.stop();
    serving.join().unwrap();
    let first = seen.first().map(|finding| (finding.code, finding.at));
    assert_eq!(first, Some((Code::ReaderSilent, Aspect::Card)), "{seen:#?}");
    // Told by the transport's own time, and not by the doctor's.
    let told = seen
        .first()
        .unwrap()
        .evidence
        .iter()
        .any(|fact| fact.value == "1010");
    assert!(told, "{seen:#?}");
}

/// A pcscd that is stopped takes connections and answers nothing: every call to it waits for ever.
#[test]
#[ignore = "needs own-pcscd"]
fn a_pcscd_that_hangs() {
    signal("-STOP");
    let begun = Instant::now();
    let mut machine = Machine::this(program());
    machine.deadlines.readers = Duration::from_secs(1);
    let report = examine(&machine);
    signal("-CONT");
    assert!(begun.elapsed() < Duration::from_secs(10));
    let first = report.first().map(|finding| finding.code);
    assert_eq!(first, Some(Code::ReaderSilent), "{report:#?}");
    assert_eq!(until(false).first().unwrap().code, Code::CardNotSeen);
}
