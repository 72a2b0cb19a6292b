//! The card server: what it tells, and what it does with those who do not speak its protocol.

use chipid_conformance::cases::List;
use chipid_conformance::frames::{self, MAX_APDU};
use chipid_conformance::server::CardServer;
use chipid_conformance::shelf::{MAX_NAME, Shelf};
use chipid_conformance::workshop::Workshop;
use std::io::Write;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

const SELECT: [u8; 7] = [0x00, 0xA4, 0x04, 0x0C, 0x02, 0x01, 0x1E];

fn shelf() -> Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    let made = SHELF.get_or_init(|| {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let mut list = List::load(&root.join("cases.json")).expect("the list");
        list.cards
            .retain(|name, _| ["vn", "vn-lost", "vn-swapped", "vn-other"].contains(&name.as_str()));
        let folder =
            std::env::temp_dir().join(format!("chipid-conformance-{}", std::process::id()));
        let workshop = Workshop::new(list, &folder, Path::new("nowhere")).expect("a workshop");
        let shelf = workshop.shelf().expect("cards");
        std::fs::remove_dir_all(&folder).expect("the folder");
        shelf
    });
    made.untouched()
}

fn connected(server: &CardServer, name: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).expect("the server");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a limit");
    frames::write(&mut stream, name).expect("a name");
    stream
}

/// The response; `None` where the server has closed.
fn exchanged(stream: &mut TcpStream, command: &[u8]) -> Option<Vec<u8>> {
    frames::write(stream, command).ok()?;
    frames::read(stream, MAX_APDU).ok().flatten()
}

#[test]
fn a_card_answers_and_is_lost_once_for_each_name() {
    let server = CardServer::start(shelf()).expect("a server");
    let mut honest = connected(&server, b"vn");
    for _ in 0..30 {
        assert!(exchanged(&mut honest, &SELECT).is_some_and(|answer| answer.len() >= 2));
    }
    for name in [&b"vn-lost/one"[..], b"vn-lost/two"] {
        let mut first = connected(&server, name);
        for _ in 0..20 {
            assert!(exchanged(&mut first, &SELECT).is_some());
        }
        assert_eq!(exchanged(&mut first, &SELECT), None, "the card is gone");
        let mut second = connected(&server, name);
        for _ in 0..30 {
            assert!(exchanged(&mut second, &SELECT).is_some());
        }
    }
}

#[test]
fn a_server_of_the_same_cards_knows_nothing_of_another_ones_losses() {
    let shelf = shelf();
    for _ in 0..2 {
        let server = CardServer::start(shelf.untouched()).expect("a server");
        let mut first = connected(&server, b"vn-lost");
        let answers = (0..30)
            .map_while(|_| exchanged(&mut first, &SELECT))
            .count();
        assert_eq!(answers, 20);
    }
}

#[test]
fn who_does_not_speak_its_protocol_is_closed_and_others_go_on() {
    let server = CardServer::start(shelf()).expect("a server");
    let long = vec![b'x'; MAX_NAME + 1];
    for name in [&b"nobody"[..], b"", b"\xFF\xFE", &long] {
        let mut stream = connected(&server, name);
        assert_eq!(exchanged(&mut stream, &SELECT), None, "{name:?}");
    }
    // Four gigabytes are announced: nothing of that size is allocated or waited for.
    let mut huge = connected(&server, b"vn");
    huge.write_all(&[0xFF; 4]).expect("a header");
    assert!(frames::read(&mut huge, MAX_APDU).ok().flatten().is_none());
    // Half a header and then nothing more.
    let mut cut = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).expect("the server");
    cut.write_all(&[0, 0]).expect("two bytes");
    drop(cut);
    // What is no command APDU is the chip's to answer.
    let mut honest = connected(&server, b"vn");
    for command in [&[][..], &[0x00], &[0xFF; 300], &vec![0; MAX_APDU]] {
        assert!(
            exchanged(&mut honest, command).is_some(),
            "{} bytes",
            command.len()
        );
    }
    assert!(exchanged(&mut honest, &SELECT).is_some());
}

#[test]
fn a_server_that_is_dropped_serves_no_more() {
    let server = CardServer::start(shelf()).expect("a server");
    let port = server.port();
    drop(server);
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}
