//! Whether a transcript is what it was when it was written.

use crate::{
    chain,
    error::OpenError,
    limit::MAX_ENTRIES,
    lock::Lock,
    read::{self, Opening, SealRow, Stop},
    source::{self, Shape, Source, sql},
    stamp::{self, StampError, marker},
};
use rusqlite::Connection;
use serde::Serialize;
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// How many faults of one sort are listed.
const SHOWN: usize = 20;

/// What is right and what is wrong with a transcript file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Integrity {
    /// The file.
    pub path: PathBuf,
    /// Why it could not be looked into, or not all of it; everything not looked at is [`Chain::Unread`]
    /// and [`FileSeal::Unread`].
    pub problem: Option<String>,
    /// Its format.
    pub format: Option<u32>,
    /// The exercise's id.
    pub exercise: Option<String>,
    /// Somebody is playing it at this moment.
    pub playing: bool,
    /// The seal over the whole file.
    pub file_seal: FileSeal,
    /// What SQLite's own check of the file's structure finds wrong.
    pub structure: Vec<String>,
    /// The hash chain over header, scenario and entries.
    pub chain: Chain,
    /// Entry numbers that are missing, as first and last.
    pub gaps: Vec<(u64, u64)>,
    /// How many seals there are; each was compared with the chain.
    pub seals: u64,
}

/// The seal over the whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum FileSeal {
    /// The exercise was not sealed.
    Absent,
    /// Every byte is as it was sealed.
    Holds {
        /// The file's digest, by the rule of the seal.
        sha256: String,
    },
    /// Something was changed since.
    Broken {
        /// What gives it away.
        why: String,
    },
    /// It could not be looked at.
    Unread,
}

/// The hash chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Chain {
    /// Every entry follows from those before.
    Holds {
        /// How many there are.
        entries: u64,
        /// The newest head.
        head: String,
    },
    /// An entry does not; none from there on is proven.
    Breaks {
        /// Its number.
        at: u64,
        /// What is wrong with it.
        why: String,
    },
    /// It could not be looked at.
    Unread,
}

impl Integrity {
    /// Whether nothing is wrong. A transcript that is not sealed can hold, but proves less.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.problem.is_none()
            && self.structure.is_empty()
            && self.gaps.is_empty()
            && matches!(self.chain, Chain::Holds { .. })
            && matches!(self.file_seal, FileSeal::Holds { .. } | FileSeal::Absent)
    }

    /// Whether it is sealed and every byte is as it was sealed.
    #[must_use]
    pub fn sealed(&self) -> bool {
        matches!(self.file_seal, FileSeal::Holds { .. })
    }
}

impl fmt::Display for Integrity {
    /// One line for each thing that was checked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(problem) = &self.problem {
            writeln!(f, "problem    {problem}")?;
        }
        if let (Some(format), Some(exercise)) = (self.format, &self.exercise) {
            writeln!(f, "header     ok: exercise {exercise}, format {format}")?;
        }
        match &self.file_seal {
            FileSeal::Absent if self.playing => writeln!(f, "file seal  none: it is being played")?,
            FileSeal::Absent if self.seals > 0 => writeln!(
                f,
                "file seal  none: it was opened again after a seal, or sealing was interrupted; `startex resume` finishes it"
            )?,
            FileSeal::Absent => writeln!(f, "file seal  none: the exercise was not sealed")?,
            FileSeal::Holds { sha256 } => writeln!(f, "file seal  ok: {sha256}")?,
            FileSeal::Broken { why } => writeln!(f, "file seal  BROKEN: {why}")?,
            FileSeal::Unread => writeln!(f, "file seal  not read")?,
        }
        match &self.chain {
            Chain::Holds { entries, head } => writeln!(f, "chain      ok: {entries} entries, head {head}")?,
            Chain::Breaks { at, why } => writeln!(f, "chain      BROKEN: entry {at} {why}")?,
            Chain::Unread => writeln!(f, "chain      not read")?,
        }
        for (from, to) in &self.gaps {
            writeln!(f, "numbering  GAP: entries {from} to {to} are missing")?;
        }
        for fault in &self.structure {
            writeln!(f, "structure  BROKEN: {fault}")?;
        }
        Ok(())
    }
}

/// Checks a file: that it is a transcript, its structure, its chain, its seals, and every byte of it
/// where it is sealed. Whatever the file is, the answer is an answer and never a panic, and takes little
/// memory. Nothing is changed.
#[must_use]
pub fn check(path: &Path) -> Integrity {
    source::steady(path, || check_once(path), |found| !found.holds())
}

fn check_once(path: &Path) -> Integrity {
    let mut found = Integrity {
        path: path.to_owned(),
        problem: None,
        format: None,
        exercise: None,
        playing: false,
        file_seal: FileSeal::Unread,
        structure: Vec::new(),
        chain: Chain::Unread,
        gaps: Vec::new(),
        seals: 0,
    };
    if let Err(error) = look(path, &mut found) {
        found.problem = Some(error.to_string());
    }
    found
}

fn look(path: &Path, found: &mut Integrity) -> Result<(), OpenError> {
    let source = Source::open(path)?;
    let path = &source.path;
    found.path.clone_from(path);
    found.playing = source.shape.is_none();
    let conn = source.conn.unchecked_transaction().map_err(sql("read", path))?;
    found.structure = structure(&conn);
    let opening = read::opening(&conn, path)?;
    found.format = Some(opening.header.format);
    found.exercise = Some(opening.header.exercise.clone());
    let rows = read::seals(&conn, path)?;
    found.seals = rows.len() as u64;
    found.file_seal = file_seal(&source, &opening, &rows);
    found.gaps = gaps(&conn).map_err(sql("read the numbers of", path))?;
    found.chain = match walk(&conn, &opening, &rows) {
        Ok(chain) => chain,
        Err(Stop::Entry { n, why }) => Chain::Breaks { at: n, why },
        Err(other) => return Err(other.at(path)),
    };
    Ok(())
}

fn structure(conn: &Connection) -> Vec<String> {
    let lines = conn
        .prepare(&format!("PRAGMA integrity_check({SHOWN})"))
        .and_then(|mut s| s.query_map([], |r| r.get::<_, String>(0))?.take(SHOWN).collect::<Result<Vec<_>, _>>());
    match lines {
        Ok(lines) if lines == ["ok"] => Vec::new(),
        Ok(lines) => lines.iter().map(|line| crate::text::shown(line)).collect(),
        Err(error) => vec![error.to_string()],
    }
}

fn file_seal(source: &Source, opening: &Opening, rows: &[SealRow]) -> FileSeal {
    let broken = |why: &str| FileSeal::Broken { why: why.to_owned() };
    match source.shape {
        // Being played, or left: sealed files are never in this shape, nor is this one ever taken for one.
        None | Some(Shape::Open) => return FileSeal::Absent,
        Some(Shape::Whole) => {}
    }
    let k = rows.last().map_or(1, |row| row.k);
    let text = marker(&opening.nonce, k);
    match (rows.last(), stamp::read(&source.path, &text)) {
        (Some(row), _) if !row.is_complete(&opening.nonce) => broken("its last seal is not complete"),
        (None, Err(StampError::Marker(0))) => FileSeal::Absent,
        (None, _) => broken("there is a seal in the file, but none in its list"),
        (Some(_), Err(error)) => broken(&error.to_string()),
        (Some(row), Ok(stamp)) if !stamp.holds() || row.file != format!("{text}{}", stamp.computed) => broken(
            &format!("the file's SHA-256 is {}, sealed was {}", stamp.computed, crate::text::shown(&stamp.written)),
        ),
        (Some(_), Ok(stamp)) => FileSeal::Holds { sha256: stamp.computed },
    }
}

fn gaps(conn: &Connection) -> rusqlite::Result<Vec<(u64, u64)>> {
    let mut gaps = Vec::new();
    let mut due = 1_i64;
    let mut statement = conn.prepare("SELECT n FROM entry ORDER BY n LIMIT ?1")?;
    let mut rows = statement.query([MAX_ENTRIES + 1])?;
    while let Some(row) = rows.next()? {
        let n: i64 = row.get(0)?;
        if n > due && gaps.len() < SHOWN {
            gaps.push((due.cast_unsigned(), (n - 1).cast_unsigned()));
        }
        due = n.saturating_add(1).max(due);
    }
    Ok(gaps)
}

fn walk(conn: &Connection, opening: &Opening, rows: &[SealRow]) -> Result<Chain, Stop> {
    let mut seals = rows.iter().peekable();
    let mut compare = |n: u64, head: &chain::Head| {
        while let Some(row) = seals.next_if(|row| row.seal.last <= n) {
            if row.seal.last != n || row.seal.head != chain::hex(head) {
                return Err(Stop::Entry { n, why: format!("is not what seal {} was set on", row.k) });
            }
        }
        Ok(())
    };
    compare(0, &opening.head)?;
    let (entries, head) = read::walk(conn, opening.head, &mut |link| {
        read::parse(link.n, link.line)?;
        compare(link.n, link.head)
    })?;
    if let Some(row) = seals.next() {
        let why = format!("is missing; seal {} was set on entry {}", row.k, row.seal.last);
        return Err(Stop::Entry { n: entries + 1, why });
    }
    Ok(Chain::Holds { entries, head: chain::hex(&head) })
}

/// Whether somebody, this process included, has a transcript open for writing.
#[must_use]
pub fn is_playing(path: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|path| Lock::held(&path))
}
