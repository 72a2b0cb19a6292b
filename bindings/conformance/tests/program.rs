//! The program as others start it: it ends with whoever started it, says by its exit code what came of it, and leaves nothing behind.
#![cfg(unix)]

use chipid_conformance::blocks::{Block, from_text};
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_chipid-conformance"))
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("chipid-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn blocks(folder: &Path, name: &str) -> Vec<Block> {
    from_text(&fs::read_to_string(folder.join(name)).expect(name)).expect(name)
}

fn waited<T>(mut there: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "nothing came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn serve_tells_of_its_cards_and_ends_with_its_standard_input() {
    let folder = folder("serve");
    let mut serving = program()
        .args(["serve", "--folder"])
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program");
    let port: u16 = waited(|| {
        fs::read_to_string(folder.join("port"))
            .ok()?
            .trim()
            .parse()
            .ok()
    });
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
    let cards = blocks(&folder, "cards");
    let of = |id: &str| {
        cards
            .iter()
            .find(|card| card.first("id") == Some(id))
            .expect(id)
            .clone()
    };
    let card = of("vn");
    for told in ["can", "mrz", "number", "qr", "document", "number_and_days"] {
        assert!(
            card.first(told).is_some_and(|text| !text.is_empty()),
            "{told}"
        );
    }
    assert_eq!(card.first("mrz").map(|zone| zone.lines().count()), Some(3));
    for path in ["csca", "portrait"] {
        assert!(Path::new(card.first(path).expect(path)).is_file(), "{path}");
    }
    let document = Path::new(card.first("folder").expect("a folder"));
    assert!(document.join("EF_SOD.bin").is_file());
    for id in [
        "vn-lost",
        "vn-swapped",
        "vn-wrong-data",
        "vn-clone",
        "passport",
        "passport-bac",
        "open",
    ] {
        of(id);
    }
    assert!(blocks(&folder, "cases").len() > 300);
    drop(serving.stdin.take());
    let status = serving.wait().expect("an end");
    assert!(status.success(), "{status}");
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    fs::remove_dir_all(&folder).expect("the folder");
}

#[test]
fn serve_runs_a_command_and_passes_its_exit_code_on() {
    let folder = folder("around");
    let script =
        "test -s $CHIPID_CONFORMANCE_FOLDER/cards && test $CHIPID_CONFORMANCE_PORT -gt 0 && exit 7";
    let ended = program()
        .args(["serve", "--folder"])
        .arg(&folder)
        .args(["--", "/bin/sh", "-c", script])
        .stdin(Stdio::null())
        .status()
        .expect("the program");
    assert_eq!(ended.code(), Some(7));
    fs::remove_dir_all(&folder).expect("the folder");
}

/// A member that copies the reference's results, with a change.
fn run_with(member: &str, more: &[&str]) -> Output {
    let folder = folder(&format!("members-{}", member.len()));
    let file = folder.join("members.toml");
    let text = format!(
        "[[member]]\nname = \"rust\"\ninside = true\n\n[[member]]\nname = \"copy\"\ncommand = [\"/bin/sh\", \"-c\", '''{member}''']\n"
    );
    fs::write(&file, text).expect("members");
    let output = program()
        .args(["run", "--cases", "keys/,saved/folder", "--members"])
        .arg(&file)
        .arg("--folder")
        .arg(&folder)
        .args(more)
        .output()
        .expect("the program");
    fs::remove_dir_all(&folder).expect("the folder");
    output
}

#[test]
fn the_exit_code_says_whether_all_are_equal() {
    let copy = "cp $(dirname $CHIPID_CONFORMANCE_CASES)/rust.results $CHIPID_CONFORMANCE_RESULTS";
    let good = run_with(copy, &[]);
    let table = String::from_utf8_lossy(&good.stdout);
    assert!(good.status.success(), "{table}");
    assert!(table.contains("keys") && table.contains("copy"), "{table}");
    let changed = format!("{copy}; sed -i s/8011/8012/ $CHIPID_CONFORMANCE_RESULTS");
    let bad = run_with(&changed, &[]);
    let table = String::from_utf8_lossy(&bad.stdout);
    assert_eq!(bad.status.code(), Some(1), "{table}");
    assert!(
        table.contains("error.code: reference 8011, here 8012"),
        "{table}"
    );
}

#[test]
fn a_member_that_nobody_knows_is_no_run() {
    let output = run_with("true", &["--only", "cobol"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("there is no member named \"cobol\""),
        "{told}"
    );
}

/// The Rust call alone, without models: the replay can be replayed.
#[test]
fn the_overhead_is_a_table() {
    let folder = folder("overhead");
    let root = folder.join("root");
    fs::create_dir_all(root.join("bindings/conformance")).expect("a root");
    let list = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases.json");
    fs::copy(list, root.join("bindings/conformance/cases.json")).expect("the list");
    let members = folder.join("members.toml");
    fs::write(&members, "[[member]]\nname = \"rust\"\ninside = true\n").expect("members");
    let output = program()
        .arg("--root")
        .arg(&root)
        .arg("overhead")
        .arg("--members")
        .arg(&members)
        .output()
        .expect("the program");
    fs::remove_dir_all(&folder).expect("the folder");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{table}");
    assert!(
        table.starts_with("| language | reading of ") && table.contains("| rust | "),
        "{table}"
    );
}
