//! Every code that can stand in a verdict's grounds, in one table. What each does: `docs/verdict.md`.

use chipid_emrtd::finding::{Code, Severity, codes as core};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident;)*) => {
        $($(#[$doc])* pub const $name: Code = Code::new($text, Severity::$severity);)*
        const OWN: &[Code] = &[$($name),*];
    };
}

codes! {
    /// The similarity lies under the reject threshold.
    FACE_MISMATCH = "face_mismatch", Fatal;
    /// The face comparison carries another document's portrait digest.
    COMPARISON_FOREIGN = "comparison_foreign", Fatal;
    /// The similarity lies between the reject and the accept threshold.
    FACE_UNCERTAIN = "face_uncertain", Doubt;
    /// No face was compared; the detail says why.
    FACE_NOT_COMPARED = "face_not_compared", Doubt;
    /// Too many failed face attempts, or the session is too old.
    SESSION_LOCKED = "session_locked", Doubt;
    /// What the clerk typed differs from the signed data.
    CLERK_INPUT_MISMATCH = "clerk_input_mismatch", Doubt;
    /// What the QR code says differs from the signed data.
    QR_MISMATCH = "qr_mismatch", Doubt;
    /// The letters of the QR text are garbled, as a keyboard program leaves them: the detail was not compared.
    QR_TEXT_GARBLED = "qr_text_garbled", Note;
    /// The personal number begins with the code of no province.
    NUMBER_UNUSUAL = "number_unusual", Note;
    /// The zone that was given as key has another number, birth or expiry than the chip.
    MRZ_MISMATCH = "mrz_mismatch", Doubt;
    /// The name in DG1 and the name in DG13 differ.
    NAME_MISMATCH = "name_mismatch", Doubt;
    /// A Vietnamese identity card, and nobody said that the anchor behind it is trusted for identity cards.
    ANCHOR_NOT_SCOPED = "anchor_not_scoped", Doubt;
    /// The expiry in DG1 and the expiry in DG13 differ.
    EXPIRY_MISMATCH = "expiry_mismatch", Doubt;
    /// The digits of the personal number stand for another year of birth or sex than the data say.
    NUMBER_DIGITS_MISMATCH = "number_digits_mismatch", Note;
    /// The expiry date cannot be read.
    EXPIRY_UNKNOWN = "expiry_unknown", Doubt;
    /// A check that the policy requires was not performed; the detail names it.
    REQUIRED_CHECK_MISSING = "required_check_missing", Doubt;
    /// The live image came from a file, not from a camera that the program controls.
    LIVE_IMAGE_FROM_FILE = "live_image_from_file", Note;
    /// The live image is alike to the chip's portrait as only the portrait itself is.
    LIVE_IMAGE_IS_PORTRAIT = "live_image_is_portrait", Doubt;
    /// A live image was not given.
    NO_LIVE_IMAGE = "no_live_image", Doubt;
    /// No face was found in the live image.
    NO_FACE = "no_face", Doubt;
    /// More than one face was found in the live image.
    SEVERAL_FACES = "several_faces", Doubt;
    /// The image is not fit to be compared.
    POOR_QUALITY = "poor_quality", Doubt;
    /// The chip holds no face that could be compared.
    NO_FACE_ON_CHIP = "no_face_on_chip", Doubt;
    /// The portrait is older than the policy lets one be; the detail says whose.
    PORTRAIT_OUTDATED = "portrait_outdated", Doubt;
    /// Neither a day of issue nor a time of signing says how old the portrait is.
    PORTRAIT_AGE_UNKNOWN = "portrait_age_unknown", Note;
    /// How old the portrait is is not known, and the card runs without end.
    PORTRAIT_AGE_UNBOUNDED = "portrait_age_unbounded", Note;
    /// The holder is under 14, or perhaps.
    HOLDER_UNDER_14 = "holder_under_14", Note;
    /// The holder is under 6, or perhaps: no face was taken, and none is compared.
    HOLDER_UNDER_6 = "holder_under_6", Note;
    /// Of the birth only a part is known; the detail names what is not.
    BIRTH_PARTLY_UNKNOWN = "birth_partly_unknown", Note;
    /// The child's card and the guardian's are one person's.
    GUARDIAN_IS_CHILD = "guardian_is_child", Fatal;
    /// The child's card and the guardian's were not checked in one session.
    CARDS_NOT_TOGETHER = "cards_not_together", Doubt;
    /// The guardian is not of age, or perhaps not.
    GUARDIAN_UNDER_AGE = "guardian_under_age", Doubt;
    /// Whoever is brought as a child is of age, or perhaps.
    WARD_OF_AGE = "ward_of_age", Doubt;
    /// Nothing says that the one is the other's guardian.
    KINSHIP_MISSING = "kinship_missing", Doubt;
    /// There is evidence of kinship, and the policy does not take it; the detail names it.
    KINSHIP_INSUFFICIENT = "kinship_insufficient", Doubt;
    /// The cards speak against the kinship; the detail says how.
    KINSHIP_CONTRADICTED = "kinship_contradicted", Doubt;
    /// The name of the parent agrees but for its diacritics.
    KINSHIP_SPELT_DIFFERENTLY = "kinship_spelt_differently", Doubt;
    /// The kinship rests on a name, which others may bear too; the detail names where it stands.
    KINSHIP_BY_NAME = "kinship_by_name", Note;
    /// The live image comes from a source that the policy does not take; the detail names it.
    CAPTURE_NOT_ACCEPTED = "capture_not_accepted", Doubt;
    /// A comparison by another maker's engine, which the policy does not name with that certificate.
    FACE_VENDOR_NOT_ACCEPTED = "face_vendor_not_accepted", Doubt;
    /// A comparison by another maker's engine that does not speak of these images, or not of now; the detail says why.
    FACE_VENDOR_UNBOUND = "face_vendor_unbound", Doubt;
    /// The caller's liveness check says that no living person was there.
    LIVENESS_FAILED = "liveness_failed", Doubt;
    /// The caller's liveness check could not say.
    LIVENESS_UNCERTAIN = "liveness_uncertain", Doubt;
    /// The liveness result does not speak of the images that were compared, or not of now; the detail says why.
    LIVENESS_UNBOUND = "liveness_unbound", Doubt;
    /// The issuer, asked about this document, denies it.
    ISSUER_DENIES = "issuer_denies", Fatal;
    /// A confirmation that is not bound to this document, this request and this time; the detail says where.
    UNBOUND_CONFIRMATION = "unbound_confirmation", Doubt;
    /// The confirmation service gave no answer; the detail says why.
    ONLINE_UNREACHABLE = "online_unreachable", Note;
    /// A value that should be compared is missing on one side.
    NOT_COMPARABLE = "not_comparable", Note;
}

/// Every code, those of the core first; each name once.
pub fn all() -> impl Iterator<Item = Code> {
    core::ALL.iter().chain(OWN).copied()
}

/// The code with this name.
#[must_use]
pub fn named(name: &str) -> Option<Code> {
    all().find(|code| code.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_snake_case() {
        let mut seen = BTreeSet::new();
        for code in all() {
            assert!(seen.insert(code.name()), "{code} stands twice");
            assert!(
                code.name()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            );
            assert_eq!(named(code.name()), Some(code));
        }
    }
}
