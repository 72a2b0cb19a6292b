//! Which of the chip's PACE protocols chipid can do, and which it takes first.
//!
//! Doc 9303-11, 4.4.3 (combinations), 9.5.1 (standardised domain parameters).

use crate::crypto::agreement::DomainParameters;
use crate::crypto::cipher::CipherAlgorithm;
use crate::security_info::{KeyAgreement, Mapping, PaceInfo};
use core::cmp::Ordering;

/// The group of a protocol that chipid can do, else `None`: of an unknown group, of a curve of 192 bits, or a
/// combination that the standard does not have.
#[must_use]
pub fn supported(info: &PaceInfo) -> Option<DomainParameters> {
    let parameters = info.domain_parameters()?;
    let possible = match info.mapping {
        Mapping::Generic => true,
        Mapping::Integrated => parameters.encodes_numbers(),
        Mapping::ChipAuthentication => {
            info.agreement == KeyAgreement::Ecdh && info.cipher != CipherAlgorithm::Tdes
        }
    };
    possible.then_some(parameters)
}

/// The order in which protocols are tried: by what breaks first (the cipher or the group), then those that prove the
/// chip in the same run, then by cipher and group each for itself, then the generic before the integrated mapping (which
/// more chips do rightly: deviations row 13).
#[must_use]
pub fn strongest_first(a: &PaceInfo, b: &PaceInfo) -> Ordering {
    rank(b).cmp(&rank(a))
}

fn rank(info: &PaceInfo) -> (usize, bool, CipherAlgorithm, usize, bool) {
    let group = info.domain_parameters();
    let weakest = group
        .map_or(0, DomainParameters::strength)
        .min(cipher_strength(info.cipher));
    (
        weakest,
        info.mapping == Mapping::ChipAuthentication,
        info.cipher,
        group.map_or(0, DomainParameters::strength),
        info.mapping == Mapping::Generic,
    )
}

/// Bits of security (NIST SP 800-57-1, table 2): two-key 3DES has 80.
const fn cipher_strength(cipher: CipherAlgorithm) -> usize {
    match cipher {
        CipherAlgorithm::Tdes => 80,
        CipherAlgorithm::Aes128 => 128,
        CipherAlgorithm::Aes192 => 192,
        CipherAlgorithm::Aes256 => 256,
    }
}
