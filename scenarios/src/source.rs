//! Where a scenario's files come from: a folder, the bundled library, or a transcript.

use crate::{fault::nearest, library};
use sha2::{Digest, Sha256};
use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// The scenario itself.
pub const SCENARIO: &str = "scenario.ron";
/// Its rubrics, one for each written product.
pub const RUBRICS: &str = "rubrics.ron";
/// Its reference response.
pub const MOVES: &str = "reference.moves";
/// Every file of a scenario, in canonical order.
pub const FILES: [&str; 3] = [MOVES, RUBRICS, SCENARIO];

/// Largest file, in bytes.
pub const MAX_FILE: usize = 2 * 1024 * 1024;

/// The named files of a scenario, as they were found. What could not be read is kept as such, so
/// that it can be reported beside every other fault.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    folder: Option<PathBuf>,
    files: Vec<(String, Result<String, Unreadable>)>,
}

/// Why a file has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not there.
    Missing,
    /// It is larger than [`MAX_FILE`].
    TooBig,
    /// It is a folder, a device, a pipe.
    NotAFile,
    /// It is not UTF-8 from this byte on.
    NotText(usize),
    /// The system would not give it.
    Io(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::TooBig => write!(f, "the file is larger than {} MiB", MAX_FILE / 1024 / 1024),
            Self::NotAFile => f.write_str("this is no ordinary file"),
            Self::NotText(at) => write!(f, "the file is not UTF-8 text (byte {at} is no part of a character)"),
            Self::Io(e) => write!(f, "the system did not give the file: {e}"),
        }
    }
}

/// A scenario that cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// Neither bundled nor a folder.
    #[error("no scenario `{name}`: it is neither in the library ({known}) nor a folder with a scenario.ron{hint}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
        /// `; did you mean …?` or nothing.
        hint: String,
    },
    /// A folder without `scenario.ron`.
    #[error("`{folder}` is a folder but holds no scenario.ron; `startex scenario new` makes one")]
    NoScenario {
        /// Which.
        folder: String,
    },
}

/// Finds a scenario by the name of a bundled one, by its folder, or by its `scenario.ron`.
///
/// # Errors
/// When there is neither; the message names the nearest one.
pub fn find(name_or_path: &str) -> Result<Source, FindError> {
    if let Some(source) = Source::bundled(name_or_path) {
        return Ok(source);
    }
    let path = Path::new(name_or_path);
    let folder = match path.file_name() {
        Some(file) if file == SCENARIO => path.parent().unwrap_or(Path::new("")),
        _ => path,
    };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if folder.join(SCENARIO).exists() {
        return Ok(Source::folder(folder));
    }
    if !name_or_path.is_empty() && folder.is_dir() {
        return Err(FindError::NoScenario { folder: shown(name_or_path) });
    }
    let known: Vec<&str> = library::names().collect();
    let hint = nearest(name_or_path, known.iter().copied()).map(|n| format!("; did you mean `{n}`?"));
    Err(FindError::Unknown {
        name: shown(name_or_path),
        known: if known.is_empty() { "which is empty".into() } else { known.join(", ") },
        hint: hint.unwrap_or_default(),
    })
}

/// A name somebody typed, fit for a message.
fn shown(text: &str) -> String {
    text.chars().take(120).collect::<String>().escape_debug().to_string()
}

impl Source {
    /// The files of a folder. Never fails: what cannot be read is a fault of [`check`](crate::check()).
    #[must_use]
    pub fn folder(folder: &Path) -> Self {
        let name = folder
            .canonicalize()
            .ok()
            .and_then(|p| p.file_name().map(|n| n.to_string_lossy().into_owned()))
            .unwrap_or_else(|| folder.to_string_lossy().into_owned());
        let files = FILES.iter().map(|f| ((*f).to_owned(), read(&folder.join(f)))).collect();
        Self { name, folder: Some(folder.to_owned()), files }
    }

    /// A scenario of the bundled library.
    #[must_use]
    pub fn bundled(name: &str) -> Option<Self> {
        let entry = library::LIBRARY.iter().find(|e| e.name == name)?;
        let files = [(MOVES, entry.moves), (RUBRICS, entry.rubrics), (SCENARIO, entry.scenario)];
        Some(Self::embedded(name, files.map(|(n, text)| (n.to_owned(), text.to_owned()))))
    }

    /// Files given as text, as a transcript carries them. Files of other names are ignored.
    #[must_use]
    pub fn embedded(name: &str, given: impl IntoIterator<Item = (String, String)>) -> Self {
        let given: Vec<(String, String)> = given.into_iter().collect();
        let file = |name: &str| match given.iter().find(|(n, _)| n == name) {
            Some((_, text)) if text.len() > MAX_FILE => Err(Unreadable::TooBig),
            Some((_, text)) => Ok(canonical(text)),
            None => Err(Unreadable::Missing),
        };
        let files = FILES.iter().map(|f| ((*f).to_owned(), file(f))).collect();
        Self { name: name.to_owned(), folder: None, files }
    }

    /// The name of the folder, or of the bundled scenario.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a file, or why there is none.
    ///
    /// # Errors
    /// When the file is missing or could not be read.
    pub fn text(&self, file: &str) -> Result<&str, Unreadable> {
        match self.files.iter().find(|(n, _)| n == file) {
            Some((_, Ok(text))) => Ok(text),
            Some((_, Err(why))) => Err(why.clone()),
            None => Err(Unreadable::Missing),
        }
    }

    /// The files that have text, in canonical order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(n, t)| t.as_ref().ok().map(|t| (n.as_str(), t.as_str())))
    }

    /// How a file is called in messages: with its folder where there is one.
    #[must_use]
    pub fn shown(&self, file: &str) -> String {
        match &self.folder {
            Some(folder) => folder.join(file).display().to_string(),
            None => format!("{}/{file}", self.name),
        }
    }

    /// SHA-256 over name, length and content of every file in canonical order, in hex.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in self.files() {
            for part in [name, text] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Reads at most the limit, and only from an ordinary file: a pipe would never end, nor would `/dev/zero`.
fn read(path: &Path) -> Result<String, Unreadable> {
    let io = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Io(e.to_string()),
    };
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(Unreadable::NotAFile);
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() > MAX_FILE {
        return Err(Unreadable::TooBig);
    }
    match str::from_utf8(&bytes) {
        Ok(text) => Ok(canonical(text)),
        Err(e) => Err(Unreadable::NotText(e.valid_up_to())),
    }
}

/// The same text whatever editor or checkout it went through, so that its hash is the same too.
fn canonical(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(scenario: &[u8]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(SCENARIO), scenario).unwrap();
        dir
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        let dir = folder_with(&[b'(', 0xff, 0xfe, 0]);
        assert_eq!(Source::folder(dir.path()).text(SCENARIO), Err(Unreadable::NotText(1)));
        let dir = folder_with(&vec![b'('; MAX_FILE + 1]);
        assert_eq!(Source::folder(dir.path()).text(SCENARIO), Err(Unreadable::TooBig));
        assert_eq!(Source::folder(dir.path()).text(RUBRICS), Err(Unreadable::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", dir.path().join(SCENARIO)).unwrap();
        assert_eq!(Source::folder(dir.path()).text(SCENARIO), Err(Unreadable::NotAFile));
    }

    #[test]
    fn a_scenario_is_found_by_folder_and_by_file() {
        let dir = folder_with(b"()");
        let folder = dir.path().to_str().unwrap();
        assert_eq!(find(folder).unwrap().text(SCENARIO), Ok("()"));
        assert_eq!(find(&format!("{folder}/{SCENARIO}")).unwrap().text(SCENARIO), Ok("()"));
        let empty = tempfile::tempdir().unwrap();
        assert!(matches!(find(empty.path().to_str().unwrap()), Err(FindError::NoScenario { .. })));
        assert!(matches!(find("no-such-scenario"), Err(FindError::Unknown { .. })));
    }

    #[test]
    fn line_ends_do_not_change_a_scenario() {
        let unix = folder_with(b"(\n  id: \"x\",\n)\n");
        let windows = folder_with(b"\xef\xbb\xbf(\r\n  id: \"x\",\r\n)\r\n");
        assert_eq!(Source::folder(unix.path()).hash(), Source::folder(windows.path()).hash());
    }

    #[test]
    fn the_hash_knows_which_file_holds_what() {
        let of = |files: &[(&str, &str)]| {
            Source::embedded("x", files.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned()))).hash()
        };
        let base = of(&[(SCENARIO, "ab"), (RUBRICS, "c")]);
        assert_eq!(base, of(&[(RUBRICS, "c"), (SCENARIO, "ab")]));
        assert_ne!(base, of(&[(SCENARIO, "a"), (RUBRICS, "bc")]));
        assert_ne!(base, of(&[(SCENARIO, "c"), (RUBRICS, "ab")]));
        assert_eq!(base.len(), 64);
    }
}
