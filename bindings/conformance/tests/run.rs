//! What the run does with members that are not as they should be. The members here are shell scripts that change what a good
//! one wrote: the reference's own results.
#![cfg(unix)]

use chipid_conformance::cases::List;
use chipid_conformance::members::Member;
use chipid_conformance::run::{Manner, Outcome, run};
use chipid_conformance::table::table;
use chipid_conformance::workshop::Workshop;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A run in which one member does what the script says, for so many seconds. `$GOOD` holds the right results.
fn outcome(script: &str, seconds: u64) -> Outcome {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let folder = std::env::temp_dir().join(format!("chipid-run-{}-{number}", std::process::id()));
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut list = List::load(&root.join("cases.json")).expect("the list");
    list.cases.retain(|case| {
        [
            "keys/can",
            "keys/can-too-short",
            "saved/folder",
            "frame/file",
        ]
        .contains(&case.id.as_str())
    });
    list.cards.retain(|name, _| name == "vn");
    let workshop = Workshop::new(list, &folder, Path::new("nowhere")).expect("a workshop");
    let good = folder.join("rust.results");
    let script = format!("GOOD={}; {script}", good.display());
    let member = |name: &str, command: &[&str], inside| Member {
        name: name.to_owned(),
        command: command.iter().map(|&word| word.to_owned()).collect(),
        inside,
        never_run: None,
    };
    let members = [
        member("rust", &[], true),
        member("odd", &["/bin/sh", "-c", &script], false),
    ];
    let manner = Manner {
        root,
        folder: folder.clone(),
        limit: Duration::from_secs(seconds),
        only: Vec::new(),
    };
    let outcome = run(&workshop, &members, &manner).expect("a run");
    std::fs::remove_dir_all(&folder).expect("the folder");
    outcome
}

#[track_caller]
fn fails(script: &str, told: &str) {
    fails_within(60, script, told);
}

#[track_caller]
fn fails_within(seconds: u64, script: &str, told: &str) {
    let outcome = outcome(script, seconds);
    let table = table(&outcome);
    assert!(!outcome.holds(), "{table}");
    assert!(table.contains(told), "{told} is not in {table}");
}

const COPY: &str = "cp $GOOD $CHIPID_CONFORMANCE_RESULTS";

#[test]
fn a_member_that_is_as_it_should_be_passes() {
    let outcome = outcome(COPY, 60);
    let table = table(&outcome);
    assert!(outcome.holds(), "{table}");
    assert!(table.contains("4/4"), "{table}");
}

#[test]
fn a_case_left_out() {
    fails(
        "sed '/^id=keys.can$/,/^$/d' $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "there is no result",
    );
    fails(": > $CHIPID_CONFORMANCE_RESULTS", "there is no result");
}

#[test]
fn a_verdict_changed() {
    fails(
        "sed 's/^verdict=accept/verdict=reject/' $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "verdict: reference accept, here reject",
    );
}

#[test]
fn a_line_more_or_a_line_less() {
    fails(
        "sed 's/^verdict=.*/&\\nholder.shoe_size=43/' $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "holder.shoe_size: reference no such line, here 43",
    );
    fails(
        "sed '/^holder.name=/d' $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "holder.name: reference",
    );
}

#[test]
fn a_case_that_it_cannot_do() {
    fails(
        "sed 's/^error.code=.*/unsupported=no CAN here/' $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "unsupported: reference no such line, here no CAN here",
    );
}

/// Whoever does not know a key must not do the rest.
#[test]
fn a_key_passed_over() {
    fails(
        "sed 's/^unsupported=.*/keys=ok/' $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "a key that it does not know is passed over",
    );
}

#[test]
fn a_case_of_its_own_and_a_case_twice() {
    fails(
        &format!("{COPY}; printf 'id=keys/own\\nkeys=ok\\n\\n' >> $CHIPID_CONFORMANCE_RESULTS"),
        "keys/own: there is no such case",
    );
    fails(
        "cat $GOOD $GOOD > $CHIPID_CONFORMANCE_RESULTS",
        "a second result",
    );
}

#[test]
fn rubbish() {
    fails(
        "head -c 4000 /dev/urandom > $CHIPID_CONFORMANCE_RESULTS",
        "its results",
    );
    fails(
        "printf 'nonsense\\n' > $CHIPID_CONFORMANCE_RESULTS",
        "cannot be read",
    );
}

#[test]
fn no_results_at_all() {
    fails("true", "its results");
}

#[test]
fn an_exit_code_or_a_signal_whatever_was_written() {
    fails(&format!("{COPY}; echo it broke >&2; exit 3"), "it broke");
    fails(&format!("{COPY}; kill -SEGV $$"), "signal");
}

/// It and what it started.
#[test]
fn a_member_that_hangs_is_ended() {
    let started = Instant::now();
    fails_within(
        2,
        &format!("{COPY}; sleep 600 & sleep 600"),
        "not done after 2 seconds",
    );
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_command_that_there_is_not() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::temp_dir().join(format!("chipid-absent-{}", std::process::id()));
    let mut list = List::load(&root.join("cases.json")).expect("the list");
    list.cases.retain(|case| case.id == "keys/can");
    list.cards.clear();
    let workshop = Workshop::new(list, &folder, Path::new("nowhere")).expect("a workshop");
    let absent = Member {
        name: "absent".to_owned(),
        command: vec!["bindings/nowhere/conformance".to_owned()],
        inside: false,
        never_run: None,
    };
    let manner = Manner {
        root,
        folder: folder.clone(),
        limit: Duration::from_secs(2),
        only: Vec::new(),
    };
    let outcome = run(&workshop, &[absent], &manner).expect("a run");
    std::fs::remove_dir_all(&folder).expect("the folder");
    assert!(!outcome.holds());
    assert!(table(&outcome).contains("cannot be run"));
}
