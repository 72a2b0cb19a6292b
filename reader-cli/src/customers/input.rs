//! Reading a list: CSV as spreadsheets write it, or one JSON object in each line. A bad row is a row with a trouble; the
//! others go on.

use super::columns::{Builder, Column};
use super::{Row, Trouble};
use crate::encoding::utf8;
use crate::exit::Failure;
use crate::lang;
use crate::places;
use serde_json::Value;
use std::path::Path;
use zeroize::Zeroizing;

/// No list is longer, in bytes: a longer one is given in parts.
const LARGEST: u64 = 512 << 20;

/// No row is longer, in bytes.
const LONGEST_ROW: usize = 64 * 1024;

/// Reads the whole list.
pub(crate) fn read(path: &Path) -> Result<Vec<Row>, Failure> {
    let bytes = Zeroizing::new(places::read(path, LARGEST)?);
    let text = utf8(&bytes);
    let first = text.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'{') {
        return Ok(json_lines(&text));
    }
    csv(&text).map_err(|trouble| Failure::about(path.display(), trouble, lang::GIVE_RECORDS))
}

fn csv(text: &[u8]) -> Result<Vec<Row>, lang::Text> {
    let header = header(text)?;
    let delimiter = header.delimiter;
    let columns = columns(header.head, delimiter)?;
    let mut rows = Vec::new();
    let (mut rest, mut line) = (header.body, header.line);
    while let Some(skipped) = part(rest, line, delimiter, &columns, &mut rows) {
        // A quotation mark that nobody closed swallows what follows: its line alone is lost.
        let from = rest.get(skipped..).unwrap_or_default();
        let end = next_line(from);
        let before = rest.get(..skipped + end).unwrap_or_default();
        line += count_lines(before);
        rest = rest.get(skipped + end..).unwrap_or_default();
    }
    Ok(rows)
}

/// Rows up to one that is too long; `Some`: where that one begins.
fn part(
    text: &[u8],
    line: u64,
    delimiter: u8,
    columns: &[Option<Column>],
    rows: &mut Vec<Row>,
) -> Option<usize> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let mut record = csv::ByteRecord::new();
    let (mut at, mut counted) = (line, 0);
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let position = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(position).unwrap_or(usize::MAX);
        // The reader leaves the second half of a line's end before the next row.
        let blank = text.get(start..).unwrap_or_default();
        let start = start
            + blank
                .iter()
                .take_while(|b| matches!(**b, b'\r' | b'\n'))
                .count();
        at += count_lines(text.get(counted..start).unwrap_or_default());
        counted = start;
        let length: usize = record.iter().map(<[u8]>::len).sum();
        if length > LONGEST_ROW {
            let trouble = Err(Trouble::RowTooLong);
            let id = Zeroizing::default();
            rows.push(Row {
                line: at,
                id,
                record: trouble,
            });
            return Some(start);
        }
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let mut builder = Builder::default();
        for (column, value) in columns.iter().zip(record.iter()) {
            if let Some(column) = column {
                // What is not UTF-8 becomes a sign that no name has.
                builder.put(
                    *column,
                    &Zeroizing::new(String::from_utf8_lossy(value).into_owned()),
                );
            }
        }
        // More values than columns: a delimiter within a value shifted them, and none can be believed.
        let shifted = record.len() > columns.len();
        let id = std::mem::take(&mut builder.id);
        let record = match shifted {
            true => Err(Trouble::RowUnreadable),
            false => builder.finish(),
        };
        rows.push(Row {
            line: at,
            id,
            record,
        });
    }
    None
}

/// The line of column names, and what follows it.
struct Header<'a> {
    head: &'a [u8],
    delimiter: u8,
    body: &'a [u8],
    /// The line on which the body begins.
    line: u64,
}

fn header(text: &[u8]) -> Result<Header<'_>, lang::Text> {
    let (mut text, mut line, mut told) = (text, 1, None);
    loop {
        let end = next_line(text);
        let head = text.get(..end).unwrap_or_default();
        let trimmed = head.trim_ascii();
        let rest = text.get(end..).unwrap_or_default();
        line += 1;
        if end > LONGEST_ROW || (trimmed.is_empty() && rest.is_empty()) {
            return Err(lang::NO_COLUMNS);
        }
        // Spreadsheets say in a line of its own what parts the values.
        if let [b's', b'e', b'p', b'=', delimiter] = trimmed {
            told = Some(*delimiter);
        } else if !trimmed.is_empty() {
            let count = |delimiter: &u8| head.iter().filter(|b| *b == delimiter).count();
            let most = [b',', b';', b'\t', b'|']
                .into_iter()
                .max_by_key(|d| (count(d), *d == b','));
            return Ok(Header {
                head,
                delimiter: told.or(most).unwrap_or(b','),
                body: rest,
                line,
            });
        }
        text = rest;
    }
}

fn columns(head: &[u8], delimiter: u8) -> Result<Vec<Option<Column>>, lang::Text> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(head);
    let mut record = csv::ByteRecord::new();
    if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
        return Err(lang::NO_COLUMNS);
    }
    let columns: Vec<_> = record
        .iter()
        .map(|name| Column::named(&String::from_utf8_lossy(name)))
        .collect();
    let count = |column| columns.iter().filter(|c| **c == Some(column)).count();
    if count(Column::Files) == 0 {
        return Err(lang::NO_FILES_COLUMN);
    }
    let twice = columns
        .iter()
        .flatten()
        .any(|column| *column != Column::OldNumber && count(*column) > 1);
    match twice {
        true => Err(lang::COLUMN_TWICE),
        false => Ok(columns),
    }
}

/// Behind the end of the first line.
fn next_line(text: &[u8]) -> usize {
    text.iter()
        .position(|b| *b == b'\n')
        .map_or(text.len(), |at| at + 1)
}

fn count_lines(text: &[u8]) -> u64 {
    text.iter().filter(|b| **b == b'\n').count() as u64
}

fn json_lines(text: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(text.split(|b| *b == b'\n')) {
        let text = text.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let (id, record) = if text.len() > LONGEST_ROW {
            (Zeroizing::default(), Err(Trouble::RowTooLong))
        } else {
            match serde_json::from_slice(text) {
                Ok(Value::Object(map)) => {
                    let mut builder = Builder::default();
                    for (key, value) in &map {
                        put_json(&mut builder, key, value);
                    }
                    (std::mem::take(&mut builder.id), builder.finish())
                }
                _ => (Zeroizing::default(), Err(Trouble::RowUnreadable)),
            }
        };
        rows.push(Row { line, id, record });
    }
    rows
}

fn put_json(builder: &mut Builder, key: &str, value: &Value) {
    let Some(column) = Column::named(key) else {
        return;
    };
    match value {
        Value::String(text) => builder.put(column, text),
        Value::Number(number) if number.is_u64() => builder.put(column, &number.to_string()),
        // A number that was a float lost digits, however it looks.
        Value::Number(number) => {
            let float = number.as_f64().unwrap_or_default();
            builder.put(column, &format!("{float:E}"));
        }
        Value::Array(values) if column == Column::OldNumber => {
            for value in values.iter().filter(|v| !v.is_array()) {
                put_json(builder, key, value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,number,name,birth,files\n";

    fn rows(text: &[u8]) -> Vec<Row> {
        csv(&utf8(text)).unwrap()
    }

    fn ids(rows: &[Row]) -> Vec<(u64, &str, Option<Trouble>)> {
        rows.iter()
            .map(|row| {
                (
                    row.line,
                    row.id.as_str(),
                    row.record.as_ref().err().copied(),
                )
            })
            .collect()
    }

    #[test]
    fn one_list_in_every_dress() {
        let plain = "id,number,name,birth,files\n1,001099000017,Lê Thử,15/03/1999,a\n2,,,,b\n";
        let crlf = plain.replace('\n', "\r\n");
        let semicolons = plain.replace(',', ";");
        let tabs = plain.replace(',', "\t");
        let told = format!("sep=;\r\n{}", crlf.replace(',', ";"));
        let marked = format!("\u{feff}{plain}");
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(tabs.encode_utf16().flat_map(u16::to_le_bytes));
        let mut wide_big = vec![0xFE, 0xFF];
        wide_big.extend(plain.encode_utf16().flat_map(u16::to_be_bytes));
        for text in [
            plain.as_bytes(),
            crlf.as_bytes(),
            semicolons.as_bytes(),
            tabs.as_bytes(),
            told.as_bytes(),
            marked.as_bytes(),
            &wide,
            &wide_big,
        ] {
            let rows = rows(text);
            let names: Vec<_> = rows.iter().map(|r| r.id.as_str()).collect();
            assert_eq!(names, ["1", "2"]);
            let record = rows[0].record.as_ref().ok().unwrap();
            assert_eq!(record.shown.name.as_str(), "Lê Thử");
            assert_eq!(record.files.as_str(), "a");
        }
    }

    #[test]
    fn a_bad_row_is_a_row() {
        let text = format!("{HEAD}1,,,,a\n2,x,y,z,a,more,values\n3,,,,a\n");
        assert_eq!(
            ids(&rows(text.as_bytes())),
            [
                (2, "1", None),
                (3, "2", Some(Trouble::RowUnreadable)),
                (4, "3", None)
            ]
        );
    }

    #[test]
    fn a_quotation_mark_that_nobody_closed_loses_its_own_line() {
        let many = "9,,,,a\n".repeat(20_000);
        let text = format!("{HEAD}1,,,,a\n2,\"open,,,a\n3,,,,a\n{many}");
        let rows = rows(text.as_bytes());
        assert_eq!(rows.len(), 20_003);
        assert_eq!(
            ids(&rows)[..3],
            [
                (2, "1", None),
                (3, "", Some(Trouble::RowTooLong)),
                (4, "3", None)
            ]
        );
        assert_eq!(rows[20_002].line, 20_004);
    }

    #[test]
    fn a_line_of_many_megabytes_is_one_bad_row() {
        let text = format!("{HEAD}1,,{},,a\n2,,,,b\n", "x".repeat(20 << 20));
        assert_eq!(
            ids(&rows(text.as_bytes())),
            [(2, "", Some(Trouble::RowTooLong)), (3, "2", None)]
        );
    }

    #[test]
    fn a_list_without_its_columns_is_refused() {
        for (text, trouble) in [
            ("", lang::NO_COLUMNS),
            ("\n\n", lang::NO_COLUMNS),
            ("id,name\n1,x\n", lang::NO_FILES_COLUMN),
            ("files,name,Họ tên\n", lang::COLUMN_TWICE),
        ] {
            assert_eq!(csv(text.as_bytes()).err(), Some(trouble), "{text}");
        }
        assert!(csv(b"files,old_number,CMND\n").is_ok());
    }

    #[test]
    fn lines_of_json() {
        let text = r#"{"id": "1", "name": "Lê Thử", "number": 1099000017, "files": "a", "old_numbers": ["012345678", 1]}
not json
[]
{"id": 2, "number": 1.099E9, "files": "b"}
"#;
        let rows = json_lines(text.as_bytes());
        assert_eq!(
            ids(&rows),
            [
                (1, "1", None),
                (2, "", Some(Trouble::RowUnreadable)),
                (3, "", Some(Trouble::RowUnreadable)),
                (4, "2", None)
            ]
        );
        let number = |at: usize| rows[at].record.as_ref().ok().unwrap().shown.number.clone();
        assert_eq!(*number(0), "1099000017");
        assert_eq!(*number(3), "1.099E9");
        let deep = "[".repeat(100_000);
        assert_eq!(json_lines(deep.as_bytes()).len(), 1);
    }

    #[test]
    fn bytes_that_are_no_text_do_not_stop_the_list() {
        let text = [HEAD.as_bytes(), b"1,,Nguy\xD4n,,a\n2,,,,b\n"].concat();
        let rows = rows(&text);
        let name = &rows[0].record.as_ref().ok().unwrap().shown.name;
        assert!(name.contains('\u{fffd}'));
        assert_eq!(rows.len(), 2);
    }
}
