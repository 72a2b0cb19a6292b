//! A whole reading, chipid beside dmrtd on the same card in the same run: APDUs, bytes, and the host's own processor time.
//!
//! `cargo bench --manifest-path test-vectors/interop/Cargo.toml --bench reading`
//!
//! The time is processor time of the reader's thread without what was spent inside the card, so neither the card nor
//! other programs on the machine count. Both readers read the same files, which is checked before anything is measured.
//! dmrtd 0.3.5 always asks for 220 bytes at a time; chipid fills a short response, or uses extended lengths where it is
//! told to.

use chipid_emrtd::file_id::FileId;
use chipid_emrtd::trust::TrustStore;
use chipid_interop::{
    Files, Meter, Metered, TestCard, chipid_reading, dmrtd_open, dmrtd_reads, noon,
};
use chipid_virtual_card::{CanRule, Profile};
use criterion::Criterion;
use std::hint::black_box;
use std::time::Duration;

const PORTRAIT_LEN: usize = 20_000;
/// What chipid asks for where extended lengths are allowed.
const EXTENDED_BLOCK: usize = 4_000;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let mut table = Vec::new();

    for (name, pace, with_can) in [
        ("BAC", &[][..], false),
        ("PACE P-256 AES-128, CAN", &["aes-128 P-256"], true),
        (
            "PACE brainpoolP256r1 AES-128, CAN",
            &["aes-128 brainpoolP256r1"],
            true,
        ),
    ] {
        let card = without_chip_proof(pace);
        let readers: [(&str, Read); 3] = [
            ("chipid", &|card, transport| {
                by_chipid(card, transport, with_can, None)
            }),
            ("chipid, extended", &|card, transport| {
                by_chipid(card, transport, with_can, Some(EXTENDED_BLOCK))
            }),
            ("dmrtd", &|card, transport| {
                let mut passport = dmrtd_open(card, transport, with_can).expect("dmrtd opens");
                dmrtd_reads(card, &mut passport).expect("dmrtd reads")
            }),
        ];
        for (reader, read) in readers {
            assert_eq!(
                read(&card, &mut Metered::new(card.data.clone())),
                card.readable()
            );
            let (meter, _) = measured(&card, read);
            table.push((format!("{name}: {reader}"), meter));
            criterion.bench_function(&format!("read/{name}/{reader}"), |b| {
                b.iter_custom(|rounds| (0..rounds).map(|_| measured(&card, read).1).sum());
            });
        }
    }

    // The whole job of a counter: PACE, Chip and Active Authentication, all files, passive authentication.
    let profile = Profile::builtin("passport-p256").expect("profile");
    let card = TestCard::made(profile, Some(PORTRAIT_LEN)).expect("card");
    let trust = TrustStore::builder()
        .add(&card.data.csca, "csca")
        .and_then(|builder| builder.build())
        .expect("a store");
    let whole: Read = &|card, transport| {
        let document = chipid_reading(card, transport, false, None).expect("chipid reads");
        let judged = document.verify(&trust, noon());
        assert!(judged.document.is_some());
        black_box(judged);
        Files::new()
    };
    let name = "PACE P-256 AES-256, CA, AA, PA: chipid";
    table.push((name.into(), measured(&card, whole).0));
    criterion.bench_function(
        "read and verify/PACE P-256 AES-256, CA, AA, PA/chipid",
        |b| {
            b.iter_custom(|rounds| (0..rounds).map(|_| measured(&card, whole).1).sum());
        },
    );
    criterion.final_summary();

    println!("\nDG2 of {} bytes", card.data.files[&FileId::DG2].len());
    println!(
        "{:>6} {:>10} {:>14}  reader",
        "APDUs", "bytes sent", "bytes received"
    );
    for (name, meter) in table {
        println!(
            "{:>6} {:>10} {:>14}  {name}",
            meter.commands, meter.sent, meter.received
        );
    }
}

type Read<'a> = &'a dyn Fn(&TestCard, &mut Metered) -> Files;

/// One reading of a fresh card: what crossed the transport, and the host's own processor time.
fn measured(card: &TestCard, read: Read<'_>) -> (Meter, Duration) {
    let transport = Metered::new(card.data.clone());
    let start = Metered::thread_time();
    let files = read(card, &mut transport.clone());
    let all = Metered::thread_time().saturating_sub(start);
    black_box(files);
    let meter = transport.meter();
    (meter, all.saturating_sub(meter.inside_card))
}

fn by_chipid(
    card: &TestCard,
    transport: &mut Metered,
    with_can: bool,
    block_len: Option<usize>,
) -> Files {
    let document = chipid_reading(card, transport, with_can, block_len).expect("chipid reads");
    let files = document.danger_unverified().iter();
    files
        .filter(|(file, _)| **file != FileId::CardAccess)
        .map(|(file, bytes)| (*file, bytes.to_vec()))
        .collect()
}

/// Neither Chip nor Active Authentication: dmrtd has no Chip Authentication, so the comparison leaves both out.
fn without_chip_proof(pace: &[&str]) -> TestCard {
    let mut profile = Profile::builtin("passport-no-proof").expect("profile");
    profile.pace = pace
        .iter()
        .map(|suite| suite.parse().expect("a suite"))
        .collect();
    profile.can = CanRule::Fixed("481209".into());
    TestCard::made(profile, Some(PORTRAIT_LEN)).expect("card")
}
