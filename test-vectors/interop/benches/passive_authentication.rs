//! Passive authentication by algorithm, chipid beside dmrtd on the same documents in the same run.
//!
//! `cargo bench --manifest-path test-vectors/interop/Cargo.toml --bench passive_authentication`
//!
//! From the raw bytes of EF.SOD and three data groups (DG2 of 20 kB) to the answer: the digests, the document signer's
//! signature, the CSCA's signature over the signer's certificate; with chipid also the checks of states, dates and usage.
//! The trust store and dmrtd's anchor are read beforehand. Processor time of the thread.

use chipid_emrtd::document::UnverifiedDocument;
use chipid_emrtd::file_id::FileId;
use chipid_emrtd::finding::Check;
use chipid_emrtd::trust::TrustStore;
use chipid_interop::{Metered, TestCard, noon};
use chipid_virtual_card::{Profile, SigningAlgorithm};
use criterion::{Bencher, Criterion};
use dmrtd::auth::passive::{self, TrustAnchor};
use std::hint::black_box;
use std::time::Duration;

/// CSCA and document signer sign alike.
const ALGORITHMS: [&str; 9] = [
    "ecdsa P-256 sha-256",
    "ecdsa P-384 sha-384",
    "ecdsa P-521 sha-512",
    "ecdsa brainpoolP256r1 sha-256",
    "ecdsa brainpoolP384r1 sha-384",
    "ecdsa brainpoolP512r1 sha-512",
    "rsa-pkcs1 2048 sha-256",
    "rsa-pss 2048 sha-256",
    "rsa-pkcs1 4096 sha-256",
];

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    for algorithm in ALGORITHMS {
        let card = signed_with(algorithm);
        let file = |id| card.data.files[&id].as_slice();
        let (sod, face) = (file(FileId::Sod), file(FileId::DG2));

        let trust = TrustStore::builder()
            .add(&card.data.csca, "csca")
            .and_then(|builder| builder.build())
            .expect("a store");
        let chipid = || {
            let document =
                UnverifiedDocument::from_files(black_box(&card.data.files).clone(), None);
            let judged = document.verify(&trust, noon());
            matches!(judged.passive_authentication.check(), Check::Passed(_))
        };
        let anchors = [TrustAnchor::from_certificate(&card.data.csca).expect("an anchor")];
        let dmrtd = || {
            let group = |number, bytes| passive::DataGroup { number, bytes };
            let groups = [
                group(1, file(FileId::DG1)),
                group(2, black_box(face)),
                group(14, file(FileId::DG14)),
            ];
            passive::verify(black_box(sod), &groups, &anchors)
                .is_ok_and(|judged| judged.covers_all_groups())
        };
        assert!(chipid(), "chipid, {algorithm}");
        assert!(dmrtd(), "dmrtd, {algorithm}");
        criterion.bench_function(&format!("passive authentication/{algorithm}/chipid"), |b| {
            measure(b, chipid);
        });
        criterion.bench_function(&format!("passive authentication/{algorithm}/dmrtd"), |b| {
            measure(b, dmrtd);
        });
    }
    criterion.final_summary();
}

fn measure(bencher: &mut Bencher<'_>, work: impl Fn() -> bool) {
    bencher.iter_custom(|rounds| {
        let start = Metered::thread_time();
        for _ in 0..rounds {
            black_box(work());
        }
        Metered::thread_time().saturating_sub(start)
    });
}

fn signed_with(algorithm: &str) -> TestCard {
    let algorithm: SigningAlgorithm = algorithm.parse().expect("an algorithm");
    let mut profile = Profile::builtin("passport-no-proof").expect("profile");
    profile.algorithms.csca = algorithm;
    profile.algorithms.signer = algorithm;
    TestCard::made(profile, Some(20_000)).expect("card")
}
