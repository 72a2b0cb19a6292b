//! Whether an answer is signed by its service.

use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::crypto::signature::{PublicKey, SignatureAlgorithm};
use chipid_emrtd::trust::certificate::Certificate;

/// Whether `signature` signs `answer` under the key of the service's certificate (DER or PEM): ECDSA, or RSA with PKCS#1 v1.5, over SHA-256.
/// Whether that certificate is the service's is the caller's to know.
#[must_use]
pub fn is_signed_by(certificate: &[u8], answer: &[u8], signature: &[u8]) -> bool {
    let der = match pem_rfc7468::decode_vec(certificate) {
        Ok((_, der)) => der,
        Err(_) => certificate.to_vec(),
    };
    let Ok(certificate) = Certificate::from_der(&der) else {
        return false;
    };
    let Ok(key) = certificate.public_key() else {
        return false;
    };
    let hash = HashAlgorithm::Sha256;
    let algorithm = match key {
        PublicKey::Rsa(_) => SignatureAlgorithm::RsaPkcs1 { hash },
        _ => SignatureAlgorithm::Ecdsa { hash },
    };
    !key.is_weak() && key.verify(algorithm, answer, signature).holds()
}
