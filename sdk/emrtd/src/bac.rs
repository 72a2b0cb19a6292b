//! Basic Access Control.
//!
//! Doc 9303-11, 4.3 (protocol) and 4.3.2 (inspection process); worked example: appendix D.3.

use crate::apdu::{Command, exchange};
use crate::card_transport::CardTransport;
use crate::crypto::cipher::CipherAlgorithm;
use crate::crypto::kdf::{KeyPurpose, derive};
use crate::crypto::mac::{MAC_LEN, same};
use crate::error::{AccessError, ChipError, Error};
use crate::secure_messaging::SecureMessaging;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// Bytes of either side's token: a cryptogram of 32 bytes and its MAC.
pub(crate) const TOKEN_LEN: usize = 40;

/// What the terminal brings of its own: a challenge and keying material.
struct TerminalRandom {
    challenge: [u8; 8],
    keying: Zeroizing<[u8; 16]>,
}

/// Opens the channel with the key seed of the document (16 bytes), telling the chip to answer with up to `expecting`
/// bytes: [`TOKEN_LEN`], or 256 where it refuses that. The application must be selected.
///
/// # Errors
/// [`AccessError::WrongKey`] where the chip refuses the cryptogram, [`AccessError::Refused`] where it does not do
/// BAC, [`ChipError::TokenMismatch`] where the chip does not know the key itself; those of the transport.
pub(crate) async fn open<T: CardTransport, R: CryptoRng + ?Sized>(
    card: &mut T,
    seed: &[u8],
    expecting: usize,
    rng: &mut R,
) -> Result<SecureMessaging, Error> {
    let mut random = TerminalRandom {
        challenge: [0; 8],
        keying: Zeroizing::new([0; 16]),
    };
    rng.fill_bytes(&mut random.challenge);
    rng.fill_bytes(&mut *random.keying);
    run(card, seed, expecting, &random).await
}

async fn run<T: CardTransport>(
    card: &mut T,
    seed: &[u8],
    expecting: usize,
    random: &TerminalRandom,
) -> Result<SecureMessaging, Error> {
    let cipher = CipherAlgorithm::Tdes;
    let encryption_key = derive(seed, cipher, KeyPurpose::Encryption);
    let mac_key = derive(seed, cipher, KeyPurpose::Authentication);
    let broken = |step| Error::Chip(ChipError::Protocol { step });

    let answer = exchange(card, &Command::new(0, 0x84, 0, 0).expecting(8)).await?;
    if !answer.status.is_ok() {
        return Err(AccessError::Refused {
            status: answer.status,
        }
        .into());
    }
    let chip_challenge: [u8; 8] = answer
        .data
        .as_slice()
        .try_into()
        .map_err(|_| ChipError::ShortAnswer { instruction: 0x84 })?;

    // S = RND.IFD ‖ RND.IC ‖ K.IFD, encrypted, with its MAC.
    let mut token = Zeroizing::new(Vec::with_capacity(40));
    token.extend_from_slice(&random.challenge);
    token.extend_from_slice(&chip_challenge);
    token.extend_from_slice(&*random.keying);
    cipher
        .cbc_encrypt(&encryption_key, &[0; 8], &mut token)
        .map_err(|_| broken("BAC: key"))?;
    let mac = cipher
        .mac(&mac_key, &token)
        .map_err(|_| broken("BAC: key"))?;
    token.extend_from_slice(&mac);

    let command = Command::new(0, 0x82, 0, 0)
        .data(&token)
        .expecting(expecting);
    let answer = exchange(card, &command).await?;
    if !answer.status.is_ok() {
        return Err(refusal(answer.status).into());
    }

    // The chip's own token: RND.IC ‖ RND.IFD ‖ K.IC, encrypted, with its MAC.
    let (cryptogram, sent) = answer
        .data
        .split_at_checked(32)
        .filter(|(_, mac)| mac.len() == MAC_LEN)
        .ok_or(ChipError::ShortAnswer { instruction: 0x82 })?;
    let expected = cipher
        .mac(&mac_key, cryptogram)
        .map_err(|_| broken("BAC: key"))?;
    if !same(sent, &expected) {
        return Err(ChipError::TokenMismatch.into());
    }
    let mut plain = Zeroizing::new(cryptogram.to_vec());
    cipher
        .cbc_decrypt(&encryption_key, &[0; 8], &mut plain)
        .map_err(|_| broken("BAC: key"))?;
    let (challenges, chip_keying) = plain.split_at_checked(16).ok_or(ChipError::TokenMismatch)?;
    if !same(challenges, &[chip_challenge, random.challenge].concat()) {
        return Err(ChipError::TokenMismatch.into());
    }

    let secret: Zeroizing<Vec<u8>> = Zeroizing::new(
        chip_keying
            .iter()
            .zip(random.keying.iter())
            .map(|(chip, own)| chip ^ own)
            .collect(),
    );
    // The counter begins with the last four bytes of either challenge.
    let counter = [&chip_challenge[4..], &random.challenge[4..]]
        .concat()
        .iter()
        .fold(0u64, |n, b| n << 8 | u64::from(*b));
    Ok(SecureMessaging::derived(&secret, cipher, counter))
}

/// 6300 and 63Cx say that the key is wrong; so do 6982 and 6988 on many chips, which check the MAC first.
/// 6985 (deviations row 5), 6A88 (row 4), 6D00 and the like say that the chip does not do BAC.
fn refusal(status: crate::error::StatusWord) -> AccessError {
    match status.0 {
        0x6300 | 0x63C0..=0x63CF | 0x6982 | 0x6988 => AccessError::WrongKey {
            tries_left: status.tries_left(),
        },
        _ => AccessError::Refused { status },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card_transport::TransportError;
    use crate::drivers::block;
    use crate::error::StatusWord;
    use alloc::collections::VecDeque;

    struct Script(VecDeque<(&'static str, &'static str)>);

    impl CardTransport for Script {
        async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
            let (expected, answer) = self.0.pop_front().ok_or(TransportError::CardRemoved)?;
            assert_eq!(hex::encode_upper(command), expected);
            Ok(hex::decode(answer).unwrap())
        }
    }

    const CHALLENGE: (&str, &str) = ("0084000008", "4608F919887022129000");
    const AUTHENTICATE: &str = "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728";
    const CHIP_TOKEN: &str =
        "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000";

    /// Doc 9303-11, appendix D.3.
    fn example(answer: &'static str) -> Result<SecureMessaging, Error> {
        let seed = hex::decode("239AB9CB282DAF66231DC5A4DF6BFBAE").unwrap();
        let random = TerminalRandom {
            challenge: 0x781723860C06C226u64.to_be_bytes(),
            keying: Zeroizing::new(0x0B795240CB7049B01C19B33E32804F0Bu128.to_be_bytes()),
        };
        let mut card = Script(VecDeque::from([CHALLENGE, (AUTHENTICATE, answer)]));
        block(run(&mut card, &seed, TOKEN_LEN, &random)).unwrap()
    }

    #[test]
    fn bac_worked_example_d3() {
        let mut channel = example(CHIP_TOKEN).unwrap();
        // The first command of D.4 proves session keys and counter.
        let command = Command::new(0, 0xA4, 2, 0x0C).data(&[1, 0x1E]);
        assert_eq!(
            hex::encode_upper(&*channel.wrap(&command).unwrap()),
            "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800"
        );
    }

    #[test]
    fn a_refused_cryptogram_is_a_wrong_key() {
        assert_eq!(
            example("6300").unwrap_err(),
            AccessError::WrongKey { tries_left: None }.into()
        );
        assert_eq!(
            example("63C4").unwrap_err(),
            AccessError::WrongKey {
                tries_left: Some(4)
            }
            .into()
        );
        assert_eq!(
            example("6985").unwrap_err(),
            AccessError::Refused {
                status: StatusWord(0x6985)
            }
            .into()
        );
    }

    #[test]
    fn a_chip_that_does_not_know_the_key_is_noticed() {
        let good = hex::decode(CHIP_TOKEN).unwrap();
        for i in 0..40 {
            let mut bad = good.clone();
            bad[i] ^= 0x10;
            let bad: &'static str = alloc::boxed::Box::leak(hex::encode(bad).into_boxed_str());
            assert_eq!(example(bad).unwrap_err(), ChipError::TokenMismatch.into());
        }
        assert_eq!(
            example("46B99000").unwrap_err(),
            ChipError::ShortAnswer { instruction: 0x82 }.into()
        );
    }
}
