use super::*;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;

fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

#[test]
fn generators_lie_on_their_curves() {
    for curve in Curve::ALL {
        let g = curve.generator();
        assert_eq!(g.as_sec1().len(), 1 + 2 * curve.field_len());
        assert_eq!(curve.point(g.as_sec1()).unwrap(), g);
        assert_eq!(Curve::from_oid(&curve.oid()), Some(curve));
        assert_eq!(
            Curve::from_standardized_id(curve.standardized_id()),
            Some(curve)
        );
    }
}

#[test]
fn both_sides_agree_on_every_curve() {
    for curve in Curve::ALL {
        let (a, b) = (
            curve.generate_secret(&mut rng()),
            curve.generate_secret(&mut rng()),
        );
        let shared = a.multiply(&b.public().unwrap()).unwrap();
        assert_eq!(shared, b.multiply(&a.public().unwrap()).unwrap());
        assert_eq!(shared.x().len(), curve.field_len());
    }
}

#[test]
fn the_order_times_g_is_refused() {
    // n - 1 is a secret, n is not: (n - 1) · G = -G has G's x.
    let n = hex::decode("d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f").unwrap();
    let curve = Curve::BrainpoolP224r1;
    assert_eq!(curve.secret(&n).unwrap_err(), EcError::SecretInvalid);
    let mut less = n.clone();
    *less.last_mut().unwrap() -= 1;
    let minus_g = curve.secret(&less).unwrap().public().unwrap();
    assert_eq!(minus_g.x(), curve.generator().x());
    assert_ne!(minus_g, curve.generator());
    // 1 · G + (-G) is the point at infinity.
    assert_eq!(
        curve.map_generator(&[1], &minus_g).unwrap_err(),
        EcError::PointAtInfinity
    );
}

#[test]
fn points_off_the_curve_are_refused() {
    for curve in Curve::ALL {
        let mut bytes = curve.generator().as_sec1().to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        assert_eq!(curve.point(&bytes).unwrap_err(), EcError::PointInvalid);
        for bad in [&[][..], &[0], &[4], &bytes[..bytes.len() - 1]] {
            assert_eq!(curve.point(bad).unwrap_err(), EcError::PointInvalid);
        }
    }
}

#[test]
fn mapping_is_linear() {
    for curve in Curve::ALL {
        let offset = curve.generate_secret(&mut rng()).public().unwrap();
        // (2 · G + H) computed as a mapping equals G + (G + H).
        let once = curve.map_generator(&[1], &offset).unwrap();
        assert_eq!(
            curve.map_generator(&[1], &once).unwrap(),
            curve.map_generator(&[2], &offset).unwrap()
        );
        // A factor longer than the order is reduced, not refused.
        assert!(curve.map_generator(&[0xFF; 80], &offset).is_ok());
    }
}

/// Doc 9303-11, appendix H.1: the point that Rp(s, t) is encoded as.
#[test]
fn point_encoding_of_the_worked_example_h1() {
    let number = "A2F8FF2DF50E52C6599F386ADCB595D229F6A167ADE2BE5F2C3296ADD5B7430E";
    let point = Curve::BrainpoolP256r1
        .encode_to_group(&hex::decode(number).unwrap())
        .unwrap();
    assert_eq!(
        hex::encode_upper(point.as_sec1()),
        "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427\
         4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD"
    );
}

#[test]
fn numbers_are_encoded_as_points_on_every_curve_but_one() {
    for curve in Curve::ALL {
        let mut number = alloc::vec![0x5A; curve.field_len() + 8];
        for last in 0..16 {
            *number.last_mut().unwrap() = last;
            let encoded = curve.encode_to_group(&number);
            if curve == Curve::P224 {
                assert_eq!(encoded.unwrap_err(), EcError::NoEncoding);
            } else {
                assert_eq!(curve.point(encoded.as_ref().unwrap().as_sec1()), encoded);
            }
        }
        if curve != Curve::P224 {
            for number in [0, 1] {
                assert_eq!(
                    curve.encode_to_group(&[number]).unwrap_err(),
                    EcError::PointAtInfinity
                );
            }
        }
    }
}

#[test]
fn signatures_verify_and_any_change_breaks_them() {
    for curve in Curve::ALL {
        let secret = curve.generate_secret(&mut rng());
        let key = secret.public().unwrap();
        for len in [20, 28, 32, 48, 64] {
            let digest = alloc::vec![0xA5; len];
            let signature = curve.ecdsa_sign(&secret, &digest, &mut rng()).unwrap();
            let (r, s) = signature.split_at(curve.field_len());
            assert!(curve.ecdsa_verify(key.as_sec1(), &digest, r, s));
            let mut padded = alloc::vec![0, 0];
            padded.extend_from_slice(r);
            assert!(curve.ecdsa_verify(key.as_sec1(), &digest, &padded, s));
            let mut wrong = digest.clone();
            wrong[0] ^= 0x80;
            assert!(!curve.ecdsa_verify(key.as_sec1(), &wrong, r, s));
            assert!(!curve.ecdsa_verify(key.as_sec1(), &digest, s, r));
            assert!(!curve.ecdsa_verify(key.as_sec1(), &digest, &[], s));
            assert!(!curve.ecdsa_verify(key.as_sec1(), &digest, r, &[0]));
        }
    }
}
