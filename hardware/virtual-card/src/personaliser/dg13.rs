//! DG13 of the Vietnamese identity card, written.
//!
//! No standard: the form was read off by several projects. `6D { SEQUENCE { 1, OID 1.0.10646.1.0.8, SET { fields } } }`,
//! each field `SEQUENCE { INTEGER number, value… }`, in the order of their numbers.

use super::holder::{Holder, VietnameseDetails};
use super::profile::VietnameseForm;
use crate::der;
use chipid_emrtd::time::Date;
use chipid_emrtd::tlv;
use serde::{Deserialize, Serialize};

const UTF8_OF_ISO_10646: [u8; 6] = [0x28, 0xD3, 0x16, 0x01, 0x00, 0x08];

/// How DG13 is written where the sources differ. The default is the form that most of them show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dg13Form {
    /// Field 13.
    pub parents: ParentsNesting,
    /// How many SEQUENCEs stand around the name in field 14: one where nothing is said.
    pub spouse_depth: Option<usize>,
    /// A field with nothing in it.
    pub empties: Empties,
    /// Fields that are left out altogether.
    pub omitted: Vec<u32>,
    /// Fields that a card of 2024 has although such cards were seen without them.
    pub kept: Vec<u32>,
}

impl Dg13Form {
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How the names of the parents stand in field 13.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParentsNesting {
    /// Two SEQUENCEs, a name in each.
    #[default]
    Siblings,
    /// One SEQUENCE with both names.
    Nested,
}

/// What a field looks like that has nothing in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Empties {
    /// A SEQUENCE with the number alone: `30 03 02 01 0E`.
    #[default]
    NumberOnly,
    /// The field is not there.
    Absent,
    /// A string of no length: `0C 00`.
    EmptyText,
}

/// The whole file.
pub(crate) fn encode(
    holder: &Holder,
    details: &VietnameseDetails,
    form: VietnameseForm,
    written: &Dg13Form,
) -> Vec<u8> {
    // The 2024 card keeps some fields from readers without the authority's own key.
    let readable = |n: u32| form == VietnameseForm::Card2021 || written.kept.contains(&n);
    let field = |n, values: &[Vec<u8>]| written.field(n, values);
    let text = |n, value: &Option<String>| {
        let value = value.as_deref().filter(|_| readable(n)).map(der::utf8);
        field(n, value.as_slice())
    };
    let old_only = |n, value: &Option<String>| value.clone().filter(|_| readable(n));
    let number = holder.personal_number.as_deref().unwrap_or_default();
    let sex = if holder.sex == 'F' { "Nữ" } else { "Nam" };
    let birth = match &holder.birth_written {
        Some(birth) => birth.dg13.clone(),
        None => slashed(holder.birth),
    };
    let expiry = holder
        .expiry
        .map_or_else(|| "Không thời hạn".into(), slashed);
    let parents = written.parents(old_only(13, &details.father), old_only(13, &details.mother));
    let spouse = old_only(14, &details.spouse).map(|name| written.spouse(&name));
    let old_number = old_only(15, &details.old_number).map(|number| der::printable(&number));
    let serial = details.chip_serial.as_deref().map(der::printable);
    let fields = [
        field(1, &[der::printable(number)]),
        field(2, &[der::utf8(&details.name)]),
        field(3, &[der::printable(&birth)]),
        field(4, &[der::utf8(sex)]),
        field(5, &[der::utf8("Việt Nam")]),
        text(6, &details.ethnicity),
        text(7, &details.religion),
        field(8, details.origin.as_deref().map(der::utf8).as_slice()),
        text(9, &details.residence),
        text(10, &details.features),
        field(11, &[der::printable(&slashed(holder.issued))]),
        // UTF8String, unlike the other dates: the field may hold words.
        field(12, &[der::utf8(&expiry)]),
        field(13, &parents),
        field(14, spouse.as_slice()),
        field(15, old_number.as_slice()),
        field(16, serial.as_slice()),
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

impl Dg13Form {
    fn field(&self, number: u32, values: &[Vec<u8>]) -> Vec<u8> {
        if self.omitted.contains(&number) {
            return Vec::new();
        }
        let content = match (values, self.empties) {
            ([], Empties::Absent) => return Vec::new(),
            ([], Empties::EmptyText) => der::utf8(""),
            _ => values.concat(),
        };
        der::sequence(&[&der::integer(number), &content])
    }

    /// Father first; an empty slot for a missing parent, nothing where both are missing.
    fn parents(&self, father: Option<String>, mother: Option<String>) -> Vec<Vec<u8>> {
        if father.is_none() && mother.is_none() {
            return Vec::new();
        }
        let names = [father, mother].map(|name| name.map(|n| der::utf8(&n)));
        match self.parents {
            ParentsNesting::Siblings => names
                .map(|name| der::sequence(&[&name.unwrap_or_default()]))
                .to_vec(),
            ParentsNesting::Nested => {
                let slots = names.map(|name| name.unwrap_or_else(|| der::sequence(&[])));
                vec![der::sequence(&[&slots.concat()])]
            }
        }
    }

    fn spouse(&self, name: &str) -> Vec<u8> {
        (0..self.spouse_depth.unwrap_or(1))
            .fold(der::utf8(name), |inner, _| der::sequence(&[&inner]))
    }
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
            hex::encode_upper(encode(
                &holder,
                &details,
                VietnameseForm::Card2021,
                &Dg13Form::default()
            )),
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
            hex::encode_upper(encode(
                &holder,
                &details,
                VietnameseForm::Card2024,
                &Dg13Form::default()
            )),
            EXAMPLE_2024
        );
    }

    #[test]
    fn a_missing_father_keeps_his_place() {
        let mut form = Dg13Form::default();
        assert_eq!(
            form.parents(None, Some("M".into())),
            [vec![0x30, 0], vec![0x30, 3, 0x0C, 1, b'M']]
        );
        form.parents = ParentsNesting::Nested;
        assert_eq!(
            form.parents(None, Some("M".into())),
            [vec![0x30, 5, 0x30, 0, 0x0C, 1, b'M']]
        );
    }

    #[test]
    fn every_kind_of_empty() {
        let mut form = Dg13Form::default();
        assert_eq!(form.field(14, &[]), [0x30, 3, 2, 1, 14]);
        form.empties = Empties::EmptyText;
        assert_eq!(form.field(14, &[]), [0x30, 5, 2, 1, 14, 0x0C, 0]);
        form.empties = Empties::Absent;
        assert!(form.field(14, &[]).is_empty());
        let full = [0x30, 6, 2, 1, 14, 0x0C, 1, b'M'];
        assert_eq!(form.field(14, &[der::utf8("M")]), full);
        form.omitted = vec![14];
        assert!(form.field(14, &[der::utf8("M")]).is_empty());
    }

    #[test]
    fn a_spouse_at_every_depth() {
        let mut form = Dg13Form::default();
        assert_eq!(form.spouse("M"), [0x30, 3, 0x0C, 1, b'M']);
        form.spouse_depth = Some(0);
        assert_eq!(form.spouse("M"), [0x0C, 1, b'M']);
        form.spouse_depth = Some(2);
        assert_eq!(form.spouse("M"), [0x30, 5, 0x30, 3, 0x0C, 1, b'M']);
    }
}
