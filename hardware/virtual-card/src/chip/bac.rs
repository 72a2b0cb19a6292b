//! Basic Access Control, the chip's side.
//!
//! Doc 9303-11, 4.3 (protocol), 9.7.2 (document basic access keys), 9.8.6.3 (first counter).

use super::apdu::Status;
use super::secure_messaging::SecureMessaging;
use chipid_emrtd::crypto::cipher::CipherAlgorithm;
use chipid_emrtd::crypto::hash::HashAlgorithm;
use chipid_emrtd::crypto::kdf::{KeyPurpose, derive};
use chipid_emrtd::crypto::mac::same;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

const TDES: CipherAlgorithm = CipherAlgorithm::Tdes;

/// EXTERNAL AUTHENTICATE: checks the terminal's cryptogram against the challenge that the chip gave.
///
/// Gives the answer (E.IC and M.IC) and the channel that begins after it.
///
/// # Errors
/// The status word to answer with.
pub(crate) fn mutual_authenticate<R: CryptoRng + ?Sized>(
    mrz_information: &str,
    challenge: [u8; 8],
    data: &[u8],
    rng: &mut R,
) -> Result<(Vec<u8>, SecureMessaging), Status> {
    let (cryptogram, mac) = data
        .split_at_checked(32)
        .filter(|(_, mac)| mac.len() == 8)
        .ok_or(Status::WRONG_LENGTH)?;
    let seed = Zeroizing::new(HashAlgorithm::Sha1.digest(mrz_information.as_bytes()));
    let seed = seed.get(..16).ok_or(Status::FAILURE)?;
    let encryption_key = derive(seed, TDES, KeyPurpose::Encryption);
    let mac_key = derive(seed, TDES, KeyPurpose::Authentication);

    let expected = TDES
        .mac(&mac_key, cryptogram)
        .map_err(|_| Status::FAILURE)?;
    if !same(&expected, mac) {
        return Err(Status::AUTHENTICATION_FAILED);
    }
    let mut plain = Zeroizing::new(cryptogram.to_vec());
    TDES.cbc_decrypt(&encryption_key, &[0; 8], &mut plain)
        .map_err(|_| Status::FAILURE)?;
    let (terminal_nonce, rest) = plain.split_first_chunk::<8>().ok_or(Status::FAILURE)?;
    let (chip_nonce, terminal_key) = rest.split_first_chunk::<8>().ok_or(Status::FAILURE)?;
    if !same(chip_nonce, &challenge) {
        return Err(Status::AUTHENTICATION_FAILED);
    }

    let mut chip_key = Zeroizing::new([0u8; 16]);
    rng.fill_bytes(&mut *chip_key);
    let mut answer = [&challenge[..], terminal_nonce, &*chip_key].concat();
    TDES.cbc_encrypt(&encryption_key, &[0; 8], &mut answer)
        .map_err(|_| Status::FAILURE)?;
    let mac = TDES.mac(&mac_key, &answer).map_err(|_| Status::FAILURE)?;
    answer.extend(mac);

    let shared: Zeroizing<Vec<u8>> = Zeroizing::new(
        terminal_key
            .iter()
            .zip(chip_key.iter())
            .map(|(a, b)| a ^ b)
            .collect(),
    );
    let [.., a, b, c, d] = challenge;
    let [.., e, f, g, h] = *terminal_nonce;
    Ok((
        answer,
        SecureMessaging::with_counter(&shared, [a, b, c, d, e, f, g, h]),
    ))
}
