//! DG13s of every shape that the tolerant grammar knows, made from a model and read back to exactly that model.
//!
//! What varies: the order of the fields, the type of every string, the form of every length, how each number is padded,
//! the nesting of family names, the three ways of being empty, padding around texts, unknown and repeated fields, what
//! stands behind the file. The people are invented by chance.

use chipid_emrtd::time::Date;
use chipid_vietnam::dg13::{Dg13, Expiry, Field};
use chipid_vietnam::private::PrivateText;
use chipid_vietnam::sex::Sex;
use proptest::prelude::*;

/// What a field is to say.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Absent,
    Empty(Emptiness),
    Text(String),
}

/// The ways of having nothing in a field that is there.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Emptiness {
    NumberAlone,
    EmptyString,
    EmptyGroup,
    Blanks,
}

/// How a field is written.
#[derive(Clone, Debug)]
struct Form {
    string_type: u8,
    length: Length,
    /// Leading zero bytes of the number.
    number_zeros: usize,
    /// Groups around the value.
    depth: usize,
    /// Written before and behind the text.
    padding: (&'static str, &'static str),
}

#[derive(Clone, Copy, Debug)]
enum Length {
    Shortest,
    /// `81 xx`, needed or not.
    One,
    /// `82 xx xx`.
    Two,
    Three,
}

/// How father and mother stand in field 13.
#[derive(Clone, Copy, Debug)]
enum Parents {
    Siblings,
    OneGroup,
    Bare,
}

#[derive(Clone, Debug)]
struct Shape {
    said: Vec<Said>,
    forms: Vec<Form>,
    father: Said,
    mother: Said,
    parents: Parents,
    other_name: Option<String>,
    order: Vec<usize>,
    unknown: Vec<(u32, usize)>,
    repeated: Option<usize>,
    behind: Vec<u8>,
    outer: Length,
}

/// Fields of one value: 1 to 12, 14, 15, 16.
const SINGLE: [u32; 15] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16];

fn text_for(number: u32) -> BoxedStrategy<String> {
    let day = || {
        (1950u16..2060, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| format!("{d:02}/{m:02}/{y:04}"))
    };
    match number {
        1 => "[0-9]{12}".boxed(),
        3 | 11 => day().boxed(),
        4 => prop_oneof!["Nam", "Nữ"].boxed(),
        12 => prop_oneof![day(), Just("Không thời hạn".to_owned())].boxed(),
        15 => "([0-9]{9}|[0-9]{12})".boxed(),
        16 => "[0-9A-F]{16}".boxed(),
        // Long enough for lengths of 81 and 82.
        9 => "Số [0-9]{1,3} [a-zA-ZàáảãạâấầẩẫậđĐêôơư ,]{0,250}x".boxed(),
        _ => "[A-ZĐ][a-zàáảãạâấầẩẫậđêôơư]{1,12}( [A-ZĐ][a-zàáảãạâấầẩẫậđêôơư]{1,12}){0,4}".boxed(),
    }
}

fn emptiness() -> impl Strategy<Value = Emptiness> {
    prop_oneof![
        Just(Emptiness::NumberAlone),
        Just(Emptiness::EmptyString),
        Just(Emptiness::EmptyGroup),
        Just(Emptiness::Blanks),
    ]
}

fn said(number: u32) -> BoxedStrategy<Said> {
    prop_oneof![
        1 => Just(Said::Absent),
        1 => emptiness().prop_map(Said::Empty),
        4 => text_for(number).prop_map(Said::Text),
    ]
    .boxed()
}

fn form() -> impl Strategy<Value = Form> {
    (
        prop_oneof![Just(0x0C), Just(0x13), Just(0x16)],
        length(),
        0usize..3,
        0usize..4,
        prop_oneof![
            4 => Just(("", "")),
            1 => Just((" ", "\0")),
            1 => Just(("\0", "  ")),
        ],
    )
        .prop_map(|(string_type, length, number_zeros, depth, padding)| Form {
            string_type,
            length,
            number_zeros,
            depth,
            padding,
        })
}

fn length() -> impl Strategy<Value = Length> {
    prop_oneof![
        3 => Just(Length::Shortest),
        1 => Just(Length::One),
        1 => Just(Length::Two),
        1 => Just(Length::Three),
    ]
}

fn shape() -> impl Strategy<Value = Shape> {
    let all: Vec<_> = SINGLE.iter().map(|number| said(*number)).collect();
    let people = (
        said(13),
        said(13),
        prop_oneof![
            Just(Parents::Siblings),
            Just(Parents::OneGroup),
            Just(Parents::Bare)
        ],
        prop::option::of(text_for(2)),
    );
    let frame = (
        Just((0..=SINGLE.len()).collect::<Vec<_>>()).prop_shuffle(),
        prop::collection::vec((prop_oneof![Just(0u32), 17u32..70_000], 0usize..16), 0..4),
        prop::option::of(0..SINGLE.len()),
        prop::collection::vec(any::<u8>(), 0..4),
        length(),
    );
    (
        all,
        prop::collection::vec(form(), SINGLE.len() + 1),
        people,
        frame,
    )
        .prop_map(
            |(
                said,
                forms,
                (father, mother, parents, other_name),
                (order, unknown, repeated, behind, outer),
            )| Shape {
                said,
                forms,
                father,
                mother,
                parents,
                other_name,
                order,
                unknown,
                repeated,
                behind,
                outer,
            },
        )
}

fn tlv(tag: u8, value: &[u8], length: Length) -> Vec<u8> {
    let len = value.len();
    let mut out = vec![tag];
    match length {
        Length::Shortest if len < 0x80 => out.push(len as u8),
        Length::Shortest | Length::One if len < 0x100 => out.extend([0x81, len as u8]),
        Length::Three => out.extend([0x83, 0, (len >> 8) as u8, len as u8]),
        _ => out.extend([0x82, (len >> 8) as u8, len as u8]),
    }
    out.extend(value);
    out
}

impl Form {
    fn string(&self, text: &str) -> Vec<u8> {
        let text = format!("{}{text}{}", self.padding.0, self.padding.1);
        tlv(self.string_type, text.as_bytes(), self.length)
    }

    fn group(&self, values: &[u8]) -> Vec<u8> {
        tlv(0x30, values, self.length)
    }

    /// `depth` levels at most: the field's own is the first of four.
    fn nested(&self, value: Vec<u8>, most: usize) -> Vec<u8> {
        (0..self.depth.min(most)).fold(value, |value, _| self.group(&value))
    }

    fn field(&self, number: u32, values: &[u8]) -> Vec<u8> {
        let mut integer = vec![0; self.number_zeros];
        let bytes = number.to_be_bytes();
        let first = bytes.iter().position(|b| *b != 0).unwrap_or(3);
        if bytes[first] & 0x80 != 0 {
            integer.push(0);
        }
        integer.extend(&bytes[first..]);
        let number = tlv(0x02, &integer, Length::Shortest);
        self.group(&[&number[..], values].concat())
    }

    fn value(&self, said: &Said) -> Vec<u8> {
        match said {
            Said::Absent => Vec::new(),
            Said::Empty(Emptiness::NumberAlone) => Vec::new(),
            Said::Empty(Emptiness::EmptyString) => tlv(self.string_type, &[], self.length),
            Said::Empty(Emptiness::EmptyGroup) => tlv(0x30, &[], self.length),
            Said::Empty(Emptiness::Blanks) => tlv(self.string_type, b" \0", self.length),
            Said::Text(text) => self.nested(self.string(text), 3),
        }
    }
}

impl Shape {
    fn file(&self) -> Vec<u8> {
        let mut fields: Vec<Vec<u8>> = Vec::new();
        for at in &self.order {
            let form = &self.forms[*at];
            let Some(number) = SINGLE.get(*at) else {
                fields.extend(self.family(form));
                continue;
            };
            let said = &self.said[*at];
            if *said == Said::Absent {
                continue;
            }
            let mut value = form.value(said);
            if let (2, Said::Text(_), Some(other)) = (*number, said, &self.other_name) {
                value.extend(form.string(other));
            }
            fields.push(form.field(*number, &value));
        }
        // A field once more, behind the first: it counts no more.
        if let Some(at) = self.repeated
            && self.said[at] != Said::Absent
        {
            let form = &self.forms[at];
            fields.push(form.field(SINGLE[at], &form.string("later")));
        }
        for (number, at) in &self.unknown {
            let form = &self.forms[*at];
            let raw = form.field(*number, &form.string("unknown"));
            let place = at % (fields.len() + 1);
            fields.insert(place, raw);
        }
        let set = tlv(0x31, &fields.concat(), self.outer);
        let head = [
            0x02, 0x01, 0x01, 0x06, 0x06, 0x28, 0xD3, 0x16, 0x01, 0x00, 0x08,
        ];
        let body = tlv(0x30, &[&head[..], &set].concat(), self.outer);
        let mut file = tlv(0x6D, &body, self.outer);
        file.extend(&self.behind);
        file
    }

    /// Both parents keep their places, whichever of them is named.
    fn family(&self, form: &Form) -> Option<Vec<u8>> {
        if (&self.father, &self.mother) == (&Said::Absent, &Said::Absent) {
            return None;
        }
        let slot = |said: &Said, group: bool| match said {
            Said::Text(text) if group => form.group(&form.string(text)),
            Said::Text(text) => form.string(text),
            Said::Empty(Emptiness::EmptyString) => tlv(form.string_type, &[], form.length),
            _ => tlv(0x30, &[], form.length),
        };
        let both = |group| [slot(&self.father, group), slot(&self.mother, group)].concat();
        let values = match self.parents {
            Parents::Siblings => both(true),
            Parents::OneGroup => form.nested(form.group(&both(false)), 1),
            Parents::Bare => both(false),
        };
        Some(form.field(13, &values))
    }

    fn text(&self, number: u32) -> Option<&str> {
        let at = SINGLE.iter().position(|n| *n == number)?;
        match &self.said[at] {
            Said::Text(text) => Some(text),
            _ => None,
        }
    }

    fn expect<T: PartialEq + Clone>(&self, number: u32, value: impl Fn(&str) -> T) -> Field<T> {
        let at = SINGLE.iter().position(|n| *n == number).unwrap();
        match &self.said[at] {
            Said::Absent => Field::Absent,
            Said::Empty(_) => Field::Empty,
            Said::Text(text) => Field::Present(value(text)),
        }
    }

    fn expect_text(&self, number: u32) -> Field<PrivateText> {
        let at = SINGLE.iter().position(|n| *n == number).unwrap();
        let (before, behind) = self.forms[at].padding;
        self.expect(number, |text| {
            PrivateText::new(&format!("{before}{text}{behind}"))
        })
    }

    fn expect_parent(&self, said: &Said) -> Field<PrivateText> {
        let (before, behind) = self.forms[SINGLE.len()].padding;
        match (said, &self.father, &self.mother) {
            (_, Said::Absent, Said::Absent) => Field::Absent,
            (Said::Text(text), ..) => {
                Field::Present(PrivateText::new(&format!("{before}{text}{behind}")))
            }
            _ => Field::Empty,
        }
    }

    fn check(&self, read: &Dg13) {
        assert_eq!(
            read.number.present().map(|n| n.as_str()),
            self.text(1),
            "number"
        );
        assert_eq!(read.name, self.expect_text(2));
        assert_eq!(read.birth, self.expect(3, day));
        assert_eq!(
            read.sex,
            self.expect(4, |text| if text == "Nam" {
                Sex::Male
            } else {
                Sex::Female
            })
        );
        assert_eq!(read.nationality, self.expect_text(5));
        assert_eq!(read.ethnicity, self.expect_text(6));
        assert_eq!(read.religion, self.expect_text(7));
        assert_eq!(read.origin, self.expect_text(8));
        assert_eq!(read.residence, self.expect_text(9));
        assert_eq!(read.features, self.expect_text(10));
        assert_eq!(read.issue, self.expect(11, day));
        assert_eq!(
            read.expiry,
            self.expect(12, |text| match text {
                "Không thời hạn" => Expiry::NoExpiry,
                text => Expiry::On(day(text)),
            })
        );
        assert_eq!(read.father, self.expect_parent(&self.father));
        assert_eq!(read.mother, self.expect_parent(&self.mother));
        assert_eq!(read.spouse, self.expect_text(14));
        assert_eq!(read.old_number, self.expect_text(15));
        assert_eq!(read.serial, self.expect_text(16));
        let other = match (&self.other_name, self.text(2)) {
            (Some(other), Some(_)) => {
                let (before, behind) = self.forms[1].padding;
                Field::Present(PrivateText::new(&format!("{before}{other}{behind}")))
            }
            _ => Field::Absent,
        };
        assert_eq!(read.other_name, other);
    }

    /// Fields that are kept aside, each with a note of its own.
    fn kept_aside(&self) -> usize {
        let mut numbers: Vec<u32> = self.unknown.iter().map(|(number, _)| *number).collect();
        let repeated = self
            .repeated
            .is_some_and(|at| self.said[at] != Said::Absent);
        numbers.sort_unstable();
        numbers.len() + usize::from(repeated)
    }
}

fn day(text: &str) -> Date {
    let parts: Vec<u16> = text.split('/').map(|part| part.parse().unwrap()).collect();
    Date::new(parts[2], parts[1] as u8, parts[0] as u8).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn every_shape_is_read_back_to_its_model(shape in shape()) {
        let file = shape.file();
        let read = Dg13::parse(&file).unwrap();
        shape.check(&read);
        prop_assert_eq!(read.others.len(), shape.kept_aside());
        prop_assert_eq!(
            read.notes.iter().filter(|n| n.name() == "dg13_trailing_bytes").count(),
            usize::from(!shape.behind.is_empty())
        );
        // Every raw field stands where it says.
        for raw in &read.others {
            let bytes = raw.bytes.as_bytes();
            prop_assert_eq!(file.get(raw.offset..raw.offset + bytes.len()), Some(bytes));
        }
    }

    #[test]
    fn a_shape_broken_anywhere_is_an_answer(shape in shape(), at in any::<prop::sample::Index>(), byte: u8, cut: bool) {
        let mut file = shape.file();
        let at = at.index(file.len());
        if cut {
            file.truncate(at);
        } else {
            file[at] = byte;
        }
        match Dg13::parse(&file) {
            Ok(read) => prop_assert!(read.others.len() <= 64),
            Err(error) => prop_assert!(error.offset() <= file.len()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn no_byte_of_a_shape_can_be_any_other_and_panic(shape in shape()) {
        let file = shape.file();
        for at in 0..file.len() {
            for byte in 0..=255u8 {
                let mut broken = file.clone();
                broken[at] = byte;
                let _ = Dg13::parse(&broken);
            }
        }
    }
}
