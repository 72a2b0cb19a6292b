use super::arithmetic::number;
use super::*;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, NonZero, Odd, Resize};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

fn element(group: Group, hex: &str) -> Element {
    group.element(&hex::decode(hex).unwrap()).unwrap()
}

/// Miller-Rabin to the first twelve primes as bases: what is composite passes with a chance below 4^-12, and these
/// numbers were fixed in 2008.
fn is_prime(number: &BoxedUint) -> bool {
    let precision = number.bits_precision();
    let one = BoxedUint::one_with_precision(precision);
    let less = number.wrapping_sub(&one);
    let twos = less.trailing_zeros_vartime();
    let odd_part = less.shr_vartime(twos).unwrap();
    let params = BoxedMontyParams::new_vartime(
        Option::<Odd<BoxedUint>>::from(Odd::new(number.clone())).unwrap(),
    );
    [2u64, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
        .into_iter()
        .all(|base| {
            let base = BoxedUint::from(base).resize(precision);
            let mut power = BoxedMontyForm::new(base, &params).pow(&odd_part);
            if power.retrieve() == one {
                return true;
            }
            for _ in 0..twos {
                if power.retrieve() == less {
                    return true;
                }
                power = power.square();
            }
            false
        })
}

#[test]
fn primes_are_prime_and_the_order_divides_and_fits_the_generator() {
    for group in Group::ALL {
        let integer = |hex| BoxedUint::from_be_slice_vartime(&number(hex));
        let numbers = group.numbers();
        let (p, q) = (integer(numbers.p), integer(numbers.q));
        assert_eq!(p.bits() as usize, group.bits());
        assert_eq!(q.bits() as usize, group.order_bits());
        // Montgomery's form wants whole words.
        let q = q.clone().resize(q.bits().next_multiple_of(64));
        assert!(is_prime(&p) && is_prime(&q));
        let order = Option::<NonZero<BoxedUint>>::from(NonZero::new(q)).unwrap();
        let one = BoxedUint::one_with_precision(p.bits_precision());
        let (_, rest) = p.wrapping_sub(&one).div_rem_vartime(&order);
        assert!(bool::from(rest.is_zero()));
        // The check of an element is g ^ q = 1.
        let g = group.generator().unwrap();
        assert_eq!(group.element(g.as_bytes()).unwrap(), g);
        assert_eq!(
            Group::from_standardized_id(group.standardized_id()),
            Some(group)
        );
    }
}

/// Doc 9303-11, appendix G.2: the mapping and the key agreement, each from both sides.
#[test]
fn key_agreements_of_the_worked_example_g2() {
    let group = Group::Modp1024Order160;
    let secret = |hex: &str| group.secret(&hex::decode(hex).unwrap()).unwrap();
    let terminal = secret("5265030F751F4AD18B08AC565FC7AC952E41618D");
    let chip = secret("66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C");
    let terminal_key = element(
        group,
        "23FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3EB71C343DB13D1DEBCE9A3666DBCFC920\
         B49174A602CB47965CAA73DC702489A44D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022D\
         CB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C",
    );
    assert_eq!(terminal.public().unwrap(), terminal_key);
    let shared = element(
        group,
        "5BABEBEF5B74E5BA94B5C063FDA15F1F1CDE94873EE0A5D3A2FCAB49F258D07F544F13CB66658C3AFEE9E727389BE3F6\
         CBBBD32128A8C21DD6EEA3CF7091CDDFB08B8D007D40318DCCA4FFBF51208790FB4BD111E5A968ED6B6F08B26CA87C41\
         0B3CE0C310CE104EABD16629AA48620C1279270CB0750C0D37C57FFFE302AE7F",
    );
    assert_eq!(chip.raise(&terminal_key).unwrap(), shared);
    assert_eq!(terminal.raise(&chip.public().unwrap()).unwrap(), shared);
    let mapped = group
        .map_generator(
            &hex::decode("FA5B7E3E49753A0DB9178B7B9BD898C8").unwrap(),
            &shared,
        )
        .unwrap();
    assert_eq!(
        hex::encode_upper(mapped.as_bytes()),
        "7C9CBFE98F9FBDDA8D143506FA7D9306F4CB17E3C71707AFF5E1C1A12370249684D64EE37AF44B8DBD9D45BF6023919C\
         BAA027AB97ACC771666C8E98FF483301BFA4872DEDE9034EDFACB70814166B7F360676829B826BEA57291B5AD69FBC84\
         EF1E779032A305803F74341793E869742D401325B37EE8565FFCDEE618342DC5"
    );
}

#[test]
fn both_sides_agree_in_every_group() {
    for group in Group::ALL {
        let (a, b) = (
            group.generate_secret(&mut rng()),
            group.generate_secret(&mut rng()),
        );
        let shared = a.raise(&b.public().unwrap()).unwrap();
        assert_eq!(shared, b.raise(&a.public().unwrap()).unwrap());
        assert_eq!(shared.as_bytes().len(), group.element_len());
        assert_eq!(group.element(shared.as_unsigned()).unwrap(), shared);
    }
}

#[test]
fn elements_outside_the_subgroup_are_refused() {
    for group in Group::ALL {
        let p = number(group.numbers().p);
        let mut last = p.clone();
        *last.last_mut().unwrap() -= 1; // p - 1 has order two
        let mut beyond = p.clone();
        *beyond.last_mut().unwrap() += 2;
        // 2 generates more than the subgroup in all three groups.
        for bad in [&[][..], &[0], &[1], &[2], &last, &p, &beyond, &[0xFF; 300]] {
            assert_eq!(group.element(bad).unwrap_err(), DhError::ElementInvalid);
        }
    }
}

#[test]
fn secrets_lie_below_the_order() {
    for group in Group::ALL {
        let order = number(group.numbers().q);
        assert_eq!(group.secret(&order).unwrap_err(), DhError::SecretInvalid);
        assert_eq!(group.secret(&[0]).unwrap_err(), DhError::SecretInvalid);
        let mut less = order.clone();
        *less.last_mut().unwrap() -= 1;
        // g ^ (q - 1) · g = 1.
        let inverse = group.secret(&less).unwrap().public().unwrap();
        assert_eq!(
            group.map_generator(&[1], &inverse).unwrap_err(),
            DhError::Identity
        );
    }
}

#[test]
fn mapping_is_multiplicative_and_takes_long_factors() {
    for group in Group::ALL {
        let offset = group.generate_secret(&mut rng()).public().unwrap();
        let once = group.map_generator(&[1], &offset).unwrap();
        assert_eq!(
            group.map_generator(&[1], &once).unwrap(),
            group.map_generator(&[2], &offset).unwrap()
        );
        assert!(group.map_generator(&[0xFF; 80], &offset).is_ok());
    }
}

#[test]
fn what_is_encoded_lies_in_the_subgroup() {
    for group in Group::ALL {
        for number in [&[2][..], &[0xA5; 20], &[0x5A; 300]] {
            let encoded = group.encode_to_group(number).unwrap();
            assert_eq!(group.element(encoded.as_bytes()).unwrap(), encoded);
        }
        let p = number(group.numbers().p);
        for number in [&[0][..], &[1], &p] {
            assert_eq!(
                group.encode_to_group(number).unwrap_err(),
                DhError::Identity
            );
        }
    }
}

#[test]
fn groups_do_not_mix() {
    let secret = Group::Modp2048Order224.generate_secret(&mut rng());
    let element = Group::Modp2048Order256.generator().unwrap();
    assert_eq!(secret.raise(&element).unwrap_err(), DhError::GroupMismatch);
    assert_eq!(
        Group::Modp2048Order224
            .map_generator(&[1], &element)
            .unwrap_err(),
        DhError::GroupMismatch
    );
}

#[test]
fn explicit_parameters_are_recognised_by_all_their_numbers() {
    use crate::tlv::{encode, encode_all};
    let integer = |bytes: &[u8]| {
        let mut signed = std::vec![0];
        signed.extend_from_slice(bytes);
        encode(0x02, if bytes[0] & 0x80 == 0 { bytes } else { &signed })
    };
    let read = |fields: &[&[u8]]| {
        let der = encode_all(0x30, fields);
        Group::from_parameters(&crate::asn1::only(&der, 0x30).unwrap()).unwrap()
    };
    for group in Group::ALL {
        let numbers = group.numbers();
        let [p, g, q] = [numbers.p, numbers.g, numbers.q].map(|n| integer(&number(n)));
        assert_eq!(read(&[&p, &g, &q]), Some(group));
        assert_eq!(read(&[&p, &g]), Some(group));
        // PKCS #3 with the length of the private value.
        assert_eq!(read(&[&p, &g, &integer(&[0, 0xA0])]), Some(group));
        let mut other = number(numbers.q);
        other[5] ^= 1;
        assert_eq!(read(&[&p, &g, &integer(&other)]), None);
        assert_eq!(read(&[&p, &integer(&[2]), &q]), None);
        assert_eq!(read(&[&g, &p, &q]), None);
    }
}

#[test]
fn no_number_in_debug() {
    let secret = Group::Modp1024Order160.generate_secret(&mut rng());
    assert_eq!(std::format!("{secret:?}"), "Secret(modp-1024-160)");
    assert_eq!(
        std::format!("{:?}", secret.public().unwrap()),
        "Element(modp-1024-160)"
    );
}
