//! C programs against the header and the shared library: compiled as C11 and as C++17 with every warning an error, with a
//! virtual card behind a pipe.

#[path = "../../../reader-cli/tests/support/schema.rs"]
mod schema;

use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, VirtualCard};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Werror", "-pedantic"];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Where cargo puts the shared library that belongs to this test.
fn library_folder() -> PathBuf {
    let program = std::env::current_exe().expect("a path");
    let folder = program.parent().expect("a folder").to_owned();
    // The name by which a program asks for it; another test may have made it meanwhile.
    #[cfg(unix)]
    let _ = std::os::unix::fs::symlink("libchipid_c.so", folder.join("libchipid_c.so.0"));
    folder
}

/// Compiles a program of `tests/programs`, as C or as C++.
fn compiled(name: &str, language: &str, standard: &str) -> PathBuf {
    compiled_from(
        &here(&format!("tests/programs/{name}.c")),
        name,
        language,
        standard,
    )
}

/// Runs a program with the library that it was linked with: cargo names its own folders first, with the library of the last build.
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_remove("LD_LIBRARY_PATH");
    command
}

fn compiled_from(source: &Path, name: &str, language: &str, standard: &str) -> PathBuf {
    let folder = library_folder();
    // Each test has its own: nobody writes a program that another one runs.
    let test = std::thread::current().name().unwrap_or("test").to_owned();
    let standard_name = standard.trim_start_matches("-std=");
    let program = folder.join(format!("c-{name}-{standard_name}-{test}"));
    let compiler = if language == "c" { "cc" } else { "c++" };
    let output = Command::new(compiler)
        .args(WARNINGS)
        // C++ has designated and brace initialisers of its own mind.
        .args((language == "c++").then_some("-Wno-missing-field-initializers"))
        .args(["-g", standard, "-x", language])
        .arg(source)
        .args(["-x", "none", "-DCHIPID_PCSC"])
        .arg("-I")
        .arg(here("include"))
        .arg("-L")
        .arg(&folder)
        .arg(format!("-Wl,-rpath,{}", folder.display()))
        .args(["-lchipid_c", "-o"])
        .arg(&program)
        .output()
        .expect("a C compiler: scripts/setup --for test names it");
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    program
}

fn card() -> CardData {
    portrayed(None)
}

/// A Vietnamese card, with this portrait or a drawn one.
fn portrayed(portrait: Option<Vec<u8>>) -> CardData {
    let mut rng = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
    let profile = Profile::builtin("vn-2021").expect("a profile");
    let issuer = Issuer::for_profile(&profile, &mut rng).expect("an issuer");
    let mut personaliser = Personaliser::new(profile).issuer(&issuer);
    if let Some(portrait) = portrait {
        personaliser = personaliser.portrait(portrait);
    }
    personaliser.build(&mut rng).expect("a card")
}

/// Runs a program with `card` behind its pipe: what it said beside APDUs, and its exit code. After `lose_after` APDUs the card
/// is gone.
fn run(
    program: &Path,
    arguments: &[&str],
    card: CardData,
    lose_after: usize,
) -> (String, Option<i32>) {
    let mut chip = VirtualCard::new(card);
    let mut child = command(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut answers = child.stdin.take().expect("a pipe");
    let said = BufReader::new(child.stdout.take().expect("a pipe"));
    let (mut text, mut carried) = (String::new(), 0);
    for line in said.lines().map_while(Result::ok) {
        let Some(command) = line.strip_prefix("apdu ") else {
            text += &line;
            text.push('\n');
            continue;
        };
        carried += 1;
        let answer = if carried > lose_after {
            "!1001".to_owned()
        } else {
            let command = hex::decode(command).expect("hexadecimal digits");
            hex::encode(chip.process(&command))
        };
        writeln!(answers, "{answer}").expect("the program listens");
    }
    let status = child.wait().expect("an end");
    (text, status.code())
}

fn languages() -> [(&'static str, &'static str); 2] {
    [("c", "-std=c11"), ("c++", "-std=c++17")]
}

#[test]
#[ignore = "needs cxx"]
fn a_card_is_read_and_judged_by_callback_and_in_steps() {
    let card = card();
    let can = card.passwords.can.clone().expect("a CAN");
    let csca = library_folder().join(format!(
        "c-{}.der",
        std::thread::current().name().unwrap_or("test")
    ));
    std::fs::write(&csca, &card.csca).expect("a file");
    let csca = csca.display().to_string();
    for (language, standard) in languages() {
        let program = compiled("verify", language, standard);
        for way in ["callback", "steps"] {
            let (said, code) = run(
                &program,
                &[way, &can, &csca, "reading-only"],
                card.clone(),
                usize::MAX,
            );
            assert_eq!(code, Some(0), "{way}: {said}");
            let (facts, report) = judged(&said);
            let status = |check: &str| report["checks"][check]["status"].clone();
            assert_eq!(status("passive_authentication"), "passed", "{report}");
            assert_eq!(status("chip_genuine"), "passed", "{report}");
            // A test issuer is nobody's.
            assert_eq!(report["verdict"], "undecided");
            assert!(facts.contains("answer 0\n"), "{facts}");
            assert!(facts.contains("named undecided\n"), "{facts}");
            let mut values = Vec::new();
            leaves("", &report, &mut values);
            let told = facts.lines().filter_map(|line| line.strip_prefix("at "));
            assert_eq!(told.collect::<Vec<_>>(), values);
            assert!(values.len() > 50, "{values:?}");
            assert!(facts.contains("portrait 1\n"), "{facts}");
            assert!(facts.contains("phases 1 1 1\n"), "{facts}");
            assert!(
                report.to_string().contains("clerk_input_mismatch"),
                "{report}"
            );
        }
    }
}

/// Every value of a report with its place, as the program `verify` prints it.
fn leaves(at: &str, value: &serde_json::Value, told: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                leaves(&format!("{at}/{name}"), value, told);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                leaves(&format!("{at}/{place}"), value, told);
            }
        }
        Value::Null => told.push(format!("{at} (none)")),
        Value::String(text) => told.push(format!("{at} {text}")),
        other => told.push(format!("{at} {other}")),
    }
}

/// What a program of the tests printed, and its report, which is as the schema has it.
fn judged(said: &str) -> (&str, serde_json::Value) {
    let (facts, report) = said.split_once("report\n").expect("a report");
    let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
    let schema = std::fs::read(here("../../test-vectors/schemas/verify.schema.json"));
    let schema = serde_json::from_slice(&schema.expect("a schema")).expect("JSON");
    assert_eq!(schema::errors(&schema, &report), Vec::<String>::new());
    (facts, report)
}

#[test]
#[ignore = "needs photographs"]
fn a_face_is_matched_another_is_not_and_liveness_is_of_the_very_images() {
    let photograph = |name: &str| here("../../models/files").join(name);
    let picture = image::open(photograph("obama.jpg")).expect("a photograph");
    let mut portrait = std::io::Cursor::new(Vec::new());
    let small = picture.thumbnail(480, 600);
    small
        .write_to(&mut portrait, image::ImageFormat::Jpeg)
        .expect("a portrait");
    let card = portrayed(Some(portrait.into_inner()));
    let can = card.passwords.can.clone().expect("a CAN");
    let csca = library_folder().join("c-face-csca.der");
    std::fs::write(&csca, &card.csca).expect("a file");
    let (csca, models) = (
        csca.display().to_string(),
        here("../../models/files").display().to_string(),
    );
    let program = compiled("verify", "c", "-std=c11");
    let judge = |live: &str, another: &[&str]| {
        let live = photograph(live).display().to_string();
        let arguments = [&["callback", &can, &csca, "demo", &models, &live], another].concat();
        let (said, code) = run(&program, &arguments, card.clone(), usize::MAX);
        assert_eq!(code, Some(0), "{said}");
        let (facts, report) = judged(&said);
        let answer = facts.lines().find_map(|line| line.strip_prefix("answer "));
        (answer.expect("an answer").to_owned(), report)
    };
    let (answer, report) = judge("obama2.jpg", &[]);
    assert_eq!(
        (answer.as_str(), &report["verdict"]),
        ("1", &"accept".into()),
        "{report}"
    );
    assert_eq!(report["checks"]["liveness"]["status"], "passed");
    let (answer, report) = judge("biden.jpg", &[]);
    assert_eq!(
        (answer.as_str(), &report["verdict"]),
        ("2", &"reject".into()),
        "{report}"
    );
    let (_, report) = judge("obama2.jpg", &["another"]);
    assert_ne!(report["checks"]["liveness"]["status"], "passed", "{report}");
}

#[test]
#[ignore = "needs cxx"]
fn a_wrong_key_and_a_lost_card_are_errors_by_their_codes() {
    let card = card();
    let csca = library_folder().join(format!(
        "c-{}.der",
        std::thread::current().name().unwrap_or("test")
    ));
    std::fs::write(&csca, &card.csca).expect("a file");
    let csca = csca.display().to_string();
    let program = compiled("verify", "c", "-std=c11");
    let can = card.passwords.can.clone().expect("a CAN");
    let wrong = if can == "000000" { "111111" } else { "000000" };
    for way in ["callback", "steps"] {
        let arguments = |can| [way, can, csca.as_str(), "reading-only"];
        let (said, code) = run(&program, &arguments(wrong), card.clone(), usize::MAX);
        assert_eq!(code, Some(3));
        assert!(said.contains("\"code\":2002"), "{said}");
        assert!(!said.contains(wrong), "{said}");
        let (said, code) = run(&program, &arguments(&can), card.clone(), 9);
        assert_eq!(code, Some(3));
        assert!(said.contains("\"code\":1001"), "{said}");
    }
}

#[test]
#[ignore = "needs cxx"]
fn misuse_is_a_code_and_never_a_crash() {
    for (language, standard) in languages() {
        let program = compiled("misuse", language, standard);
        let output = command(&program).output().expect("the program");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(
            (said.as_ref(), output.status.code()),
            ("refused\n", Some(0))
        );
    }
}

/// A card that was read and saved beneath `folder`, and its authority's certificate.
fn saved_in(folder: &Path) -> (PathBuf, PathBuf) {
    let card = card();
    let csca = folder.join("csca.der");
    std::fs::write(&csca, &card.csca).expect("a file");
    let can = card.passwords.can.clone().expect("a CAN");
    let key = chipid::AccessKey::can(&can).expect("a key");
    let mut reading = chipid::Reading::with(key);
    let document = chipid::block(reading.run(&mut VirtualCard::new(card)));
    let document = document.expect("ready").expect("a document");
    let saved = folder.join("document");
    let evidence = document.active_authentication();
    chipid::files::save(&saved, document.danger_unverified(), evidence).expect("saved");
    (saved, csca)
}

#[test]
#[ignore = "needs cxx"]
fn what_others_say_counts_where_it_is_bound_and_evidence_put_in_by_hand_counts() {
    let folder = library_folder().join("c-others");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let (saved, csca) = saved_in(&folder);
    for (language, standard) in languages() {
        let program = compiled("others", language, standard);
        let output = command(&program).args([&saved, &csca]).output();
        let output = output.expect("the program");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let told: Vec<&str> = said.lines().collect();
        assert_eq!(
            told,
            [
                "status confirmed passed -",
                "status denied failed issuer_denies",
                "status other-nonce not_performed unbound_confirmation",
                "status timed-out not_performed online_unreachable",
                "status unreadable not_performed online_unreachable",
                "status match passed -",
                "status mismatch failed face_mismatch",
                "status uncertain not_performed face_uncertain",
                "status other-vendor not_performed face_vendor_not_accepted",
                "status other-portrait failed comparison_foreign",
                "status no-evidence not_performed no_chip",
                "status evidence passed -",
            ]
        );
    }
}

#[test]
#[ignore = "needs cxx"]
fn the_program_of_the_guide_judges_saved_files() {
    let guide = std::fs::read_to_string(here("../../docs/guides/c.md")).expect("the guide");
    let (_, rest) = guide.split_once("```c name=verify.c\n").expect("a program");
    let (program, _) = rest.split_once("```").expect("its end");
    let folder = library_folder().join("c-guide");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let source = folder.join("guide.c");
    std::fs::write(&source, program).expect("a file");

    let (saved, csca) = saved_in(&folder);
    for (language, standard) in languages() {
        let program = compiled_from(&source, "guide", language, standard);
        let output = command(&program)
            .args([&saved, &csca])
            .output()
            .expect("the program");
        // Saved files prove no chip, and the issuer is a test's: nobody is accepted.
        assert_eq!(output.status.code(), Some(3));
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("/verdict: undecided\n"), "{said}");
        let passed = "/checks/passive_authentication/status: passed\n";
        assert!(said.contains(passed), "{said}");
        assert!(!said.contains("/holder/name: none"), "{said}");
    }
}
