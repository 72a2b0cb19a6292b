//! The matrix: every way into a chip, and every proof and form in pairs, each as a whole reading of a virtual card.
//!
//! Access is run in full: every mapping with every group and every cipher that the standard combines, the kinds of
//! passwords spread over them so that each meets every mapping, group and cipher. Everything else is run pairwise: whatever
//! two values of two axes one takes, some reading has both.
//!
//! What was run is written to `docs/reference/protocols.md`, which is committed: the test fails where the two differ. To
//! write it anew: `CHIPID_WRITE_PROTOCOLS=1 cargo test --release -p chipid --test protocols`.

mod support;

use chipid::emrtd::crypto::agreement::{DomainParameters, refused_name};
use chipid::emrtd::document::AccessProtocol;
use chipid::{AccessKey, ChipProof, Reading, Verification, block};
use chipid_virtual_card::{
    ActiveAuthenticationKey, Algorithms, CanRule, CardData, ChipAuthenticationProfile,
    DocumentForm, Issuer, PaceMapping, PaceSuite, Personaliser, Profile, VirtualCard,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

const MAPPINGS: [PaceMapping; 3] = [
    PaceMapping::Generic,
    PaceMapping::Integrated,
    PaceMapping::ChipAuthentication,
];
const CIPHERS: [&str; 4] = ["3des", "aes-128", "aes-192", "aes-256"];
const PASSWORDS: [&str; 4] = ["mrz", "can", "pin", "puk"];

/// Everything but access, as the profiles of virtual cards write it. A value more is a word more.
const AXES: [(&str, &[&str]); 8] = [
    ("access", &["bac", "pace"]),
    (
        "chip authentication, group",
        &[
            "none",
            "P-224",
            "P-256",
            "P-384",
            "P-521",
            "brainpoolP224r1",
            "brainpoolP256r1",
            "brainpoolP320r1",
            "brainpoolP384r1",
            "brainpoolP512r1",
            "modp-1024-160",
            "modp-2048-224",
            "modp-2048-256",
        ],
    ),
    ("chip authentication, cipher", &CIPHERS),
    (
        "active authentication",
        &[
            "none",
            "rsa 1024 sha-1",
            "rsa 2048 sha-256",
            "rsa 2048 sha-512",
            "ecdsa P-224 sha-224",
            "ecdsa P-256 sha-1",
            "ecdsa P-384 sha-384",
            "ecdsa brainpoolP320r1 sha-256",
            "ecdsa P-521 sha-512",
        ],
    ),
    (
        "document signer",
        &[
            "ecdsa P-256 sha-256",
            "ecdsa brainpoolP512r1 sha-512 explicit",
            "rsa-pkcs1 2048 sha-1",
            "rsa-pss 2048 sha-384",
        ],
    ),
    (
        "digests",
        &["sha-1", "sha-224", "sha-256", "sha-384", "sha-512"],
    ),
    ("bytes at a time", &["223", "256", "65535"]),
    ("machine readable zone", &["td1", "td2", "td3"]),
];

#[test]
fn every_protocol_is_read_and_proven_and_the_reference_says_so() {
    let access = access_in_full();
    let runs = pairwise();
    for run in &runs {
        run_pairs(run);
    }
    let page = page(&access, &runs);
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/protocols.md");
    if std::env::var_os("CHIPID_WRITE_PROTOCOLS").is_some() {
        std::fs::write(&path, &page).expect("docs/reference is writable");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "docs/reference/protocols.md is not what was run; write it anew as this test's file says"
    );
}

/// The kind of password that each combination was opened with.
type AccessRuns = BTreeMap<(usize, DomainParameters, &'static str), &'static str>;

fn access_in_full() -> AccessRuns {
    let base = base_profile();
    let issuer = Issuer::for_profile(&base, &mut support::rng()).expect("an issuer");
    let mut done = AccessRuns::new();
    for (m, mapping) in MAPPINGS.into_iter().enumerate() {
        for (g, group) in DomainParameters::all().enumerate() {
            for (c, cipher) in CIPHERS.into_iter().enumerate() {
                let text = format!("{cipher} {} {}", group.name(), mapping.name());
                let Ok(suite) = text.parse::<PaceSuite>() else {
                    continue;
                };
                // A Latin square: with mapping, group or cipher held, every password comes along.
                let password = PASSWORDS[(m + g + c) % PASSWORDS.len()];
                open(&base, &issuer, suite, password);
                done.insert((m, group, cipher), password);
            }
        }
    }
    assert_pairs_with_passwords(&done);
    done
}

fn assert_pairs_with_passwords(done: &AccessRuns) {
    let mut seen = BTreeSet::new();
    for ((mapping, group, cipher), password) in done {
        seen.insert((format!("{mapping}"), *password));
        seen.insert((group.name().to_owned(), *password));
        seen.insert(((*cipher).to_owned(), *password));
    }
    let values = MAPPINGS.len() + DomainParameters::all().count() + CIPHERS.len();
    assert_eq!(seen.len(), values * PASSWORDS.len());
}

fn open(base: &Profile, issuer: &Issuer, suite: PaceSuite, password: &str) {
    let mut profile = base.clone();
    profile.pace = vec![suite];
    let card = build(Personaliser::new(profile).issuer(issuer));
    let key = match password {
        "mrz" => AccessKey::mrz(&card.mrz),
        "can" => AccessKey::can(card.passwords.can.as_deref().expect("a CAN")),
        "pin" => AccessKey::pin(card.passwords.pin.as_deref().expect("a PIN")),
        _ => AccessKey::puk(card.passwords.puk.as_deref().expect("a PUK")),
    }
    .expect("a key");
    let verification = read(&card, key, None);
    let access = verification.access.as_ref().expect("access");
    let AccessProtocol::Pace {
        mapping,
        cipher,
        group,
    } = access.protocol
    else {
        panic!("{suite}: not opened by PACE");
    };
    assert_eq!(mapping.name(), suite.mapping.name(), "{suite}");
    assert_eq!((cipher, group), (suite.cipher, suite.group), "{suite}");
    assert_eq!(access.password.map(|p| p.name()), Some(password), "{suite}");
    assert!(access.passed_over.is_empty(), "{suite}");
    let proven_by_mapping = suite.mapping == PaceMapping::ChipAuthentication;
    assert_eq!(
        verification.chip_genuine.passed().map(|chip| chip.by()),
        proven_by_mapping.then_some(ChipProof::ChipAuthenticationMapping),
        "{suite}: {:?}",
        verification.all_findings()
    );
}

/// One value of every axis.
type Run = [&'static str; AXES.len()];

fn run_pairs(run: &Run) {
    let [
        access,
        chip_group,
        chip_cipher,
        active,
        signer,
        digest,
        bytes,
        form,
    ] = *run;
    let mut profile = base_profile();
    profile.basic_access_control = access == "bac";
    profile.pace = if access == "bac" {
        Vec::new()
    } else {
        vec![suite("aes-128 brainpoolP256r1")]
    };
    profile.chip_authentication = (chip_group != "none").then(|| ChipAuthenticationProfile {
        suite: format!("{chip_cipher} {chip_group}")
            .parse()
            .expect("a suite"),
        explicit: chip_cipher == "aes-256",
        key_id: (chip_cipher == "aes-192").then_some(5),
        unnamed: false,
    });
    profile.active_authentication =
        (active != "none").then(|| active.to_owned().try_into().expect("an algorithm"));
    profile.digest = digest.into();
    profile.form = match form {
        "td1" => DocumentForm::Td1,
        "td2" => DocumentForm::Td2,
        _ => DocumentForm::Td3,
    };
    profile.document_code = if form == "td3" { "P" } else { "I" }.into();
    let issuer = issuer(signer);
    let mut personaliser = Personaliser::new(profile).issuer(&issuer);
    if active != "none" {
        personaliser = personaliser.active_authentication_key(active_key(active));
    }
    let card = build(personaliser);
    let block_len = bytes.parse().expect("a number");
    let verification = read(&card, support::mrz_key(&card), Some(block_len));

    let report = &verification.passive_authentication;
    let findings = verification.all_findings();
    assert!(report.check().passed().is_some(), "{run:?}: {findings:?}");
    let document = verification.document.as_ref().expect("a document");
    assert!(document.portrait().is_some(), "{run:?}");
    assert_eq!(
        verification.chip_authentication.passed().is_some(),
        chip_group != "none",
        "{run:?}: {findings:?}"
    );
    assert_eq!(
        verification.active_authentication.passed().is_some(),
        active != "none",
        "{run:?}: {findings:?}"
    );
    let opened = verification.access.as_ref().expect("access").protocol;
    assert_eq!(opened == AccessProtocol::Bac, access == "bac", "{run:?}");
}

/// Greedy: each run takes, axis by axis, the value that makes the most pairs that no run had yet.
fn pairwise() -> Vec<Run> {
    let mut open: BTreeSet<(usize, &str, usize, &str)> = BTreeSet::new();
    for (i, (_, first)) in AXES.iter().enumerate() {
        for (j, (_, second)) in AXES.iter().enumerate().skip(i + 1) {
            for a in *first {
                open.extend(second.iter().map(|b| (i, *a, j, *b)));
            }
        }
    }
    let mut runs = Vec::new();
    while let Some(&(i, a, j, b)) = open.iter().next() {
        let mut run: [Option<&'static str>; AXES.len()] = [None; AXES.len()];
        run[i] = AXES[i].1.iter().copied().find(|v| *v == a);
        run[j] = AXES[j].1.iter().copied().find(|v| *v == b);
        for axis in 0..AXES.len() {
            if run[axis].is_some() {
                continue;
            }
            let gain = |value: &&&'static str| {
                (0..AXES.len())
                    .filter(|other| {
                        run[*other].is_some_and(|set| {
                            let pair = if axis < *other {
                                (axis, **value, *other, set)
                            } else {
                                (*other, set, axis, **value)
                            };
                            open.contains(&pair)
                        })
                    })
                    .count()
            };
            // The first of the best, so that the page is the same on every machine.
            run[axis] = AXES[axis]
                .1
                .iter()
                .rev()
                .max_by_key(|value| gain(value))
                .copied();
        }
        let run = run.map(|value| value.expect("every axis has a value"));
        open.retain(|(i, a, j, b)| run[*i] != *a || run[*j] != *b);
        runs.push(run);
    }
    runs
}

fn base_profile() -> Profile {
    let mut profile = support::profile("id-every-curve");
    profile.pace = Vec::new();
    profile.basic_access_control = false;
    profile.chip_authentication = None;
    profile.active_authentication = None;
    profile.can = CanRule::Fixed("123789".into());
    profile.pin = Some("492517".into());
    profile.puk = Some("9310246578".into());
    profile
}

fn suite(text: &str) -> PaceSuite {
    text.parse().expect("a suite")
}

fn build(personaliser: Personaliser<'_>) -> CardData {
    personaliser.build(&mut support::rng()).expect("a card")
}

fn read(card: &CardData, key: AccessKey, block_len: Option<usize>) -> Verification {
    let mut chip = VirtualCard::new(card.clone());
    let mut reading = Reading::with(key);
    if let Some(bytes) = block_len {
        reading = reading.block_len(bytes);
    }
    block(reading.run(&mut chip))
        .expect("the card answers at once")
        .expect("a document")
        .verify(&support::trust(&[&card.csca]), support::now())
}

fn issuer(signer: &'static str) -> Issuer {
    static MADE: Mutex<BTreeMap<&str, Issuer>> = Mutex::new(BTreeMap::new());
    MADE.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(signer)
        .or_insert_with(|| {
            let mut profile = base_profile();
            profile.algorithms = Algorithms {
                signer: signer.to_owned().try_into().expect("an algorithm"),
                ..profile.algorithms
            };
            Issuer::for_profile(&profile, &mut support::rng()).expect("an issuer")
        })
        .clone()
}

/// RSA keys take a while: one of each kind.
fn active_key(algorithm: &'static str) -> ActiveAuthenticationKey {
    static MADE: Mutex<BTreeMap<&str, ActiveAuthenticationKey>> = Mutex::new(BTreeMap::new());
    MADE.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(algorithm)
        .or_insert_with(|| {
            let mut profile = base_profile();
            profile.active_authentication =
                Some(algorithm.to_owned().try_into().expect("an algorithm"));
            let issuer = issuer(AXES[4].1[0]);
            build(Personaliser::new(profile).issuer(&issuer))
                .active_authentication
                .expect("a key")
        })
        .clone()
}

fn page(access: &AccessRuns, runs: &[Run]) -> String {
    let mut out = String::from(
        "# Protocols\n\n\
         What was read and proven, as a whole reading of the virtual card each. This page is written by the test\n\
         `sdk/chipid/tests/protocols.rs` and compared with what it runs on every `make test`; to write it anew:\n\
         `CHIPID_WRITE_PROTOCOLS=1 cargo test --release -p chipid --test protocols`. No real card was ever read.\n\n\
         ## Access: PACE in full\n\n\
         Every mapping with every group and every cipher that Doc 9303-11, 4.4.3, combines; in the cell the password that opened\n\
         it. Each kind of password meets every mapping, every group and every cipher. A dash: the standard has no such protocol.\n\n\
         | mapping | group | 3DES | AES-128 | AES-192 | AES-256 |\n|---|---|---|---|---|---|\n",
    );
    for (m, mapping) in MAPPINGS.into_iter().enumerate() {
        for group in DomainParameters::all() {
            let cells: Vec<&str> = CIPHERS
                .iter()
                .map(|cipher| access.get(&(m, group, *cipher)).copied().unwrap_or("–"))
                .collect();
            if cells.iter().any(|cell| *cell != "–") {
                let _ = writeln!(
                    out,
                    "| {} | {} | {} |",
                    mapping.name(),
                    group.name(),
                    cells.join(" | ")
                );
            }
        }
    }
    let refused: Vec<&str> = (0..=u8::MAX).filter_map(refused_name).collect();
    let _ = writeln!(
        out,
        "\n{} readings. Refused, by name: {}. PIN and PUK are tried only where they are given as such.\n\n\
         ## Everything else, in pairs\n\n\
         Whatever two values of two lines one takes, one of {} readings has both.\n\n\
         | what | values |\n|---|---|",
        access.len(),
        refused.join(", "),
        runs.len()
    );
    for (name, values) in AXES {
        let _ = writeln!(out, "| {name} | {} |", values.join(", "));
    }
    out
}
