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
