//! Loads the test vectors of this folder. Each set stands beside a `PROVENANCE.md` that says where it comes from.
//!
//! For tests only: whatever is missing or unreadable is a panic that names the file.

pub mod faults;

use std::path::PathBuf;

/// The German reference data set for readers of travel documents: an invented holder, files as a chip has them.
pub const BSI_REFERENCE_LDS: &str = "cards/bsi-2008-reference-lds";
/// Data groups that others published: invented persons, or none.
pub const PUBLISHED_DATA_GROUPS: &str = "cards/published-data-groups";
/// The Dutch master list of 2026-07-22.
pub const DUTCH_MASTER_LIST: &str = "certificates/master-lists/NL_ML_2026-07-22.ml";
/// The root that vouches for the Dutch list's signer.
pub const DUTCH_ROOT: &str = "certificates/master-lists/NL_ROOT_CA.cer";

/// The worked examples of PACE, appendices G to I of Doc 9303-11.
pub const PACE_EXAMPLES: &str = "icao-9303/pace.json";

/// Where the file or folder `relative` of this folder lies.
#[must_use]
pub fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The bytes of the file `relative` of this folder.
///
/// # Panics
/// Where it cannot be read.
#[must_use]
pub fn read(relative: &str) -> Vec<u8> {
    let path = path(relative);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_says_where_it_comes_from() {
        for set in [
            BSI_REFERENCE_LDS,
            PUBLISHED_DATA_GROUPS,
            "certificates",
            "icao-9303",
            "active-authentication",
            "cv-certificates",
        ] {
            let text = read(&format!("{set}/PROVENANCE.md"));
            assert!(text.len() > 100, "{set}");
        }
        assert!(path(DUTCH_MASTER_LIST).is_file() && path(DUTCH_ROOT).is_file());
    }
}
