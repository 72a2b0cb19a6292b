//! The program on both sides of a real pcscd: one lays a virtual card on its reader, another reads it there.

mod support;

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use support::{bundled, chipid, command, csca, validate};

const READER: &str = "Virtual PCD 00 00";

/// `card run`, ended when dropped.
struct Served(Child);

impl Served {
    fn card(name: &str) -> Self {
        let (served, _) = Self::with(&["card", "run", name]);
        served
    }

    /// And what it says from then on.
    fn with(arguments: &[&str]) -> (Self, Receiver<String>) {
        let mut child = command(arguments).stderr(Stdio::piped()).spawn().unwrap();
        let said = lines(&mut child);
        until(&said, READER);
        let served = Self(child);
        until_the_reader_shows("present");
        (served, said)
    }
}

/// What the program says on standard error, line by line.
fn lines(child: &mut Child) -> Receiver<String> {
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            let _ = told.send(line);
        }
    });
    heard
}

/// Waits until the program says this, and gives the line.
fn until(said: &Receiver<String>, words: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match said.recv_timeout(left) {
            Ok(line) if line.contains(words) => return line,
            Ok(_) => {}
            Err(_) => panic!("never said: {words}"),
        }
    }
}

/// pcscd looks at vpcd several times a second: it sees a card that came or went a moment later.
fn until_the_reader_shows(card: &str) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while state()["card"] != card {
        assert!(Instant::now() < deadline, "not {card}: {}", state());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What `readers` says of vpcd's reader.
fn state() -> Value {
    let readers = chipid(&["readers", "--json"]).json();
    let readers = readers.as_array().unwrap();
    readers
        .iter()
        .find(|r| r["name"] == READER)
        .unwrap()
        .clone()
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
        until_the_reader_shows("absent");
    }
}

fn verify(name: &str) -> support::Ran {
    let can = bundled(name)["can"].as_str().unwrap().to_owned();
    chipid(&[
        "verify",
        "--json",
        "--reader",
        READER,
        "--can",
        &can,
        "--policy",
        "demo",
        "--trust",
        &csca(name),
    ])
}

#[test]
#[ignore = "needs pcscd"]
fn a_served_card_is_verified_twice_and_after_a_killed_reading() {
    let _served = Served::card("vn-2021");
    for _ in 0..2 {
        let ran = verify("vn-2021");
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let value = ran.json();
        validate(&value);
        assert_eq!(value["checks"]["chip_genuine"]["status"], "passed");
        assert_eq!(value["checks"]["face"]["reason"], "no_live_image");
    }
    let can = bundled("vn-2021")["can"].as_str().unwrap().to_owned();
    for after in [5, 20, 60, 150] {
        let mut killed = command(&["read", "--reader", READER, "--can", &can])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(after));
        killed.kill().unwrap();
        killed.wait().unwrap();
        let ran = verify("vn-2021");
        assert_eq!(ran.code, 3, "killed after {after} ms: {}", ran.stderr);
    }
}

#[test]
#[ignore = "needs pcscd"]
fn readers_are_listed_with_what_is_on_them() {
    let text = chipid(&["readers"]).stdout;
    assert!(text.contains("Virtual PCD 00 00: no card"), "{text}");
    let _served = Served::card("vn-2021");
    assert_eq!(state()["atr"], "3B80800101");
    let text = chipid(&["readers"]).stdout;
    assert!(
        text.contains("Virtual PCD 00 00: a card, ATR 3B80800101"),
        "{text}"
    );
    // vpcd's driver tells neither what it is nor what it carries.
    assert!(
        text.contains("\n  an antenna, by the ATR of the card\n"),
        "{text}"
    );
    assert!(text.contains("virtual reader, for tests"), "{text}");
    let state = state();
    assert_eq!(state["interface"], "unknown");
    assert_eq!(state["for_documents"], true);
    assert_eq!(state["profile"], Value::Null);
    assert_eq!(state["limits"]["from"], "virtual_reader");
    let text = chipid(&["readers", "--lang", "vi"]).stdout;
    assert!(text.contains("đầu đọc ảo của vpcd"), "{text}");
}

#[test]
#[ignore = "needs pcscd"]
fn events_of_a_waiting_screen_are_told_as_lines() {
    let mut watching = command(&["readers", "--watch", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    let mut of_reader = || loop {
        let event: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        if event["reader"] == READER {
            return event["event"].as_str().unwrap().to_owned();
        }
    };
    assert_eq!(of_reader(), "reader_ready");
    drop(Served::card("vn-2021"));
    assert_eq!(of_reader(), "card_in_field");
    assert_eq!(of_reader(), "card_moved");
    watching.kill().unwrap();
    watching.wait().unwrap();
}

/// Windows resets a card whose transaction stands idle for five seconds: while a key is typed, nobody may hold one.
#[test]
#[ignore = "needs pcscd"]
fn key_comes_first_and_then_the_card_is_touched() {
    let asked_for_a_key = |verb| {
        command(&[verb, "--reader", READER, "--can", "-", "--wait", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let typing = Duration::from_millis(2500);
    for verb in ["read", "verify"] {
        // Nobody waits for a card before there is a key: that would be over after a second.
        let mut waiting = asked_for_a_key(verb);
        std::thread::sleep(typing);
        assert_eq!(waiting.try_wait().unwrap(), None, "{verb}");
        drop(waiting.stdin.take());
        assert_eq!(waiting.wait().unwrap().code(), Some(2), "{verb}");
    }
    let _served = Served::card("vn-2021");
    let mut waiting = asked_for_a_key("read");
    let started = Instant::now();
    while started.elapsed() < typing {
        assert_eq!(
            state()["in_use"],
            false,
            "the card is held before the key is there"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut typed = waiting.stdin.take().unwrap();
    let can = bundled("vn-2021")["can"].as_str().unwrap().to_owned();
    writeln!(typed, "{can}").unwrap();
    drop(typed);
    assert_eq!(waiting.wait().unwrap().code(), Some(0));
}

#[test]
#[ignore = "needs pcscd"]
fn an_empty_reader_is_waited_for_and_then_said() {
    let started = Instant::now();
    let ran = chipid(&["verify", "--can", "000017", "--wait", "1"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("error: no card is on the reader"),
        "{}",
        ran.stderr
    );
    let waited = started.elapsed();
    assert!((Duration::from_millis(900)..Duration::from_secs(10)).contains(&waited));
    let ran = chipid(&["verify", "--reader", "no such reader", "--can", "000017"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("hint: `chipid readers`"),
        "{}",
        ran.stderr
    );
}

#[test]
#[ignore = "needs pcscd"]
fn a_wrong_can_is_said_and_the_right_one_works_after_it() {
    let _served = Served::card("vn-2021");
    let ran = chipid(&["read", "--reader", "pcd 00 00", "--can", "999999"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("the access key does not fit the chip"),
        "{}",
        ran.stderr
    );
    assert_eq!(verify("vn-2021").code, 3);
}

/// The child's card, taken off when the program says so, and then the guardian's.
#[test]
#[ignore = "needs pcscd"]
fn a_child_and_a_guardian_on_one_reader() {
    let can = |name| bundled(name)["can"].as_str().unwrap().to_owned();
    let (child, guardian) = (can("vn-minor"), can("vn-parent"));
    let trusted = [csca("vn-minor"), csca("vn-parent")];
    let served = Served::card("vn-minor");
    let mut asked = command(&[
        "guardian",
        "--json",
        "--child-can",
        &child,
        "--guardian-can",
        &guardian,
        "--policy",
        "demo",
        "--trust",
        &trusted[0],
        "--trust",
        &trusted[1],
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    let said = lines(&mut asked);
    until(&said, "take the child's card off");
    drop(served);
    let _guardian = Served::card("vn-parent");
    let output = asked.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["kinship"]["basis"], "chip");
    assert_eq!(
        answer["guardian"]["checks"]["chip_genuine"]["status"],
        "passed"
    );
    assert_eq!(answer["child"]["verdict"], "accept");
}

/// What a person would wait, a card that moves included: the same verdict, no sooner than the model says.
#[test]
#[ignore = "needs pcscd"]
fn a_card_behind_a_link_takes_the_modelled_time() {
    let at_once = {
        let _served = Served::card("vn-2021");
        verify("vn-2021").json()
    };
    for (link, losses) in [("424", 0), ("848,lost=12", 1)] {
        let (mut served, said) = Served::with(&["card", "run", "vn-2021", "--link", link]);
        let started = Instant::now();
        let ran = verify("vn-2021");
        let took = started.elapsed();
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert_eq!(ran.stderr.matches("the card moved").count(), losses);
        let value = ran.json();
        for same in ["verdict", "grounds", "holder"] {
            assert_eq!(value[same], at_once[same], "{same}");
        }
        let interrupted = std::process::Command::new("kill")
            .args(["-INT", &served.0.id().to_string()])
            .status();
        assert!(interrupted.unwrap().success());
        assert_eq!(served.0.wait().unwrap().code(), Some(0));
        let line = until(&said, "by the model");
        let [commands, modelled] = numbers(&line)[..] else {
            panic!("{line}");
        };
        let counted = value["apdus"]["count"].as_u64().unwrap();
        assert_eq!(commands, counted, "{line}");
        let modelled = Duration::from_millis(modelled);
        assert!(took >= modelled, "{took:?} for {modelled:?}");
        // A busy machine is slow, but not that slow.
        assert!(
            took < modelled + Duration::from_secs(60),
            "{took:?} for {modelled:?}"
        );
    }
}

fn numbers(line: &str) -> Vec<u64> {
    line.split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// The same report as in the process, with what the reader says; a card that moves is in it, and no harm.
#[test]
#[ignore = "needs pcscd"]
fn a_field_report_through_a_reader() {
    let can = bundled("vn-2021")["can"].as_str().unwrap().to_owned();
    let in_process = chipid(&["field-report", "--json", "--card", "vn-2021"]).json();
    let (_served, _said) = Served::with(&["card", "run", "vn-2021", "--link", "848,lost=20"]);
    let ran = chipid(&["field-report", "--json", "--reader", READER, "--can", &can]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["reader"]["source"], "reader");
    assert_eq!(report["reader"]["atr"]["known_as"], "no_historical_bytes");
    assert_eq!(report["reader"]["limits_from"], "virtual_reader");
    assert_eq!(report["reader"]["speed_up"], "not_asked");
    // The virtual card answers neither: they are questions to a reader.
    assert_eq!(
        (&report["reader"]["ats"], &report["reader"]["uid"]),
        (&Value::Null, &Value::Null)
    );
    let removed = |answer: &Value| answer["answer"] == "card_removed";
    let answers = report["exchanges"]["by_answer"].as_array().unwrap();
    assert_eq!(answers.iter().filter(|answer| removed(answer)).count(), 1);
    for same in [
        "access", "files", "sod", "dg13", "dg14", "dg15", "checks", "error",
    ] {
        assert_eq!(report[same], in_process[same], "{same}");
    }
}

/// Of a reader without a card, and of one whose card is gone at the first question, too: what is known, and the error.
#[test]
#[ignore = "needs pcscd"]
fn a_field_report_where_no_card_can_be_connected_to() {
    let arguments = [
        "field-report",
        "--json",
        "--reader",
        READER,
        "--can",
        "123456",
        "--wait",
        "1",
    ];
    until_the_reader_shows("absent");
    let ran = chipid(&arguments);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["error"]["code"], 1004, "{:#}", report["error"]);
    assert_eq!(report["error"]["part"], "none");
    assert_eq!(report["reader"]["limits_from"], "virtual_reader");
    assert_eq!(report["reader"]["speed_up"], Value::Null);

    let _lost = LostCard::lay();
    until_the_reader_shows("present");
    let ran = chipid(&arguments);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("hint:"), "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["error"]["code"], 1004, "{:#}", report["error"]);
    assert_eq!(report["reader"]["atr"]["form"], "contactless");
    assert_eq!(report["reader"]["limits_from"], "virtual_reader");
    assert_eq!(report["exchanges"]["by_answer"], serde_json::json!([]));
}

/// A card that is gone at the first command.
struct LostCard(std::net::TcpStream);

impl LostCard {
    fn lay() -> Self {
        let stream = std::net::TcpStream::connect("127.0.0.1:35963").unwrap();
        let mut vpcd = stream.try_clone().unwrap();
        std::thread::spawn(move || {
            use std::io::Read;
            let mut length = [0; 2];
            while vpcd.read_exact(&mut length).is_ok() {
                let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
                if vpcd.read_exact(&mut message).is_err() {
                    break;
                }
                // 4 asks for the ATR: `3B 80 80 01 01`.
                let told = match message.len() {
                    1 if message == [4] => vpcd.write_all(&[0, 5, 0x3B, 0x80, 0x80, 1, 1]),
                    0 | 1 => Ok(()),
                    _ => vpcd.shutdown(std::net::Shutdown::Both),
                };
                if told.is_err() {
                    break;
                }
            }
        });
        Self(stream)
    }
}

impl Drop for LostCard {
    fn drop(&mut self) {
        let _ = self.0.shutdown(std::net::Shutdown::Both);
    }
}
