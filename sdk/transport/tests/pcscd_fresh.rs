//! A pcscd that has just started, with a card that lay on the reader before: it knows nothing until the card is powered, and
//! has counted no card yet when that one is swapped. Both are told as with a service of long standing.

mod made_up;
mod vpcd;

use chipid_transport::cancel::Cancel;
use chipid_transport::pcsc::{self, CardState, EventKind, Monitor, Moved, Reader};
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use vpcd::LONG;
use vpcd::service::Service;

/// The card on its second slot takes a second to be powered.
const READERS: [(&str, &str); 1] = [("Slow Reader", "0:0:cp:-1:0")];
const NAME: &str = "Slow Reader 00 01";
const MOVED: EventKind = EventKind::CardMoved(Moved::Removed);

#[test]
#[ignore = "needs own-pcscd"]
fn card_that_lay_there_before_the_service_is_told_and_so_is_its_swapping() {
    Service::of_the_script().kill();
    let readers = made_up::configuration("fresh-service", &READERS);
    let away = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh-service/away");
    let _ = fs::remove_file(&away);

    let service = Service::started_with_steered(&readers, &away);
    let mut monitor = Monitor::new(&Cancel::new());
    assert_eq!(first(&mut monitor), EventKind::CardInField);
    // Swapped while nobody asked, and with nothing counted before it.
    swap(&away);
    assert_eq!(told(&mut monitor), [MOVED, EventKind::CardInField]);
    // Swapped while somebody sleeps.
    let swapping = away.clone();
    let swapping = thread::spawn(move || swap(&swapping));
    let next = || monitor.next_within(Some(LONG)).unwrap().kind;
    let next: Vec<EventKind> = std::iter::repeat_with(next).take(2).collect();
    assert_eq!(next, [MOVED, EventKind::CardInField]);
    swapping.join().unwrap();
    service.kill();

    // Every look waits until it is known whether a card is there.
    let _service = Service::started_with_steered(&readers, &away);
    assert_eq!(until_listed(), CardState::Present);
    // Whoever sleeps on a card that nobody counted is told that it left.
    let mut monitor = Monitor::new(&Cancel::new());
    assert_eq!(first(&mut monitor), EventKind::CardInField);
    fs::write(&away, "").unwrap();
    assert_eq!(monitor.next_within(Some(LONG)).unwrap().kind, MOVED);
}

/// A service that has just started may answer before it has its readers.
fn first(monitor: &mut Monitor) -> EventKind {
    let kinds = std::iter::repeat_with(|| monitor.next_within(Some(LONG)).unwrap().kind);
    let mut kinds = kinds.skip_while(|kind| *kind == EventKind::NoReader);
    kinds.next().unwrap()
}

fn told(monitor: &mut Monitor) -> Vec<EventKind> {
    let next = || monitor.next_within(Some(Duration::ZERO)).ok();
    std::iter::from_fn(next).map(|event| event.kind).collect()
}

/// Takes the card and lays another, each seen by the service.
fn swap(away: &Path) {
    let reader = Reader::named(NAME).unwrap();
    fs::write(away, "").unwrap();
    reader.wait_for_removal(Some(LONG), &Cancel::new()).unwrap();
    fs::remove_file(away).unwrap();
    reader.wait_for_card(Some(LONG), &Cancel::new()).unwrap();
}

fn until_listed() -> CardState {
    let end = Instant::now() + LONG;
    loop {
        let readers = pcsc::readers().unwrap();
        if let Some(reader) = readers.iter().find(|reader| reader.name == NAME) {
            return reader.card;
        }
        assert!(Instant::now() < end, "the reader is never listed");
        thread::sleep(Duration::from_millis(5));
    }
}
