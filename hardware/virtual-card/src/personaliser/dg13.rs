//! DG13 of the Vietnamese identity card, written.
//!
//! No standard: the form was read off by several projects. `6D { SEQUENCE { 1, OID 1.0.10646.1.0.8, SET { fields } } }`,
//! each field `SEQUENCE { INTEGER number, value… }`, in the order of their numbers.

use super::holder::{Holder, VietnameseDetails};
use super::profile::VietnameseForm;
use crate::der;
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv;

const UTF8_OF_ISO_10646: [u8; 6] = [0x28, 0xD3, 0x16, 0x01, 0x00, 0x08];

/// The whole file.
pub(crate) fn encode(
    holder: &Holder,
    details: &VietnameseDetails,
    form: VietnameseForm,
) -> Vec<u8> {
    let old = form == VietnameseForm::Card2021;
    // The 2024 card keeps these from readers without the authority's own key.
    let only_old = |value: &Option<String>| value.clone().filter(|_| old);
    let number = holder.personal_number.as_deref().unwrap_or_default();
    let sex = if holder.sex == 'F' { "Nữ" } else { "Nam" };
    let expiry = holder
        .expiry
        .map_or_else(|| "Không thời hạn".into(), slashed);
    let fields = [
        field(1, &[der::printable(number)]),
        field(2, &[der::utf8(&details.name)]),
        field(3, &[der::printable(&slashed(holder.birth))]),
        field(4, &[der::utf8(sex)]),
        field(5, &[der::utf8("Việt Nam")]),
        field(6, &optional(only_old(&details.ethnicity))),
        field(7, &optional(only_old(&details.religion))),
        field(8, &optional(details.origin.clone())),
        field(9, &optional(only_old(&details.residence))),
        field(10, &optional(only_old(&details.features))),
        field(11, &[der::printable(&slashed(holder.issued))]),
        // UTF8String, unlike the other dates: the field may hold words.
        field(12, &[der::utf8(&expiry)]),
        field(
            13,
            &parents(only_old(&details.father), only_old(&details.mother)),
        ),
        field(
            14,
            &only_old(&details.spouse)
                .map(|name| vec![der::sequence(&[&der::utf8(&name)])])
                .unwrap_or_default(),
        ),
        field(
            15,
            &only_old(&details.old_number)
                .map(|number| vec![der::printable(&number)])
                .unwrap_or_default(),
        ),
        field(
            16,
            &details
                .chip_serial
                .as_ref()
                .map(|serial| vec![der::printable(serial)])
                .unwrap_or_default(),
        ),
    ];
    tlv::encode(
        0x6D,
        &der::sequence(&[
            &der::integer(1),
            &der::oid(&UTF8_OF_ISO_10646),
            // In the order of their numbers, which is not that of a DER SET OF.
            &tlv::encode(0x31, &fields.concat()),
        ]),
    )
}

fn field(number: u32, values: &[Vec<u8>]) -> Vec<u8> {
    der::sequence(&[&der::integer(number), &values.concat()])
}

fn optional(value: Option<String>) -> Vec<Vec<u8>> {
    value.map(|text| der::utf8(&text)).into_iter().collect()
}

/// Two siblings, father first; an empty one for a missing parent, nothing where both are missing.
fn parents(father: Option<String>, mother: Option<String>) -> Vec<Vec<u8>> {
    if father.is_none() && mother.is_none() {
        return Vec::new();
    }
    [father, mother]
        .into_iter()
        .map(|name| der::sequence(&[&name.map(|n| der::utf8(&n)).unwrap_or_default()]))
        .collect()
}

fn slashed(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profile;
    use super::*;

    const EXAMPLE_2021: &str = "6D82017630820172020101060628D316010008318201633011020101130C30303130393930303030313730170201020C124CC3AA205468E1BBAD204E676869E1BB876D300F020103130A31352F30332F3139393930080201040C034E616D300F0201050C0A5669E1BB8774204E616D30090201060C044B696E68300B0201070C064B68C3B46E6730280201080C2358C3A3204DE1BAAB752C20487579E1BB876E204DE1BAAB752C2048C3A0204EE1BB996930220201090C1D53E1BB912031205068E1BB91204DE1BAAB752C2048C3A0204EE1BB9969302B02010A0C264EE1BB9174207275E1BB936920433A31636D2064C6B0E1BB9B69206DE1BAAF74207472C3A169300F02010B130A31302F30352F32303231300F02010C0C0A31352F30332F32303234302802010D300E0C0C4CC3AA2056C4836E2043686130130C115472E1BAA76E205468E1BB8B204DE1BAB9300302010E300E02010F13093031323334353637383015020110131030323934303030303030303030303030";
    const EXAMPLE_2024: &str = "6D81E03081DD020101060628D3160100083181CF3011020101130C30303130393930303030313730170201020C124CC3AA205468E1BBAD204E676869E1BB876D300F020103130A31352F30332F3139393930080201040C034E616D300F0201050C0A5669E1BB8774204E616D3003020106300302010730190201080C1458C3A3204DE1BAAB752C2048C3A0204EE1BB99693003020109300302010A300F02010B130A31352F30372F32303234300F02010C0C0A31352F30332F32303339300302010D300302010E300302010F3015020110131030323934303030303030303030303030";

    fn holder() -> Holder {
        let mut holder = Profile::builtin("vn-2021").unwrap().holder;
        holder.personal_number = Some("001099000017".into());
        holder.birth = Date::new(1999, 3, 15).unwrap();
        holder.issued = Date::new(2021, 5, 10).unwrap();
        holder.expiry = Date::new(2024, 3, 15);
        holder
    }

    #[test]
    fn the_2021_card_byte_for_byte() {
        let holder = holder();
        let details = holder.details.clone().unwrap();
        assert_eq!(
            hex::encode_upper(encode(&holder, &details, VietnameseForm::Card2021)),
            EXAMPLE_2021
        );
    }

    #[test]
    fn the_2024_card_byte_for_byte() {
        let mut holder = holder();
        holder.issued = Date::new(2024, 7, 15).unwrap();
        holder.expiry = Date::new(2039, 3, 15);
        let mut details = holder.details.clone().unwrap();
        details.origin = Some("Xã Mẫu, Hà Nội".into());
        assert_eq!(
            hex::encode_upper(encode(&holder, &details, VietnameseForm::Card2024)),
            EXAMPLE_2024
        );
    }

    #[test]
    fn a_missing_father_keeps_his_place() {
        assert_eq!(
            parents(None, Some("M".into())),
            [vec![0x30, 0], vec![0x30, 3, 0x0C, 1, b'M']]
        );
    }
}
