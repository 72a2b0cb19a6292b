//! pcscd itself is killed: the one test that needs a pcscd of its own, alone in its program.

mod vpcd;

use chipid_emrtd::card_transport::{CardTransport, TransportError};
use chipid_emrtd::drivers::block;
use chipid_transport::cancel::Cancel;
use chipid_transport::pcsc;
use std::thread;
use std::time::Duration;
use vpcd::service::Service;
use vpcd::{LONG, READER, Reaction, VirtualCard, empty_reader, seen};

#[test]
#[ignore = "needs own-pcscd"]
fn killed_service_is_named_by_every_call() {
    let service = Service::of_the_script();
    let (_turn, reader) = empty_reader();
    // An APDU that is still under way when the service dies.
    let _chip = VirtualCard::scripted(|apdu| match apdu[1] {
        0xA4 => Reaction::Answer(vec![0x90, 0x00]),
        _ => Reaction::AnswerAfter(Duration::from_secs(2), vec![0x90, 0x00]),
    });
    seen(&reader).unwrap();
    let mut card = reader.connect().unwrap();
    assert_eq!(
        block(card.transmit(&[0x00, 0xA4, 0x00, 0x0C])).unwrap(),
        Ok(vec![0x90, 0x00])
    );
    let waiting = {
        let reader = pcsc::Reader::named(READER).unwrap();
        thread::spawn(move || reader.wait_for_removal(Some(LONG), &Cancel::new()))
    };
    let killer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        service.kill();
    });
    assert_eq!(
        block(card.transmit(&[0x00, 0xB0, 0x00, 0x00])).unwrap(),
        Err(TransportError::ServiceUnavailable)
    );
    killer.join().unwrap();
    assert_eq!(
        block(card.transmit(&[0x00, 0xA4, 0x00, 0x0C])).unwrap(),
        Err(TransportError::ServiceUnavailable)
    );
    assert_eq!(
        waiting.join().unwrap(),
        Err(TransportError::ServiceUnavailable)
    );
    assert_eq!(pcsc::readers(), Err(TransportError::ServiceUnavailable));
    assert_eq!(
        reader.connect().unwrap_err(),
        TransportError::ServiceUnavailable
    );
    let any = pcsc::wait_for_card(Some(LONG), &Cancel::new());
    assert_eq!(any.unwrap_err(), TransportError::ServiceUnavailable);
}
