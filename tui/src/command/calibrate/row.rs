//! Files of labels into rows, one object a message, whether they are JSON Lines or CSV.

use serde_json::{Map, Value};
use std::{fmt, io::Read, path::Path};

/// Largest file.
const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Longest line of JSON: a message of the longest length with every character escaped.
const MAX_LINE: usize = 512 * 1024;
/// Most messages in a file.
const MAX_ROWS: usize = 10_000;
/// Faults told at once.
const MAX_FAULTS: usize = 100;

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One message or one grade, as its file has it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) fields: Map<String, Value>,
}

/// What is wrong with the files, all of it.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: Vec<String>,
    more: usize,
}

impl Faults {
    pub(super) fn add(&mut self, place: impl fmt::Display, what: impl fmt::Display) {
        if self.told.len() < MAX_FAULTS {
            self.told.push(format!("{place}: {what}"));
        } else {
            self.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.told {
            write!(f, "\n{fault}")?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more like these; mend the first and run it again", self.more)?;
        }
        Ok(())
    }
}

/// What somebody else wrote, short and without control characters.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("\"{}{dots}\"", short.escape_debug())
}

/// Reads a file into rows.
///
/// # Errors
/// When the file cannot be opened or read.
pub(super) fn rows(path: &Path, faults: &mut Faults) -> std::io::Result<Vec<Row>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    let file = path.display().to_string();
    if bytes.len() as u64 > MAX_FILE {
        faults.add(&file, format!("has more than {} MiB; split it", MAX_FILE / 1024 / 1024));
        return Ok(Vec::new());
    }
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(e) => {
            let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|b| **b == b'\n').count() as u64 + 1;
            faults.add(Place { file, line }, "is not UTF-8; save the file as UTF-8");
            return Ok(Vec::new());
        }
    };
    Ok(read(&file, text, faults))
}

/// CSV by its name; otherwise whatever does not begin like JSON.
fn is_csv(file: &str, text: &str) -> bool {
    let ending = Path::new(file).extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "csv" => true,
        "jsonl" | "ndjson" | "json" => false,
        _ => !text.trim_start().starts_with(['{', '[']),
    }
}

pub(super) fn read(file: &str, text: &str, faults: &mut Faults) -> Vec<Row> {
    let rows = if is_csv(file, text) { csv_rows(file, text, faults) } else { json_rows(file, text, faults) };
    if rows.is_empty() && faults.is_empty() {
        faults.add(file, "has no messages; write one JSON object a line, or CSV with a line of column names");
    }
    rows
}

fn full(rows: &[Row], place: &Place, faults: &mut Faults) -> bool {
    if rows.len() >= MAX_ROWS {
        faults.add(place, format!("there are more than {MAX_ROWS} lines; split the file"));
    }
    rows.len() >= MAX_ROWS
}

fn json_rows(file: &str, text: &str, faults: &mut Faults) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let place = Place { file: file.to_owned(), line };
        if content.trim().is_empty() {
            continue;
        }
        if full(&rows, &place, faults) {
            break;
        }
        if content.len() > MAX_LINE {
            faults.add(&place, format!("the line has more than {} KiB; shorten the message", MAX_LINE / 1024));
            continue;
        }
        match serde_json::from_str(content) {
            Ok(Value::Object(fields)) => rows.push(Row { place, fields }),
            Ok(Value::Array(_)) => {
                faults.add(
                    &place,
                    "is a list; write one object {\"text\": …, \"elements\": {…}} a line, without the list",
                );
                break;
            }
            Ok(_) => faults.add(&place, "is no object; write {\"text\": …, \"elements\": {…}}"),
            Err(e) => {
                let what = e.to_string();
                let what = what.split(" at line ").next().unwrap_or_default();
                faults.add(
                    &place,
                    format!("is not JSON ({what} at column {}); write one whole object a line", e.column()),
                );
            }
        }
    }
    rows
}

fn csv_rows(file: &str, text: &str, faults: &mut Faults) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let place = |line| Place { file: file.to_owned(), line };
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(|n| n.trim().to_owned()).collect(),
        Err(e) => {
            faults.add(place(1), format!("the column names cannot be read: {e}"));
            return Vec::new();
        }
    };
    for (n, name) in names.iter().enumerate() {
        if !name.is_empty() && names.iter().take(n).any(|other| other == name) {
            faults.add(place(1), format!("the column {} is there twice; keep one", shown(name)));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let place = place(record.position().map_or(1, csv::Position::line));
                if full(&rows, &place, faults) {
                    break;
                }
                rows.push(Row { place, fields: fields(&names, &record) });
            }
            Err(e) => {
                let line = e.position().map_or(1, csv::Position::line);
                let what = match e.kind() {
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!(
                        "has {len} cells, the first line has {expected_len} columns; put quotes around cells with \
                         commas or line breaks, and double the quotes inside them"
                    ),
                    _ => format!("cannot be read: {e}"),
                };
                faults.add(place(line), what);
            }
        }
    }
    rows
}

/// A row of cells as the object it stands for: `second.element.ID` is `{"second": {"elements": {ID: …}}}`. An empty
/// cell is not there.
fn fields(names: &[String], record: &csv::StringRecord) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut second = Map::new();
    let (mut elements, mut second_elements) = (Map::new(), Map::new());
    for (name, cell) in names.iter().zip(record) {
        if cell.trim().is_empty() {
            continue;
        }
        let value = || Value::from(cell);
        if let Some(id) = name.strip_prefix("element.") {
            elements.insert(id.to_owned(), value());
        } else if let Some(id) = name.strip_prefix("second.element.") {
            second_elements.insert(id.to_owned(), value());
        } else if let Some(field) = name.strip_prefix("second.") {
            second.insert(field.to_owned(), value());
        } else {
            // `elements` and `second` are objects and no cell can hold one; as text they are told as faults.
            fields.insert(name.clone(), value());
        }
    }
    if !elements.is_empty() {
        fields.insert("elements".to_owned(), elements.into());
    }
    if !second_elements.is_empty() {
        second.insert("elements".to_owned(), second_elements.into());
    }
    if !second.is_empty() {
        fields.insert("second".to_owned(), second.into());
    }
    fields
}
