//! Every row of `docs/reference/deviations.md` that a chip, a reader or data can show: `test-vectors/faults` says what the
//! virtual card does and what must come of it; each entry is a test of its own here.

#[path = "support/fault_card.rs"]
mod fault_card;
mod support;

use chipid::emrtd::crypto::ec::Curve;
use chipid::emrtd::document::AccessProtocol;
use chipid::emrtd::tlv;
use chipid::transport::counting::Counting;
use chipid::{
    AccessKey, Assessment, CardTransport, FileId, Policy, Reading, Severity, TransportError,
    UnverifiedDocument, block,
};
use chipid_test_vectors::faults::{self, Expected, FaultCase, KeyChoice};
use chipid_virtual_card::{Behaviour, BitRate, CardData, FieldLoss, Link, LinkedCard, VirtualCard};

/// One test for each entry, of the same name.
macro_rules! rows {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(stringify!($name));
        })*

        /// The tests of this file that stand for an entry.
        const ROWS: &[&str] = &[$(stringify!($name)),*];
    };
}

rows! {
    row_001_parameter_id_needed
    row_002_several_protocols_need_the_parameter_id
    row_003_expected_length_refused
    row_004_bac_unknown
    row_004_bac_unknown_is_no_wrong_key
    row_005_bac_off
    row_005_bac_off_is_no_wrong_key
    row_006_master_file_refused
    row_007_implicit_master_file_ignored
    row_008_card_access_invalidated
    row_009_directory_refused
    row_010_extended_authenticate_refused
    row_011_no_access_control
    row_012_bac_length_refused
    row_013_generic_mapping_where_both_are
    row_013_integrated_mapping
    row_015_protocol_without_parameter_id
    row_016_dh_refused
    row_018_tries_run_out
    row_019_downgrade_told
    row_020_other_application
    row_022_extended_read_desynchronises
    row_023_largest_length
    row_024_beyond_the_end
    row_025_warning_at_the_end
    row_025b_misplaced_padding
    row_026_zeros_beyond_the_end
    row_027_little_at_a_time
    row_028_empty_answers
    row_029_response_in_parts
    row_029_rest_on_request
    row_029_right_length_told
    row_030_signature_cut
    row_031_signature_empty
    row_032_long_commands_dropped
    row_033_presence_check
    row_034_tag_lost
    row_036_error_status_is_no_data
    row_037_key_without_protocol
    row_038_malformed_security_info
    row_039_key_identifier_of_the_only_key
    row_040_signature_in_der
    row_041_ecdsa_active_authentication
    row_042_large_brainpool_curves
    row_043_small_curve
    row_044_chip_authentication_ends_session
    row_045_no_active_authentication
    row_046_active_authentication_last
    row_105_bytes_behind_dg14
    row_106_listed_and_not_there
}

#[test]
fn every_entry_of_the_corpus_has_its_test() {
    let entries: Vec<String> = faults::all()
        .iter()
        .map(|case| case.name.replace('-', "_"))
        .collect();
    let missing: Vec<_> = entries
        .iter()
        .filter(|name| !ROWS.contains(&name.as_str()))
        .collect();
    assert!(missing.is_empty(), "without a test: {missing:#?}");
    let gone: Vec<_> = ROWS
        .iter()
        .filter(|name| !entries.iter().any(|entry| entry == **name))
        .collect();
    assert!(gone.is_empty(), "without an entry: {gone:#?}");
}

fn check(test: &str) {
    let case = faults::load(&test.replace('_', "-"));
    let card = fault_card::made(&case);
    let honest = [toml::Table::new()];
    let behaviours = match case.behaviours.as_slice() {
        [] => &honest[..],
        several => several,
    };
    let blocks = match case.reader.blocks.as_slice() {
        [] => &[0][..],
        several => several,
    };
    for behaviour in behaviours {
        for block in blocks {
            let about = format!("{}, {behaviour}, block {block}", case.name);
            let behaviour: Behaviour = behaviour.clone().try_into().expect(&about);
            let ended = read(&case, &card, behaviour, *block);
            judge(&case, &card, ended, &about);
        }
    }
}

/// How a reading ended, and how many commands it took.
struct Ended {
    result: Result<UnverifiedDocument, chipid::Error>,
    apdus: u64,
}

fn read(case: &FaultCase, card: &CardData, behaviour: Behaviour, block_len: usize) -> Ended {
    let mut link = Link::new(BitRate::Kbit424);
    link.largest_response = case.reader.largest_response;
    link.losses = case
        .reader
        .loses_field_before
        .iter()
        .map(|at| FieldLoss::BeforeCommand(*at))
        .collect();
    let chip = VirtualCard::new(card.clone()).with_behaviour(behaviour);
    let reader = ShortReader {
        card: LinkedCard::new(chip, link),
        longest_command: case.reader.drops_commands_over.unwrap_or(usize::MAX),
    };
    let mut reader = Counting::new(reader);

    let key = match case.reader.key {
        KeyChoice::Own => support::key(card),
        KeyChoice::Mrz => support::mrz_key(card),
        KeyChoice::WrongCan => AccessKey::can("000000").expect("a CAN"),
    };
    let mut reading = Reading::with(key);
    if block_len > 0 {
        reading = reading.block_len(block_len);
    }
    let mut result = block(reading.run(&mut reader)).expect("the card answers at once");
    for _ in 1..case.reader.runs.unwrap_or(1) {
        if result.is_err() {
            result = block(reading.run(&mut reader)).expect("the card answers at once");
        }
    }
    Ended {
        result,
        apdus: reader.counters().apdus,
    }
}

/// A reader that says nothing of how long commands may be, and drops those that are too long (row 32).
struct ShortReader {
    card: LinkedCard,
    longest_command: usize,
}

impl CardTransport for ShortReader {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        if command.len() > self.longest_command {
            return Err(TransportError::Timeout);
        }
        self.card.transmit(command).await
    }

    fn limits(&self) -> chipid::emrtd::card_transport::TransportLimits {
        self.card.limits()
    }
}

fn judge(case: &FaultCase, card: &CardData, ended: Ended, about: &str) {
    let expect = &case.expect;
    if let Some(most) = expect.apdus {
        assert!(
            ended.apdus <= most as u64,
            "{about}: {} APDUs, at most {most}",
            ended.apdus
        );
    }
    let document = match (ended.result, expect.error) {
        (Err(error), Some(code)) => {
            assert_eq!(error.code(), code, "{about}: {error}");
            return;
        }
        (Ok(_), Some(code)) => panic!("{about}: read, where error {code} is due"),
        (Err(error), None) => panic!("{about}: {} {error}", error.code()),
        (Ok(document), None) => document,
    };
    assert_eq!(
        Some(opened_by(&document)),
        expect.access.clone(),
        "{about}: access"
    );
    files(expect, card, &document, about);

    let verification = document.verify(&support::trust(&[&card.csca]), support::now());
    for (proof, status, expected) in [
        (
            "Chip Authentication",
            verification.chip_authentication.status(),
            &expect.chip_authentication,
        ),
        (
            "Active Authentication",
            verification.active_authentication.status(),
            &expect.active_authentication,
        ),
    ] {
        if let Some(expected) = expected {
            assert_eq!(status, expected, "{about}: {proof}");
        }
    }
    let verdict = Policy::reading_only().decide(&Assessment::new(verification));
    let named = |wanted: &dyn Fn(Severity) -> bool| -> Vec<String> {
        let grounds = verdict.grounds.iter().filter(|g| wanted(g.severity));
        let mut names: Vec<String> = grounds
            .filter(|g| g.code.name() != "test_issuer")
            .map(|g| match g.detail {
                Some(detail) => format!("{}: {detail}", g.code.name()),
                None => g.code.name().to_owned(),
            })
            .collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(
        named(&|severity| severity > Severity::Note),
        expect.grounds,
        "{about}: grounds"
    );
    let notes = named(&|severity| severity == Severity::Note);
    for note in &expect.notes {
        assert!(notes.contains(note), "{about}: no {note} in {notes:?}");
    }
    assert_eq!(
        Some(verdict.kind.name()),
        expect.verdict.as_deref(),
        "{about}: verdict"
    );
}

fn opened_by(document: &UnverifiedDocument) -> String {
    match document.access().map(|access| access.protocol) {
        Some(AccessProtocol::Pace {
            mapping, cipher, ..
        }) => format!("pace-{}-{}", mapping.name(), cipher.name()),
        Some(AccessProtocol::Bac) => "bac".to_owned(),
        _ => "none".to_owned(),
    }
}

fn files(expect: &Expected, card: &CardData, document: &UnverifiedDocument, about: &str) {
    let read = document.danger_unverified();
    for (file, bytes) in &card.files {
        let name = file.to_string();
        let of_no_account = matches!(file, FileId::Com | FileId::Dir | FileId::AtrInfo)
            || matches!(name.as_str(), "DG3" | "DG4");
        match read.get(file) {
            Some(_) if expect.absent.contains(&name) => panic!("{about}: {name} was read"),
            Some(found) => {
                // What lies behind a file is no part of it (row 26).
                assert!(
                    bytes.starts_with(found) && !found.is_empty(),
                    "{about}: {name} differs"
                );
                let own = tlv::Header::parse(bytes).expect("a header").total();
                assert!(found.len() >= own, "{about}: {name} is cut");
            }
            None if of_no_account || expect.absent.contains(&name) => {}
            None => panic!("{about}: {name} is missing"),
        }
    }
}

/// Row 17 (any chip, now and then): a shared secret that begins with zeros keeps them, as Doc 9303-11, 9.6.1 and BSI TR-03111
/// 3.1.3 want it; whoever drops them derives other keys.
#[test]
fn row_017_x_coordinates_keep_their_leading_zeros() {
    for curve in [Curve::P256, Curve::BrainpoolP256r1] {
        let generator = curve.generator();
        let short = (1u16..)
            .map(|number| {
                let mut scalar = vec![0; curve.field_len()];
                let at = scalar.len() - 2;
                scalar[at..].copy_from_slice(&number.to_be_bytes());
                let secret = curve.secret(&scalar).expect("a scalar");
                secret.multiply(&generator).expect("a point")
            })
            .find(|point| point.as_sec1()[1] == 0)
            .expect("one in 256");
        assert_eq!(short.x().len(), curve.field_len());
        assert_eq!(short.x(), &short.as_sec1()[1..=curve.field_len()]);
    }
}

/// Parts A, B and C, and part F: what chips, readers and data show. Rows between them are of signatures, certificates and
/// trust lists.
#[test]
fn every_row_has_its_test_or_its_reason() {
    let page = repository("docs/reference/deviations.md");
    let (shown, rest) = page
        .split_once("\n## Signatures")
        .expect("the heading behind the rows of chips, readers and data");
    let reasons = rest.split_once("\n## No test").expect("the last heading").1;
    let tests = tests_of_the_repository();
    let mut rows: Vec<String> = (1..=46).chain(94..=113).map(|n| n.to_string()).collect();
    rows.push("25b".to_owned());
    for row in &rows {
        let named: Vec<&str> = entries(shown, row)
            .flat_map(|line| line.split('`').skip(1).step_by(2))
            .filter(|name| name.starts_with("row_"))
            .collect();
        for name in &named {
            assert!(
                tests.iter().any(|test| test == name),
                "row {row}: there is no test {name}"
            );
            let number = name
                .trim_start_matches("row_")
                .split('_')
                .next()
                .unwrap_or_default();
            assert_eq!(
                number.trim_start_matches('0'),
                row,
                "{name} is of another row"
            );
        }
        let excused = entries(reasons, row).any(|line| line.len() > 40);
        assert!(
            named.is_empty() == excused,
            "row {row}: a test or a reason why not, one of the two"
        );
    }
}

/// The lines of a table whose first cell names the row.
fn entries<'a>(table: &'a str, row: &str) -> impl Iterator<Item = &'a str> {
    table.lines().filter(move |line| {
        let mut cells = line.split('|').map(str::trim);
        cells.next() == Some("")
            && cells
                .next()
                .is_some_and(|cell| cell.split(", ").any(|r| r == row))
    })
}

fn is_of_a_row(test: &str) -> bool {
    let number = test
        .strip_prefix("row_")
        .and_then(|rest| rest.split('_').next());
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// The names of all functions of this repository's Rust sources that are named by a row, with those of the corpus.
fn tests_of_the_repository() -> Vec<String> {
    let mut names: Vec<String> = ROWS.iter().map(|name| (*name).to_owned()).collect();
    for folder in ["sdk", "hardware", "reader-cli"] {
        let mut folders = vec![root().join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    // What a build leaves behind is no source.
                    if !path.ends_with("target") {
                        folders.push(path);
                    }
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = std::fs::read_to_string(&path).expect("a source");
                    names.extend(text.lines().filter_map(|line| {
                        let name = line.trim().strip_prefix("fn ")?.split('(').next()?;
                        is_of_a_row(name).then(|| name.to_owned())
                    }));
                }
            }
        }
    }
    names
}

fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn repository(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).expect(file)
}
