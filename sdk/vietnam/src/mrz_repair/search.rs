//! The one reading that fulfils every check digit.

use super::fields::Class;
use super::{MrzRepairError, Read};
use alloc::vec::Vec;
use chipid_emrtd::mrz::{Layout, check_digit};
use zeroize::Zeroizing;

/// The most combinations of one field that are looked at.
const MOST_COMBINATIONS: usize = 1 << 13;
/// The most readings of one field that are carried on to the composite check digit.
const MOST_READINGS: usize = 32;

/// The characters of one field, check digit included.
type Reading = Zeroizing<Vec<u8>>;

pub(super) fn put_right(read: &Read) -> Result<Reading, MrzRepairError> {
    let mut text = Zeroizing::new(read.characters.to_vec());
    let plan = Plan::of(read);
    for (from, to, class) in &plan.uncovered {
        for place in text.get_mut(*from..*to).unwrap_or_default() {
            // Nothing proves these: at most a digit among letters becomes the letter that it looks like.
            *place = class.readings(*place).next().unwrap_or(*place);
        }
    }
    let mut fields = Vec::with_capacity(plan.fields.len());
    for field in &plan.fields {
        fields.push(readings(read, field)?);
    }
    joined(&text, &plan, &fields)
}

/// Whether every character that a check digit covers may stand where it does.
pub(super) fn is_of_its_classes(read: &Read) -> bool {
    let plan = Plan::of(read);
    plan.fields.iter().all(|field| {
        field
            .places
            .iter()
            .zip(&field.twins)
            .all(|((at, class), twin)| {
                [Some(*at), *twin]
                    .into_iter()
                    .flatten()
                    .all(|place| read.characters.get(place).is_some_and(|c| class.admits(*c)))
            })
    })
}

/// What is checked, and what is not.
struct Plan {
    fields: Vec<Field>,
    /// The spans under the composite check digit, which stands at the last of these positions.
    composite: (&'static [(usize, usize)], usize),
    uncovered: Vec<(usize, usize, Class)>,
}

/// Characters that are read together because a check digit ties them.
struct Field {
    /// Where each character stands, and what may stand there.
    places: Vec<(usize, Class)>,
    /// A second place that holds the same character.
    twins: Vec<Option<usize>>,
    kind: Kind,
}

/// How the characters of a field are held against each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The last is the check digit of the others.
    Checked,
    /// As `Checked`, and what is before it is a date `YYMMDD`.
    Date,
    /// Nothing before the composite check digit.
    Unchecked,
    /// The twelve digits of the personal number, the check digit of the last nine, two fillers, and the check digit of
    /// all, which may be a filler.
    PersonalNumber,
}

impl Plan {
    fn of(read: &Read) -> Self {
        match read.layout {
            Layout::Td1 if is_vietnamese(&read.characters) => Self::vietnamese(),
            Layout::Td1 => Self {
                fields: Vec::from([
                    numbered(read, 5, 14, (5, 25)),
                    field(30, 7, Class::DigitOrFiller, Kind::Date),
                    field(38, 7, Class::DigitOrFiller, Kind::Date),
                    field(59, 1, Class::Digit, Kind::Unchecked),
                ]),
                composite: (&[(5, 25), (30, 7), (38, 7), (48, 11)], 59),
                uncovered: Vec::from([
                    (2, 5, Class::Letter),
                    (45, 48, Class::Letter),
                    (60, 90, Class::Letter),
                ]),
            },
            Layout::Td2 => Self {
                fields: Vec::from([
                    numbered(read, 36, 45, (36, 10)),
                    field(49, 7, Class::DigitOrFiller, Kind::Date),
                    field(57, 7, Class::DigitOrFiller, Kind::Date),
                    field(71, 1, Class::Digit, Kind::Unchecked),
                ]),
                composite: (&[(36, 10), (49, 7), (57, 14)], 71),
                uncovered: Vec::from([(2, 36, Class::Letter), (46, 49, Class::Letter)]),
            },
            Layout::Td3 => {
                let personal = if read.characters.get(86) == Some(&b'<') {
                    // No check digit of its own where there is no number.
                    field(72, 15, Class::Any, Kind::Unchecked)
                } else {
                    field(72, 15, Class::Any, Kind::Checked)
                };
                Self {
                    fields: Vec::from([
                        field(44, 10, Class::Any, Kind::Checked),
                        field(57, 7, Class::DigitOrFiller, Kind::Date),
                        field(65, 7, Class::DigitOrFiller, Kind::Date),
                        personal,
                        field(87, 1, Class::Digit, Kind::Unchecked),
                    ]),
                    composite: (&[(44, 10), (57, 7), (65, 22)], 87),
                    uncovered: Vec::from([(2, 44, Class::Letter), (54, 57, Class::Letter)]),
                }
            }
        }
    }

    fn vietnamese() -> Self {
        let mut places: Vec<(usize, Class)> = (15..27).map(|at| (at, Class::Digit)).collect();
        let mut twins: Vec<Option<usize>> = Vec::from([None; 3]);
        twins.extend((5..14).map(Some));
        places.push((14, Class::Digit));
        places.extend([(27, Class::Filler), (28, Class::Filler)]);
        places.push((29, Class::DigitOrFiller));
        twins.resize(places.len(), None);
        Self {
            fields: Vec::from([
                Field {
                    places,
                    twins,
                    kind: Kind::PersonalNumber,
                },
                field(30, 7, Class::DigitOrFiller, Kind::Date),
                field(38, 7, Class::DigitOrFiller, Kind::Date),
                field(48, 11, Class::Filler, Kind::Unchecked),
                field(59, 1, Class::Digit, Kind::Unchecked),
            ]),
            composite: (&[(5, 25), (30, 7), (38, 7), (48, 11)], 59),
            uncovered: Vec::from([
                (0, 5, Class::Letter),
                (45, 48, Class::Letter),
                (60, 90, Class::Letter),
            ]),
        }
    }
}

/// The document number with its check digit. A filler in that digit's place: the number is a long one and goes on in the
/// optional data (Doc 9303-5, 4.2.2.1, note j), and nothing in it is doubted.
fn numbered(read: &Read, start: usize, digit_at: usize, long: (usize, usize)) -> Field {
    if read.characters.get(digit_at) == Some(&b'<') {
        field(long.0, long.1, Class::Any, Kind::Unchecked)
    } else {
        field(start, 10, Class::Any, Kind::Checked)
    }
}

/// `len` characters from `start`; the check digit, where there is one, is the last.
fn field(start: usize, len: usize, class: Class, kind: Kind) -> Field {
    let end = start.saturating_add(len);
    let mut places: Vec<(usize, Class)> = (start..end).map(|at| (at, class)).collect();
    if matches!(kind, Kind::Checked | Kind::Date)
        && let Some((_, class)) = places.last_mut()
    {
        *class = Class::Digit;
    }
    Field {
        twins: Vec::from_iter(core::iter::repeat_n(None, places.len())),
        places,
        kind,
    }
}

/// Whether the zone says that it is of a Vietnamese card: state or nationality, and twelve digits where its cards have
/// the personal number.
fn is_vietnamese(characters: &[u8]) -> bool {
    let says = |from: usize, to: usize| characters.get(from..to) == Some(b"VNM");
    let numbered = characters.get(15..27).is_some_and(|number| {
        number
            .iter()
            .all(|c| Class::Digit.readings(*c).next().is_some())
    });
    (says(2, 5) || says(45, 48)) && numbered
}

/// The readings of a field that its own check digit allows. What may stand is doubted only if no reading without such
/// doubt holds.
fn readings(read: &Read, field: &Field) -> Result<Vec<Reading>, MrzRepairError> {
    let as_read = options(read, field, false)?;
    let found = combinations(&as_read, field.kind)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let doubted = options(read, field, true)?;
    let found = combinations(&doubted, field.kind)?;
    if found.is_empty() {
        let position = field.places.first().map_or(0, |(at, _)| *at);
        return Err(MrzRepairError::NotProven { position });
    }
    Ok(found)
}

/// What may stand in each place of the field.
fn options(read: &Read, field: &Field, doubt: bool) -> Result<Vec<Vec<u8>>, MrzRepairError> {
    let mut all = Vec::with_capacity(field.places.len());
    for ((at, class), twin) in field.places.iter().zip(&field.twins) {
        let mut found: Vec<u8> = Vec::new();
        for place in [Some(*at), *twin].into_iter().flatten() {
            let Some(seen) = read.characters.get(place) else {
                continue;
            };
            let most = if class.admits(*seen) && !doubt {
                1
            } else {
                usize::MAX
            };
            for c in class.readings(*seen).take(most) {
                if !found.contains(&c) {
                    found.push(c);
                }
            }
        }
        if found.is_empty() {
            return Err(MrzRepairError::NotProven { position: *at });
        }
        all.push(found);
    }
    Ok(all)
}

/// Every combination that holds.
fn combinations(options: &[Vec<u8>], kind: Kind) -> Result<Vec<Reading>, MrzRepairError> {
    let count = options
        .iter()
        .try_fold(1usize, |count, place| count.checked_mul(place.len()))
        .filter(|count| *count <= MOST_COMBINATIONS)
        .ok_or(MrzRepairError::TooDamaged)?;
    let mut found: Vec<Reading> = Vec::new();
    for number in 0..count {
        let mut rest = number;
        let mut reading = Zeroizing::new(Vec::with_capacity(options.len()));
        for place in options {
            let choice = rest.checked_rem(place.len()).unwrap_or(0);
            rest = rest.checked_div(place.len()).unwrap_or(0);
            reading.extend(place.get(choice));
        }
        if !holds(&reading, kind) {
            continue;
        }
        if found.len() >= MOST_READINGS {
            return Err(MrzRepairError::TooDamaged);
        }
        found.push(reading);
    }
    Ok(found)
}

fn holds(reading: &[u8], kind: Kind) -> bool {
    match kind {
        Kind::Unchecked => true,
        Kind::Checked => reading
            .split_last()
            .is_some_and(|(digit, covered)| is_check_digit(*digit, covered)),
        Kind::Date => reading
            .split_last()
            .is_some_and(|(digit, covered)| is_date(covered) && is_check_digit(*digit, covered)),
        Kind::PersonalNumber => {
            let number = reading.get(..12).unwrap_or_default();
            let of_document = reading.get(3..12).unwrap_or_default();
            let (Some(document_digit), Some(digit)) = (reading.get(12), reading.get(15)) else {
                return false;
            };
            is_check_digit(*document_digit, of_document)
                && (*digit == b'<' || is_check_digit(*digit, number))
        }
    }
}

fn is_check_digit(digit: u8, covered: &[u8]) -> bool {
    core::str::from_utf8(covered)
        .ok()
        .and_then(check_digit)
        .is_some_and(|expected| u32::from(digit) == u32::from(expected))
}

/// `YYMMDD` with a month and a day that there are; each may be unknown, as fillers.
fn is_date(text: &[u8]) -> bool {
    let part = |from: usize| text.get(from..from.saturating_add(2)).unwrap_or_default();
    let within = |part: &[u8], most: u8| match part {
        b"<<" => true,
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            let value = (tens - b'0') * 10 + (ones - b'0');
            (1..=most).contains(&value)
        }
        _ => false,
    };
    let year = part(0);
    let known = year.iter().all(u8::is_ascii_digit) || year == b"<<";
    known && within(part(2), 12) && within(part(4), 31)
}

/// The combination of fields that the composite check digit allows: exactly one.
fn joined(text: &[u8], plan: &Plan, fields: &[Vec<Reading>]) -> Result<Reading, MrzRepairError> {
    let count = fields
        .iter()
        .try_fold(1usize, |count, field| count.checked_mul(field.len()))
        .filter(|count| *count <= MOST_COMBINATIONS)
        .ok_or(MrzRepairError::TooDamaged)?;
    let (spans, digit_at) = plan.composite;
    let mut found: Option<Reading> = None;
    for number in 0..count {
        let mut rest = number;
        let mut whole = Zeroizing::new(text.to_vec());
        for (field, readings) in plan.fields.iter().zip(fields) {
            let choice = rest.checked_rem(readings.len()).unwrap_or(0);
            rest = rest.checked_div(readings.len()).unwrap_or(0);
            let reading = readings
                .get(choice)
                .map(|r| r.as_slice())
                .unwrap_or_default();
            for (((at, _), twin), c) in field.places.iter().zip(&field.twins).zip(reading) {
                for place in [Some(*at), *twin].into_iter().flatten() {
                    if let Some(place) = whole.get_mut(place) {
                        *place = *c;
                    }
                }
            }
        }
        let mut covered = Zeroizing::new(Vec::with_capacity(64));
        for (start, len) in spans {
            covered.extend_from_slice(
                whole
                    .get(*start..start.saturating_add(*len))
                    .unwrap_or_default(),
            );
        }
        if !whole
            .get(digit_at)
            .is_some_and(|digit| is_check_digit(*digit, &covered))
        {
            continue;
        }
        if found.replace(whole).is_some() {
            return Err(MrzRepairError::Ambiguous);
        }
    }
    found.ok_or(MrzRepairError::NotProven { position: digit_at })
}
