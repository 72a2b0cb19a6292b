//! A list of customers against the cards that were read from them: the work list, and what hostile lists do to it.

mod support;

use chipid::files::file_name;
use chipid_virtual_card::{CardData, Issuer, Personaliser, Profile, Validity};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use support::{chipid, folder};

/// Cards of a state's authority without the marker of a test, their files saved, and a list beside them.
struct Lists {
    folder: PathBuf,
    csca: String,
}

fn lists() -> &'static Lists {
    static MADE: OnceLock<Lists> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut rng = UnwrapErr(SysRng);
        let profile = Profile::builtin("vn-2021").unwrap();
        let validity = Validity::around(profile.holder.issued);
        let issuer = Issuer::new("VN", profile.algorithms, validity, false, &mut rng).unwrap();
        let card = Personaliser::new(profile)
            .issuer(&issuer)
            .build(&mut rng)
            .unwrap();
        let folder = folder("lists");
        fs::create_dir_all(&folder).unwrap();
        save(&folder.join("le"), &card);
        let mut forged = card.clone();
        *forged
            .files
            .get_mut(&chipid::FileId::DG13)
            .unwrap()
            .last_mut()
            .unwrap() ^= 1;
        save(&folder.join("forged"), &forged);
        fs::create_dir_all(folder.join("nothing")).unwrap();
        let csca = folder.join("csca.der");
        fs::write(&csca, issuer.csca_certificate()).unwrap();
        Lists {
            csca: csca.display().to_string(),
            folder,
        }
    })
}

fn save(folder: &Path, card: &CardData) {
    fs::create_dir_all(folder).unwrap();
    for (file, bytes) in &card.files {
        fs::write(folder.join(file_name(*file)), bytes).unwrap();
    }
}

const HEAD: &str = "id,number,old_number,name,birth,sex,files,qr\n";

fn list(name: &str, text: impl AsRef<[u8]>) -> String {
    let path = lists().folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn run(records: &str, more: &[&str]) -> support::Ran {
    let base = ["customers", records, "--trust-id", &lists().csca];
    chipid(&[&base[..], more].concat())
}

fn rows(ran: &support::Ran) -> Vec<Value> {
    ran.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn everyone() -> String {
    let rows = [
        "same,001090000017,,Lê Thử Nghiệm,15/03/1990,Nam,le,",
        "spelt,001090000017,,LE THU NGHIEM,15/03/1990,,le,",
        "changed,012345678,,Lê Thử Nghiệm,15/03/1990,,le,",
        "rounded,1.09E+09,,Lê Thử Nghiệm,15/03/1990,,le,",
        "other,079185000017,,Phạm Thị Mẫu,20/10/1985,Nữ,le,",
        "forged,001090000017,,Lê Thử Nghiệm,15/03/1990,,forged,",
        "nothing,001090000017,,Lê Thử Nghiệm,15/03/1990,,nothing,",
        "gone,001090000017,,Lê Thử Nghiệm,15/03/1990,,gone,",
        "outside,001090000017,,Lê Thử Nghiệm,15/03/1990,,../le,",
        "unnamed,001090000017,,Lê Thử Nghiệm,15/03/1990,,,",
        "qr,001090000017,,Lê Thử Nghiệm,15/03/1990,,le,nonsense",
        "=cmd|'/C calc'!A0,001090000017,,Lê Thử Nghiệm,15/03/1990,,le,",
    ];
    format!("{HEAD}{}\n", rows.join("\n"))
}

#[test]
fn the_work_list_is_sorted_by_what_is_to_be_done() {
    let ran = run(&list("everyone.csv", everyone()), &["--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found: Vec<_> = rows(&ran)
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
            (text("id"), text("action"), text("outcome"))
        })
        .collect();
    let expected = [
        ("other", "keep_apart", "another_person"),
        ("forged", "do_not_use_card", "-"),
        ("nothing", "read_card", "-"),
        ("gone", "read_card", "-"),
        ("unnamed", "fix_row", "-"),
        ("outside", "fix_row", "-"),
        ("rounded", "complete_record", "record_incomplete"),
        ("changed", "update_number", "same_number_changed"),
        ("spelt", "update_record", "same_spelt_differently"),
        ("same", "nothing", "same"),
        ("=cmd|'/C calc'!A0", "nothing", "same"),
        ("qr", "nothing", "same"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(id, action, outcome)| {
            (
                (*id).to_owned(),
                (*action).to_owned(),
                (*outcome).to_owned(),
            )
        })
        .collect();
    assert_eq!(found, expected);
    let all = rows(&ran);
    assert_eq!(all[1]["grounds"][0], "digest_mismatch");
    assert_eq!(all[7]["reasons"][0], "old_number_on_card");
    assert_eq!(all[9]["trust"], "issuer_verified");
    assert_eq!(all[11]["trouble"][0], "qr_unreadable");
}

#[test]
fn the_work_list_carries_no_values_unless_asked_for() {
    let records = list("values.csv", everyone());
    for format in ["csv", "table", "json"] {
        let ran = run(&records, &["--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        for value in ["Nghiệm", "NGHIEM", "00109", "012345678", "1990", "Phạm"] {
            let told = ran.stdout.contains(value) || ran.stderr.contains(value);
            assert!(!told, "{format}: {value}: {}", ran.stdout);
        }
    }
    let ran = run(&records, &["--values"]);
    assert!(ran.stdout.contains("Lê Thử Nghiệm") && ran.stdout.contains("Phạm Thị Mẫu"));
}

#[test]
fn cells_are_no_formulas_and_the_file_is_its_owners() {
    let records = list("formula.csv", everyone());
    let out = lists().folder.join("work.csv");
    let ran = run(&records, &["--out", &out.display().to_string()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let text = fs::read_to_string(&out).unwrap();
    assert!(
        text.starts_with("action,outcome,reasons,id,line,trust,document,grounds,trouble,policy\n")
    );
    assert!(text.contains(",'=cmd|'/C calc'!A0,"), "{text}");
    for line in text.lines().skip(1) {
        for cell in line.split(',') {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&out).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn the_processing_of_a_list_is_logged_without_a_value() {
    let records = list("logged.csv", everyone());
    let log = lists().folder.join("processing.jsonl");
    let ran = run(
        &records,
        &[
            "--log",
            &log.display().to_string(),
            "--operator",
            "teller-7",
            "--purpose",
            "data-cleaning",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let events: Vec<Value> = fs::read_to_string(&log)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let stages: Vec<_> = events.iter().map(|event| event["stage"].clone()).collect();
    assert_eq!(stages, ["begun", "ended"]);
    assert_eq!(events[1]["fields"][0], "personal_number");
    assert!(!events[1].to_string().contains("Nghiệm"));
}

#[test]
fn in_words_for_a_clerk() {
    let ran = run(
        &list("words.csv", everyone()),
        &["--format", "table", "--lang", "vi"],
    );
    for said in [
        "KHÔNG GỘP",
        "Không dùng dữ liệu của thẻ này (1)",
        "cùng một người, số giấy tờ đã đổi; hồ sơ ghi số cũ, thẻ xác nhận",
        "hồ sơ ghi không dấu",
        "Không cần làm gì (3)",
    ] {
        assert!(ran.stdout.contains(said), "{said}\n{}", ran.stdout);
    }
}

#[test]
fn lists_as_spreadsheets_write_them() {
    let semicolons = everyone().replace(',', ";").replace('\n', "\r\n");
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(
        everyone()
            .replace(',', "\t")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    let plain = run(&list("plain.csv", everyone()), &["--json"]).stdout;
    assert_eq!(
        run(
            &list("semicolons.csv", format!("\u{feff}{semicolons}")),
            &["--json"]
        )
        .stdout,
        plain
    );
    assert_eq!(run(&list("wide.csv", wide), &["--json"]).stdout, plain);
    let json = r#"{"id": "same", "number": "001090000017", "name": "Lê Thử Nghiệm", "birth": "15/03/1990", "files": "le"}
{"id": "lost", "number": 1090000017, "name": "Lê Thử Nghiệm", "birth": "15/03/1990", "files": "le"}
{broken
"#;
    let ran = run(&list("lines.jsonl", json), &["--json"]);
    let outcomes: Vec<_> = rows(&ran).iter().map(|r| r["outcome"].clone()).collect();
    assert_eq!(
        outcomes,
        [Value::Null, "same_spelt_differently".into(), "same".into()]
    );
}

#[test]
fn a_list_that_is_none_is_an_error_in_one_line() {
    for (name, text) in [("empty.csv", ""), ("nofiles.csv", "id,name\n1,x\n")] {
        let ran = run(&list(name, text), &[]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("hint:"), "{}", ran.stderr);
    }
    let ran = run("nowhere.csv", &[]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_card_that_nobody_vouches_for_is_settled_first() {
    let records = list("unknown.csv", everyone());
    let ran = chipid(&["customers", &records, "--json"]);
    let all = rows(&ran);
    let same = all.iter().find(|row| row["id"] == "same").unwrap();
    assert_eq!(same["action"], "settle_document");
    assert_eq!(
        (&same["outcome"], &same["trust"]),
        (&"same".into(), &"signature_only".into())
    );
}
