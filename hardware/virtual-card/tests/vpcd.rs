//! The card's side of vpcd, against a scripted vpcd.

use chipid_emrtd::card_transport::TransportError;
use chipid_virtual_card::vpcd::{ATR, Event, Stop, serve, serve_with};
use chipid_virtual_card::{
    Behaviour, CardData, Fault, FaultKind, Issuer, Personaliser, Profile, VirtualCard,
    VirtualCardError,
};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

fn data() -> CardData {
    let mut rng = UnwrapErr(SysRng);
    let profile = Profile::builtin("passport-no-proof").expect("profile");
    let issuer = Issuer::for_profile(&profile, &mut rng).expect("issuer");
    Personaliser::new(profile)
        .issuer(&issuer)
        .build(&mut rng)
        .expect("card")
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    let address = listener.local_addr().expect("address");
    (listener, address)
}

/// As vpcd does it: length and message in two writes.
fn send(stream: &mut TcpStream, message: &[u8]) {
    let length = u16::try_from(message.len()).expect("short");
    stream.write_all(&length.to_be_bytes()).expect("length");
    stream.write_all(message).expect("message");
}

fn receive(stream: &mut TcpStream) -> Vec<u8> {
    let mut length = [0; 2];
    stream.read_exact(&mut length).expect("length");
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message).expect("message");
    message
}

fn ask(stream: &mut TcpStream, message: &[u8]) -> Vec<u8> {
    send(stream, message);
    receive(stream)
}

const SELECT_APPLICATION: [u8; 12] = [
    0x00, 0xA4, 0x04, 0x0C, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01,
];
const SELECT_CARD_ACCESS: [u8; 7] = [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x01, 0x1C];

#[test]
fn a_session_with_resets_a_restart_and_an_end() {
    let (listener, address) = listener();
    let stop = Stop::new();
    let (events, seen) = mpsc::channel();
    let served = thread::spawn({
        let stop = stop.clone();
        let mut card = VirtualCard::new(data());
        move || {
            serve_with(&mut card, address, &stop, |event| {
                let _ = events.send(event);
            })
        }
    });
    let (mut vpcd, _) = listener.accept().expect("accepted");
    send(&mut vpcd, &[1]);
    assert_eq!(ask(&mut vpcd, &[4]), ATR);
    assert_eq!(ask(&mut vpcd, &SELECT_CARD_ACCESS), [0x90, 0x00]);
    assert_eq!(ask(&mut vpcd, &SELECT_APPLICATION), [0x90, 0x00]);
    assert_eq!(ask(&mut vpcd, &SELECT_CARD_ACCESS), [0x69, 0x82]);
    // A reset leads back to the master file.
    send(&mut vpcd, &[2]);
    assert_eq!(ask(&mut vpcd, &SELECT_CARD_ACCESS), [0x90, 0x00]);
    assert_eq!(ask(&mut vpcd, &[0, 0xA4]), [0x67, 0x00]);
    send(&mut vpcd, &[]);
    send(&mut vpcd, &[0]);

    // vpcd goes away in the middle of a message and comes back.
    vpcd.write_all(&[0, 9, 1]).expect("half a message");
    drop(vpcd);
    let (mut vpcd, _) = listener.accept().expect("accepted again");
    assert_eq!(ask(&mut vpcd, &[4]), ATR);
    stop.stop();
    assert_eq!(served.join().expect("no panic"), Ok(()));
    assert_eq!(
        seen.iter().collect::<Vec<_>>(),
        [
            Event::Connected,
            Event::PoweredOn,
            Event::PoweredOn,
            Event::PoweredOff,
            Event::Disconnected,
            Event::Connected,
            Event::Disconnected,
        ]
    );
}

// Other systems cannot be told to acknowledge at once, and have no vpcd that would need it.
#[cfg(target_os = "linux")]
#[test]
fn an_apdu_in_two_writes_does_not_wait_for_an_acknowledgement() {
    let (listener, address) = listener();
    let stop = Stop::new();
    let served = thread::spawn({
        let stop = stop.clone();
        let mut card = VirtualCard::new(data());
        move || serve(&mut card, address, &stop)
    });
    let (mut vpcd, _) = listener.accept().expect("accepted");
    let start = Instant::now();
    for _ in 0..50 {
        assert_eq!(ask(&mut vpcd, &SELECT_APPLICATION), [0x90, 0x00]);
    }
    // Forty milliseconds each would make two seconds.
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
    stop.stop();
    assert_eq!(served.join().expect("no panic"), Ok(()));
}

/// Where the card closed at once, the second write of a power-off failed, and vpcd, which then takes the next card in, never told
/// pcscd that the first one had gone.
#[test]
fn a_card_that_goes_waits_until_vpcd_has_seen_it() {
    let (listener, address) = listener();
    let stop = Stop::new();
    let served = thread::spawn({
        let stop = stop.clone();
        let mut card = VirtualCard::new(data());
        move || serve(&mut card, address, &stop)
    });
    let (mut vpcd, _) = listener.accept().expect("accepted");
    assert_eq!(ask(&mut vpcd, &[4]), ATR);
    stop.stop();
    assert_eq!(vpcd.read(&mut [0]).expect("the end"), 0);
    for byte in [0, 1, 0] {
        vpcd.write_all(&[byte]).expect("not closed yet");
        thread::sleep(Duration::from_millis(20));
    }
    drop(vpcd);
    assert_eq!(served.join().expect("no panic"), Ok(()));
}

#[test]
fn mute_and_removed_cards() {
    let (listener, address) = listener();
    let fault = |at, kind| Fault { at, kind };
    let mut card = VirtualCard::new(data()).with_behaviour(Behaviour {
        faults: vec![
            fault(0, FaultKind::Mute(TransportError::CardMute)),
            fault(1, FaultKind::Remove),
        ],
        ..Behaviour::default()
    });
    let served = thread::spawn(move || serve(&mut card, address, &Stop::new()));
    let (mut vpcd, _) = listener.accept().expect("accepted");
    assert_eq!(ask(&mut vpcd, &SELECT_APPLICATION), []);
    send(&mut vpcd, &SELECT_APPLICATION);
    assert_eq!(vpcd.read(&mut [0]).expect("closed"), 0);
    assert_eq!(served.join().expect("no panic"), Ok(()));
}

#[test]
fn only_this_machine_and_only_where_somebody_listens() {
    let mut card = VirtualCard::new(data());
    let far = "192.0.2.1:35963".parse().expect("address");
    assert_eq!(
        serve(&mut card, far, &Stop::new()),
        Err(VirtualCardError::NotLoopback)
    );
    let (listener, nobody) = listener();
    drop(listener);
    assert_eq!(
        serve(&mut card, nobody, &Stop::new()),
        Err(VirtualCardError::Io {
            kind: std::io::ErrorKind::ConnectionRefused
        })
    );
}
