//! Runs the program as a person does: its own folder, its arguments, its two streams, its exit code.
#![allow(dead_code, reason = "each test program uses its part")]

pub(crate) mod schema;

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.stdout, self.stderr))
    }

    /// Everything, as a transcript; what differs from run to run is replaced.
    pub(crate) fn transcript(&self, arguments: &[&str]) -> String {
        let text = format!(
            "$ chipid {}\n{}--- stderr\n{}--- exit {}\n",
            arguments.join(" "),
            self.stdout,
            self.stderr,
            self.code
        );
        let text = text.replace(&home().display().to_string(), "HOME");
        let text = text.replace(&vectors("").display().to_string(), "VECTORS/");
        // The time of the check.
        let day = "20";
        text.split_inclusive([' ', '\n'])
            .map(|word| {
                let bare = word.trim_end();
                match bare.starts_with(day) && bare.ends_with('Z') && bare.contains('T') {
                    true => word.replace(bare, "TIME"),
                    false => word.to_owned(),
                }
            })
            .collect()
    }
}

/// The program's own folder, empty when this test program begins, shared by its tests.
pub(crate) fn home() -> &'static Path {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(|| {
        let program = std::env::current_exe().unwrap();
        let name = program.file_stem().unwrap().to_string_lossy().into_owned();
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(&home).unwrap();
        home
    })
}

/// A folder of the test's own that is not there yet.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = home().join("folders").join(name);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    folder
}

/// A folder of the test's own with the files of `from` in it.
pub(crate) fn copy_of(from: &Path, name: &str) -> PathBuf {
    let copy = folder(name);
    fs::create_dir_all(&copy).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
    copy
}

pub(crate) fn vectors(relative: &str) -> PathBuf {
    chipid_test_vectors::path(relative)
}

/// The repository's models and photographs.
pub(crate) fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/files")
}

pub(crate) fn photograph(name: &str) -> String {
    models().join(name).display().to_string()
}

/// The program, ready to be run, with nothing of this machine's settings.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chipid"));
    command
        .args(arguments)
        .current_dir(home())
        .env("CHIPID_HOME", home())
        .env("CHIPID_MODELS", models())
        .env("LC_ALL", "C")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    command
}

pub(crate) fn chipid(arguments: &[&str]) -> Ran {
    ran(command(arguments).output().unwrap())
}

/// With this on standard input.
pub(crate) fn chipid_fed(arguments: &[&str], input: &str) -> Ran {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    ran(child.wait_with_output().unwrap())
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The path of a bundled card's test CSCA; makes the card.
pub(crate) fn csca(card: &str) -> String {
    bundled(card)["csca"].as_str().unwrap().to_owned()
}

/// What `card list` says of a card.
pub(crate) fn bundled(card: &str) -> Value {
    static LIST: OnceLock<Value> = OnceLock::new();
    LIST.get_or_init(|| chipid(&["card", "list", "--json"]).json())
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["name"] == card)
        .unwrap_or_else(|| panic!("no card {card}"))
        .clone()
}

/// Panics with every way in which `value` breaks the schema of `verify`.
pub(crate) fn validate(value: &Value) {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| {
        let text = chipid_test_vectors::read("schemas/verify.schema.json");
        serde_json::from_slice(&text).unwrap()
    });
    let errors = schema::errors(schema, value);
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

/// Panics with every way in which `value` breaks the schema of that name.
pub(crate) fn validated_by(name: &str, value: &Value) {
    let text = chipid_test_vectors::read(&format!("schemas/{name}.schema.json"));
    let schema: Value = serde_json::from_slice(&text).unwrap();
    let errors = schema::errors(&schema, value);
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}
