//! A real pcscd with the virtual reader of vpcd, as `chipid doctor` meets it: without a card and with one.

use chipid_doctor::{Code, Machine, Program, Report, examine};
use chipid_virtual_card::vpcd::{DEFAULT_ADDRESS, Stop, serve};
use chipid_virtual_card::{Issuer, Personaliser, Profile, VirtualCard};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use std::thread;
use std::time::{Duration, Instant};

fn report() -> Report {
    let program = Program {
        asks_readers: true,
        ..Program::default()
    };
    examine(&Machine::this(program))
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

    let profile = Profile::builtin("passport-p256").unwrap();
    let mut rng = UnwrapErr(SysRng);
    let issuer = Issuer::for_profile(&profile, &mut rng).unwrap();
    let personaliser = Personaliser::new(profile).issuer(&issuer);
    let data = personaliser.build(&mut rng).unwrap();
    let stop = Stop::new();
    let served = {
        let stop = stop.clone();
        thread::spawn(move || serve(&mut VirtualCard::new(data), DEFAULT_ADDRESS, &stop))
    };
    for _ in 0..5 {
        let with = until(true);
        assert!(with.card_readable, "{with:#?}");
    }
    stop.stop();
    served.join().unwrap().unwrap();
    assert!(!until(false).card_readable);
}
