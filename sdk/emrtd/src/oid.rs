//! The object identifiers of Doc 9303-11 and BSI TR-03110-3.

use der::asn1::ObjectIdentifier;

/// Chip Authentication with ECDH: `id-CA-ECDH`, 0.4.0.127.0.7.2.2.3.2; the cipher is the next arc.
pub const CHIP_AUTHENTICATION_ECDH: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.3.2");
/// Chip Authentication with DH: `id-CA-DH`.
pub const CHIP_AUTHENTICATION_DH: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.3.1");
/// A public key for Chip Authentication over ECDH: `id-PK-ECDH`.
pub const PUBLIC_KEY_ECDH: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.1.2");
/// A public key for Chip Authentication over DH: `id-PK-DH`.
pub const PUBLIC_KEY_DH: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.1.1");
/// PACE: `id-PACE`; the next arcs are the mapping and the cipher.
pub const PACE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.4");
/// Terminal Authentication: `id-TA`.
pub const TERMINAL_AUTHENTICATION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.2");
/// Active Authentication with ECDSA: `id-icao-mrtd-security-aaProtocolObject`.
pub const ACTIVE_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.136.1.1.5");
/// An elliptic curve public key (`id-ecPublicKey`).
pub const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// A Diffie-Hellman public key with its group written out as ANSI X9.42 does (`dhpublicnumber`).
pub const DH_PUBLIC_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10046.2.1");
/// The same as PKCS #3 does (`dhKeyAgreement`).
pub const PKCS3_DH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.3.1");
/// An RSA public key (`rsaEncryption`).
pub const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `standardizedDomainParameters` (BSI TR-03110-3, A.2.1.1).
pub const STANDARDIZED_DOMAIN_PARAMETERS: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("0.4.0.127.0.7.1.2");

/// The arcs of `oid` that follow `prefix`; `None` where it does not begin with it.
#[must_use]
pub fn arcs_below(oid: &ObjectIdentifier, prefix: &ObjectIdentifier) -> Option<[u32; 2]> {
    let mut own = oid.arcs();
    for arc in prefix.arcs() {
        if own.next() != Some(arc) {
            return None;
        }
    }
    Some([own.next().unwrap_or(0), own.next().unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_below_a_prefix() {
        let oid = ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.4.2.4");
        assert_eq!(arcs_below(&oid, &PACE), Some([2, 4]));
        assert_eq!(arcs_below(&oid, &TERMINAL_AUTHENTICATION), None);
        assert_eq!(arcs_below(&PACE, &PACE), Some([0, 0]));
    }
}
