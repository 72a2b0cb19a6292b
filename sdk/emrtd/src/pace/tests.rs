use super::*;
use crate::card_transport::TransportError;
use crate::drivers::block;
use alloc::collections::VecDeque;
use alloc::string::String;
use der::asn1::ObjectIdentifier;

struct Script(VecDeque<(String, String)>);

impl CardTransport for Script {
    async fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, TransportError> {
        let (expected, answer) = self.0.pop_front().ok_or(TransportError::CardRemoved)?;
        assert_eq!(hex::encode_upper(command), expected);
        Ok(hex::decode(answer).unwrap())
    }
}

fn info() -> PaceInfo {
    PaceInfo {
        protocol: ObjectIdentifier::new_unwrap("0.4.0.127.0.7.2.2.4.2.2"),
        agreement: KeyAgreement::Ecdh,
        mapping: Mapping::Generic,
        cipher: CipherAlgorithm::Aes128,
        parameter_id: Some(13),
    }
}

/// Doc 9303-11, appendix G.1. The example leaves data object 84 out of MSE:Set AT; chipid always sends it.
const EXCHANGES: [(&str, &str); 5] = [
    ("0022C1A412800A04007F0007020204020283010184010D", "9000"),
    (
        "10860000027C0000",
        "7C12801095A3A016522EE98D01E76CB6B98B42C39000",
    ),
    (
        "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
        "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F5730D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000",
    ),
    (
        "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
        "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000",
    ),
    (
        "008600000C7C0A8508C2B0BD78D94BA86600",
        "7C0A86083ABB9674BCE93C089000",
    ),
];

fn run_with(answers: &[(&str, &str)]) -> Result<SecureMessaging, Error> {
    let curve = Curve::BrainpoolP256r1;
    let secret = |s| curve.secret(&hex::decode(s).unwrap()).unwrap();
    let keys = TerminalKeys {
        mapping: secret("7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"),
        agreement: secret("A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"),
    };
    let key = AccessKey::document("T22000129", "640812", "101031").unwrap();
    let mut card = Script(
        answers
            .iter()
            .map(|(c, a)| (String::from(*c), String::from(*a)))
            .collect(),
    );
    block(run(
        &mut card,
        &info(),
        curve,
        key.kind(),
        &key.pace_password(),
        &keys,
    ))
    .unwrap()
}

#[test]
fn pace_generic_mapping_worked_example_g1() {
    let mut channel = run_with(&EXCHANGES).unwrap();
    // The session keys of the example: a channel made of them protects a command in the same way.
    let key = |s| Zeroizing::new(hex::decode(s).unwrap());
    let mut expected = SecureMessaging::with_keys(
        CipherAlgorithm::Aes128,
        key("F5F0E35C0D7161EE6724EE513A0D9A7F"),
        key("FE251C7858B356B24514B3BD5F4297D1"),
        0,
    );
    let command = Command::new(0, 0xA4, 4, 0x0C).data(&[0xA0, 0, 0, 2, 0x47, 0x10, 1]);
    assert_eq!(
        *channel.wrap(&command).unwrap(),
        *expected.wrap(&command).unwrap()
    );
}

#[test]
fn password_key_of_the_example() {
    let key = AccessKey::document("T22000129", "640812", "101031").unwrap();
    let derived = derive(
        &key.pace_password(),
        CipherAlgorithm::Aes128,
        KeyPurpose::Password,
    );
    assert_eq!(
        hex::encode_upper(&*derived),
        "89DED1B26624EC1E634C1989302849DD"
    );
}

fn with_answer(step: usize, answer: &str) -> Error {
    let mut exchanges = EXCHANGES;
    exchanges[step].1 = answer;
    run_with(&exchanges).unwrap_err()
}

#[test]
fn a_wrong_token_of_the_chip_is_noticed() {
    assert_eq!(
        with_answer(4, "7C0A86083ABB9674BCE93C099000"),
        ChipError::TokenMismatch.into()
    );
    assert_eq!(
        with_answer(4, "7C009000"),
        ChipError::Protocol {
            step: "PACE: token"
        }
        .into()
    );
}

#[test]
fn a_refused_token_is_a_wrong_key_with_its_counter() {
    assert_eq!(
        with_answer(4, "6300"),
        AccessError::WrongKey { tries_left: None }.into()
    );
    assert_eq!(
        with_answer(4, "63C2"),
        AccessError::WrongKey {
            tries_left: Some(2)
        }
        .into()
    );
    assert_eq!(
        with_answer(4, "6982"),
        AccessError::WrongKey { tries_left: None }.into()
    );
}

#[test]
fn an_unknown_protocol_is_a_refusal_not_a_wrong_key() {
    assert_eq!(
        with_answer(0, "6A80"),
        AccessError::Refused {
            status: StatusWord(0x6A80)
        }
        .into()
    );
}

#[test]
fn few_tries_left_stop_before_one_is_spent() {
    assert_eq!(
        with_answer(0, "63C2"),
        AccessError::TriesNearlyExhausted { tries_left: 2 }.into()
    );
    assert!(
        run_with(&{
            let mut exchanges = EXCHANGES;
            exchanges[0].1 = "63C3";
            exchanges
        })
        .is_ok()
    );
}

#[test]
fn a_reflected_key_is_refused() {
    let reflect = |step: usize, tag: &str| {
        let own = EXCHANGES[step].0;
        let point = &own[own.len() - 2 - 130..own.len() - 2];
        with_answer(step, &std::format!("7C43{tag}41{point}9000"))
    };
    assert_eq!(reflect(2, "82"), ChipError::ReflectedKey.into());
    assert_eq!(reflect(3, "84"), ChipError::ReflectedKey.into());
}

#[test]
fn points_off_the_curve_and_odd_nonces_break_the_protocol() {
    let off = EXCHANGES[2].1.replace("D13C54", "D13C55");
    assert_eq!(
        with_answer(2, &off),
        ChipError::Protocol {
            step: "PACE: point"
        }
        .into()
    );
    for answer in ["7C0280009000", "7C0380010A9000", "9000", "7C029000"] {
        assert_eq!(
            with_answer(1, answer),
            ChipError::Protocol {
                step: "PACE: nonce"
            }
            .into()
        );
    }
}
