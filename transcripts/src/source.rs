//! The file before its content: whether it can be a transcript at all, and how SQLite may open it.

use crate::{
    entry::FORMAT,
    error::OpenError,
    limit::MAX_FILE,
    lock::{Lock, beside},
    schema::{self, APPLICATION_ID},
};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

/// Looks at a path without opening it, and resolves links. Returns the file's own path and its size.
pub(crate) fn guard(path: &Path) -> Result<(PathBuf, u64), OpenError> {
    let io = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => OpenError::Missing { path: path.to_owned() },
        _ => OpenError::Io { doing: "look at", path: path.to_owned(), source },
    };
    let real = fs::canonicalize(path).map_err(io)?;
    let meta = fs::metadata(&real).map_err(io)?;
    if meta.is_dir() {
        return Err(OpenError::NotAFile { path: real, what: "folder" });
    }
    if !meta.is_file() {
        return Err(OpenError::NotAFile { path: real, what: "device or pipe" });
    }
    if meta.len() == 0 {
        return Err(OpenError::Foreign { path: real, why: "it is empty".into() });
    }
    if meta.len() > MAX_FILE {
        return Err(too_large(&real, "the file's size in bytes", meta.len(), MAX_FILE));
    }
    let waiting = fs::metadata(beside(&real, "-wal")).map_or(0, |m| m.len());
    if waiting > MAX_FILE {
        return Err(too_large(&real, "its write-ahead file's size in bytes", waiting, MAX_FILE));
    }
    Ok((real, meta.len()))
}

pub(crate) fn too_large(path: &Path, what: &str, found: u64, limit: u64) -> OpenError {
    OpenError::Limit { path: path.to_owned(), what: what.to_owned(), found, limit }
}

/// What the first hundred bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Written through a write-ahead log: an exercise that is not sealed.
    Open,
    /// Complete in itself, as a sealed transcript is.
    Whole,
}

/// Reads the first hundred bytes. Only for a file nobody in this process has open through SQLite.
pub(crate) fn sniff(path: &Path) -> Result<Shape, OpenError> {
    let foreign = |why: &str| OpenError::Foreign { path: path.to_owned(), why: why.to_owned() };
    let io = |source| OpenError::Io { doing: "read", path: path.to_owned(), source };
    let mut head = [0_u8; 100];
    match File::open(path).map_err(io)?.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(foreign("it is shorter than any transcript"));
        }
        other => other.map_err(io)?,
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(foreign("it does not begin as an SQLite file"));
    }
    let word = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if word(68) != APPLICATION_ID {
        return Err(foreign("it is an SQLite file of another program"));
    }
    newer(path, word(60))?;
    match (head[18], head[19]) {
        (1, 1) => Ok(Shape::Whole),
        (2, 2) => Ok(Shape::Open),
        (w, r) => Err(damaged(path, format!("its header names the journal modes {w} and {r}"))),
    }
}

fn newer(path: &Path, found: u32) -> Result<(), OpenError> {
    if found > FORMAT {
        return Err(OpenError::Newer { path: path.to_owned(), found, known: FORMAT });
    }
    Ok(())
}

pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), why: why.into() }
}

/// SQLite's error while reading: damage is called damage.
pub(crate) fn sql(doing: &'static str, path: &Path) -> impl Fn(rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    move |source| {
        use rusqlite::{Error as E, ErrorCode as Code};
        let damage = match &source {
            E::SqliteFailure(e, _) => {
                matches!(e.code, Code::DatabaseCorrupt | Code::NotADatabase | Code::TooBig | Code::TypeMismatch)
            }
            E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::Utf8Error(..)
            | E::InvalidColumnType(..)
            | E::QueryReturnedNoRows => true,
            _ => false,
        };
        if damage {
            damaged(&path, format!("{source}, found while trying to {doing} it"))
        } else {
            OpenError::Sql { doing, path: path.clone(), source }
        }
    }
}

/// A transcript opened for reading only.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    /// `None` while somebody plays it: then its bytes are not looked at, only what SQLite shows.
    pub(crate) shape: Option<Shape>,
}

impl Source {
    /// Opens a file so that reading leaves no trace: nothing is written, and for a file that is complete
    /// in itself nothing beside it is made or heeded.
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let (path, _) = guard(path)?;
        let shape = if Lock::held(&path) { None } else { Some(sniff(&path)?) };
        Self::open_as(path, shape)
    }

    /// The same for a caller who knows the shape, because the lock is the caller's own.
    pub(crate) fn open_as(path: PathBuf, shape: Option<Shape>) -> Result<Self, OpenError> {
        let waiting = beside(&path, "-wal").exists();
        let immutable = match shape {
            None => false,
            // What lies beside a sealed file is none of its content, whatever it claims.
            Some(Shape::Whole) => true,
            Some(Shape::Open) => !waiting,
        };
        let conn = connect_read(&path, immutable).map_err(sql("open", &path))?;
        let source = Self { conn, path, shape };
        source.recognise()?;
        Ok(source)
    }

    fn recognise(&self) -> Result<(), OpenError> {
        let sql = sql("read", &self.path);
        if schema::application_of(&self.conn).map_err(&sql)? != APPLICATION_ID {
            let why = "it is an SQLite file of another program".into();
            return Err(OpenError::Foreign { path: self.path.clone(), why });
        }
        recognise_format(&self.conn, &self.path)
    }
}

/// Checks format and schema of an open database.
pub(crate) fn recognise_format(conn: &Connection, path: &Path) -> Result<(), OpenError> {
    let sql = sql("read", path);
    let found = schema::format_of(conn).map_err(&sql)?;
    newer(path, found)?;
    match schema::difference(conn, found).map_err(&sql)? {
        Some(why) => Err(damaged(path, why)),
        None => Ok(()),
    }
}

fn connect_read(path: &Path, immutable: bool) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(uri(path, immutable), flags)?;
    schema::harden(&conn)?;
    conn.pragma_update(None, "query_only", true)?;
    conn.busy_timeout(Duration::from_secs(2))?;
    Ok(conn)
}

/// The path as SQLite's URI, so that no character of a file name means anything.
fn uri(path: &Path, immutable: bool) -> String {
    let mut text = String::from("file:");
    let name = path.to_string_lossy();
    // `C:\x` is written `file:///C:/x`.
    if cfg!(windows) {
        text.push_str("///");
    }
    for byte in path_bytes(path, &name) {
        match byte {
            b'\\' if cfg!(windows) => text.push('/'),
            b'/' | b':' | b'.' | b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(char::from(byte)),
            other => {
                text.push('%');
                text.push_str(&crate::chain::hex(&[other]));
            }
        }
    }
    text.push_str(if immutable { "?immutable=1" } else { "?mode=ro" });
    text
}

#[cfg(unix)]
fn path_bytes(path: &Path, _: &str) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn path_bytes(_: &Path, name: &str) -> Vec<u8> {
    name.trim_start_matches(r"\\?\").as_bytes().to_vec()
}

/// A connection that writes. The caller holds the lock.
pub(crate) fn connect_write(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    schema::harden(&conn)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    Ok(conn)
}

/// Makes a rename in a folder durable.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Which file it is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity(u64, u64);

/// `None` when there is nothing at the path.
pub(crate) fn identity(path: &Path) -> Option<Identity> {
    let meta = fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(Identity(meta.dev(), meta.ino()))
    }
    // An open file cannot be removed there; that one is in its place is enough.
    #[cfg(not(unix))]
    {
        meta.is_file().then_some(Identity(0, 0))
    }
}

/// Reads, and reads again where the file became another one meanwhile (it was sealed while we looked on), or
/// where reading failed while a writer came or went. A reader holds nobody up, so it has to look twice.
pub(crate) fn steady<T>(path: &Path, once: impl Fn() -> T, failed: impl Fn(&T) -> bool) -> T {
    let state = || (identity(path), fs::canonicalize(path).is_ok_and(|real| Lock::held(&real)));
    let mut before = state();
    let mut read = once();
    for _ in 0..3 {
        let after = state();
        if after.0 == before.0 && (after.1 == before.1 || !failed(&read)) {
            break;
        }
        before = after;
        read = once();
    }
    read
}
