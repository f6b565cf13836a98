//! Reading what a transcript file holds, checking the chain on the way.

use crate::{
    chain::{self, Head, is_hex},
    entry::{Entry, Header, Seal, Transcript},
    error::OpenError,
    limit::{MAX_ENTRIES, MAX_ENTRY, MAX_FILES, MAX_NAME, MAX_SCENARIO, MAX_SEALS, MAX_TEXT},
    source::{self, Source, damaged, sql, too_large},
    stamp, text,
};
use protocol::SimTime;
use rusqlite::Connection;
use std::path::Path;

/// What comes before the first entry.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) header: Header,
    pub(crate) nonce: String,
    pub(crate) files: Vec<(String, String)>,
    /// The chain's start, computed.
    pub(crate) head: Head,
}

/// Says what is wrong with a header, if anything is.
pub(crate) fn header_fault(header: &Header) -> Option<String> {
    if !is_hex(&header.exercise, 16) {
        return Some(format!("the exercise's id {:?} is not 16 hexadecimal digits", cut(&header.exercise)));
    }
    let texts = [
        ("scenario", header.scenario.as_str()),
        ("version", &header.version),
        ("scenario hash", &header.scenario_hash),
        ("program", &header.program),
        ("time of creation", &header.created),
    ];
    texts.into_iter().find_map(|(what, text)| text_fault(what, text))
}

/// Says what is wrong with a short text, if anything is.
pub(crate) fn text_fault(what: &str, text: &str) -> Option<String> {
    if text.len() > MAX_TEXT {
        return Some(format!("the {what} has {} bytes, over the limit of {MAX_TEXT}", text.len()));
    }
    if text::shown(text) != text {
        return Some(format!("the {what} {:?} holds control or invisible characters", cut(text)));
    }
    None
}

/// Says what is wrong with the scenario's files, if anything is.
pub(crate) fn files_fault(files: &[(String, String)]) -> Option<String> {
    if files.len() > MAX_FILES {
        return Some(format!("there are {} scenario files, over the limit of {MAX_FILES}", files.len()));
    }
    let total: usize = files.iter().map(|(_, text)| text.len()).sum();
    if total > MAX_SCENARIO {
        return Some(format!("the scenario files have {total} bytes, over the limit of {MAX_SCENARIO}"));
    }
    for (i, (name, _)) in files.iter().enumerate() {
        if name.is_empty() || name.len() > MAX_NAME || name.chars().any(char::is_control) {
            return Some(format!("a scenario file cannot be named {:?}", cut(name)));
        }
        if files[..i].iter().any(|(other, _)| other == name) {
            return Some(format!("two scenario files are named {name:?}"));
        }
    }
    None
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads and checks what comes before the first entry.
pub(crate) fn opening(conn: &Connection, path: &Path) -> Result<Opening, OpenError> {
    let sql = sql("read", path);
    let (count, total): (u64, u64) = conn
        .query_row("SELECT count(*), coalesce(sum(octet_length(text)), 0) FROM file", [], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })
        .map_err(&sql)?;
    if count > MAX_FILES as u64 {
        return Err(too_large(path, "the number of scenario files", count, MAX_FILES as u64));
    }
    if total > MAX_SCENARIO as u64 {
        return Err(too_large(path, "the scenario's size in bytes", total, MAX_SCENARIO as u64));
    }
    let (json, nonce, head): (String, String, Vec<u8>) = conn
        .query_row("SELECT json, nonce, head FROM header", [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .map_err(&sql)?;
    let files = conn
        .prepare("SELECT name, text FROM file ORDER BY k")
        .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<Vec<_>>>())
        .map_err(&sql)?;
    let computed = chain::first(&json, files.iter().map(|(n, t): &(String, String)| (n.as_str(), t.as_str())));
    if head != computed {
        return Err(damaged(path, "the header or a scenario file was changed: the chain does not begin with them"));
    }
    if json.len() > MAX_TEXT * 10 {
        return Err(too_large(path, "the header's size in bytes", json.len() as u64, MAX_TEXT as u64 * 10));
    }
    let header: Header =
        serde_json::from_str(&json).map_err(|e| damaged(path, format!("its header cannot be read: {e}")))?;
    let fault = header_fault(&header).or_else(|| files_fault(&files));
    if let Some(why) = fault {
        return Err(damaged(path, why));
    }
    if !is_hex(&nonce, 32) {
        return Err(damaged(path, "its nonce is not 32 hexadecimal digits"));
    }
    Ok(Opening { header, nonce, files, head: computed })
}

/// A row of the seals.
#[derive(Clone, Debug)]
pub(crate) struct SealRow {
    pub(crate) k: u64,
    pub(crate) seal: Seal,
    /// Marker and digits.
    pub(crate) file: String,
}

impl SealRow {
    /// Whether the whole-file seal was written, as opposed to only begun.
    pub(crate) fn is_complete(&self, nonce: &str) -> bool {
        stamp::is_complete(&self.file, &stamp::marker(nonce, self.k))
    }
}

/// The seals, oldest first.
pub(crate) fn seals(conn: &Connection, path: &Path) -> Result<Vec<SealRow>, OpenError> {
    let sql = sql("read", path);
    let count: u64 = conn.query_row("SELECT count(*) FROM seal", [], |r| r.get(0)).map_err(&sql)?;
    if count > MAX_SEALS {
        return Err(too_large(path, "the number of seals", count, MAX_SEALS));
    }
    let row = |r: &rusqlite::Row<'_>| {
        Ok(SealRow {
            k: r.get(0)?,
            seal: Seal { last: r.get(1)?, at: SimTime(r.get(2)?), head: r.get(3)?, sealed: r.get(4)? },
            file: r.get(5)?,
        })
    };
    conn.prepare("SELECT k, last, at_ms, head, sealed, file FROM seal ORDER BY k")
        .and_then(|mut s| s.query_map([], row)?.collect())
        .map_err(sql)
}

/// Why walking the entries stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// SQLite could not go on.
    Sql(rusqlite::Error),
    /// An entry does not hold.
    Entry {
        /// The number it should have.
        n: u64,
        /// What is wrong.
        why: String,
    },
    /// There are too many.
    TooMany,
}

impl Stop {
    pub(crate) fn at(self, path: &Path) -> OpenError {
        match self {
            Self::Sql(source) => sql("read", path)(source),
            Self::Entry { n, why } => damaged(path, format!("entry {n}: {why}")),
            Self::TooMany => too_large(path, "the number of entries", MAX_ENTRIES + 1, MAX_ENTRIES),
        }
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// An entry as stored, with its canonical line and the chain's head after it.
pub(crate) struct Link<'a> {
    pub(crate) n: u64,
    pub(crate) line: &'a str,
    pub(crate) head: &'a Head,
}

/// Goes through all entries in order, one in memory at a time, and checks size, number, kind and chain.
pub(crate) fn walk(
    conn: &Connection,
    start: Head,
    each: &mut dyn FnMut(&Link<'_>) -> Result<(), Stop>,
) -> Result<(u64, Head), Stop> {
    let mut statement = conn.prepare("SELECT n, at_ms, kind, body, hash FROM entry ORDER BY n")?;
    let mut rows = statement.query([])?;
    let (mut due, mut head) = (1_u64, start);
    while let Some(row) = rows.next()? {
        let stop = |why: &str| Stop::Entry { n: due, why: why.to_owned() };
        if due > MAX_ENTRIES {
            return Err(Stop::TooMany);
        }
        let number: i64 = row.get(0)?;
        if u64::try_from(number) != Ok(due) {
            return Err(stop(&format!("is missing; the next one there is numbered {number}")));
        }
        let line = stored_line(row, due)?;
        head = chain::next(&head, &line);
        if row.get_ref(4)?.as_blob().ok() != Some(head.as_slice()) {
            return Err(stop("does not continue the chain: it, or something before it, was changed"));
        }
        each(&Link { n: due, line: &line, head: &head })?;
        due += 1;
    }
    Ok((due - 1, head))
}

/// The canonical line of a row that begins with n, at_ms, kind, body.
fn stored_line(row: &rusqlite::Row<'_>, n: u64) -> Result<String, Stop> {
    let stop = |why: String| Stop::Entry { n, why };
    let at = u64::try_from(row.get::<_, i64>(1)?).map_err(|_| stop("its time is before StartEx".into()))?;
    let body = row.get_ref(3)?.as_str().map_err(|_| stop("its body is not text".into()))?;
    if body.len() > MAX_ENTRY {
        return Err(stop(format!("has {} bytes, over the limit of {MAX_ENTRY}", body.len())));
    }
    if row.get_ref(2)?.as_str().ok() != kind_of(body) {
        return Err(stop("its kind is not its body's".into()));
    }
    Ok(chain::line(n, at, body))
}

/// The kind a stored body is of.
pub(crate) fn kind_of(body: &str) -> Option<&'static str> {
    if body.starts_with("{\"Command\":") {
        Some("command")
    } else if body.starts_with("{\"Event\":") {
        Some("event")
    } else {
        None
    }
}

/// A canonical line as an entry.
pub(crate) fn parse(n: u64, line: &str) -> Result<Entry, Stop> {
    serde_json::from_str(line).map_err(|e| Stop::Entry { n, why: format!("is not an entry this program knows: {e}") })
}

/// At most `limit` entries from a number on, not checked against the chain.
pub(crate) fn slice(conn: &Connection, from: u64, limit: usize) -> Result<Vec<Entry>, Stop> {
    let mut statement =
        conn.prepare_cached("SELECT n, at_ms, kind, body FROM entry WHERE n >= ?1 ORDER BY n LIMIT ?2")?;
    let mut rows = statement.query((from.min(MAX_ENTRIES + 1), limit.min(MAX_ENTRIES as usize)))?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let n: u64 = row.get(0)?;
        entries.push(parse(n, &stored_line(row, n)?)?);
    }
    Ok(entries)
}

/// Reads a whole transcript and checks its chain; nothing is changed, nothing is left behind.
pub(crate) fn transcript(path: &Path) -> Result<Transcript, OpenError> {
    source::steady(path, || transcript_once(path), Result::is_err)
}

fn transcript_once(path: &Path) -> Result<Transcript, OpenError> {
    let source = Source::open(path)?;
    let path = &source.path;
    // One moment of a transcript that may be growing.
    let conn = source.conn.unchecked_transaction().map_err(sql("read", path))?;
    let opening = opening(&conn, path)?;
    let rows = seals(&conn, path)?;
    let mut entries = Vec::new();
    let mut sealed = rows.iter().peekable();
    while let Some(row) = sealed.next_if(|row| row.seal.last == 0) {
        if row.seal.head != chain::hex(&opening.head) {
            return Err(damaged(path, format!("seal {} is not set on its beginning", row.k)));
        }
    }
    walk(&conn, opening.head, &mut |link| {
        entries.push(parse(link.n, link.line)?);
        while let Some(row) = sealed.next_if(|row| row.seal.last == link.n) {
            if row.seal.head != chain::hex(link.head) {
                return Err(Stop::Entry { n: link.n, why: format!("is not what seal {} was set on", row.k) });
            }
        }
        Ok(())
    })
    .map_err(|stop| stop.at(path))?;
    if let Some(row) = sealed.next() {
        let why = format!("seal {} was set on entry {}, which is missing", row.k, row.seal.last);
        return Err(damaged(path, why));
    }
    let whole = source.shape == Some(source::Shape::Whole);
    let seal = rows.last().filter(|row| whole && row.is_complete(&opening.nonce)).map(|row| row.seal.clone());
    if whole && seal.is_none() && !rows.is_empty() {
        return Err(damaged(path, "its seal is not complete"));
    }
    Ok(Transcript { header: opening.header, files: opening.files.into(), entries, seal })
}

/// Hands the canonical line of every entry, without the newline, to `each`, in order and checked.
pub(crate) fn lines(path: &Path, each: &mut dyn FnMut(&str)) -> Result<(), OpenError> {
    let source = Source::open(path)?;
    let conn = source.conn.unchecked_transaction().map_err(sql("read", &source.path))?;
    let opening = opening(&conn, &source.path)?;
    walk(&conn, opening.head, &mut |link| {
        each(link.line);
        Ok(())
    })
    .map(|_| ())
    .map_err(|stop| stop.at(&source.path))
}
