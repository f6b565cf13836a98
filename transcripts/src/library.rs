//! All the transcripts of a folder.
//!
//! Every exercise is a file of its own, and a bad one spoils nothing but itself. `index.sqlite` beside
//! them only remembers what was read last time; it can be deleted at any time.

use crate::{
    entry::Header,
    error::{FindError, LibraryError, OpenError},
    index::{Index, Seen},
    lock::Lock,
    search::{self, Hit},
    store::Store,
    summary::{self, Summary},
};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a transcript's file name ends in.
pub const EXTENSION: &str = "startex";
/// How many files of a folder are looked at.
pub const MAX_TRANSCRIPTS: usize = 50_000;

/// A folder of transcripts.
#[derive(Debug)]
pub struct Library {
    folder: PathBuf,
    index: Index,
}

/// What a library holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// The exercises, the one begun last first.
    pub exercises: Vec<Summary>,
    /// Files that are named like transcripts and cannot be read.
    pub unreadable: Vec<Unreadable>,
}

/// A file that is named like a transcript and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// Which.
    pub path: PathBuf,
    /// Why not.
    pub why: String,
}

/// Words found in an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The exercise's id.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// When it was begun, RFC 3339.
    pub started: String,
    /// Where in it.
    pub hit: Hit,
}

impl Library {
    /// Opens a library; the folder is made if it is not there. Where its index cannot be kept (a folder
    /// that may only be read), it is made anew in memory each time.
    ///
    /// # Errors
    /// When the folder cannot be made or is none.
    pub fn open(folder: &Path) -> Result<Self, LibraryError> {
        let io = |source| LibraryError::Folder { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(io)?;
        let folder = fs::canonicalize(folder).map_err(io)?;
        let index = Index::open(&folder.join("index.sqlite"))?;
        Ok(Self { folder, index })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the transcript of an exercise with this id is, or would be.
    #[must_use]
    pub fn path_of(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.{EXTENSION}"))
    }

    /// Begins the transcript of a new exercise, under the id its header names.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create(&self, header: &Header, files: &[(String, String)]) -> Result<Store, OpenError> {
        // The id is checked before it is a file name.
        if let Some(why) = crate::read::header_fault(header) {
            return Err(OpenError::Header { why });
        }
        Store::create(&self.path_of(&header.exercise), header, files)
    }

    /// What is in it. Only files that changed since the last time are read.
    ///
    /// # Errors
    /// When the folder cannot be listed; a bad file is listed as unreadable.
    pub fn list(&mut self) -> Result<Listing, LibraryError> {
        let mut listing = Listing::default();
        let mut files = self.files()?;
        files.sort();
        let known = self.index.known();
        let mut news = Vec::new();
        for path in &files {
            let Some(name) = path.file_name().map(|n| n.to_string_lossy().into_owned()) else { continue };
            let seen = Seen::of(path);
            let remembered = known.get(&name).filter(|(then, _)| seen.is_same(then)).map(|(_, what)| what.clone());
            let what = remembered.unwrap_or_else(|| {
                let what = summary::summarise(path).map_err(|e| e.to_string());
                news.push((name, seen, what.clone()));
                what
            });
            match what {
                Ok(mut summary) => {
                    summary.path.clone_from(path);
                    summary.playing = !summary.sealed && Lock::held(path);
                    listing.exercises.push(summary);
                }
                Err(why) => listing.unreadable.push(Unreadable { path: path.clone(), why }),
            }
        }
        let names = files.iter().filter_map(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned());
        self.index.remember(&news, &names.collect());
        listing.exercises.sort_by(|a, b| b.started.cmp(&a.started).then_with(|| a.id.cmp(&b.id)));
        Ok(listing)
    }

    fn files(&self) -> Result<Vec<PathBuf>, LibraryError> {
        let io = |source| LibraryError::List { path: self.folder.clone(), source };
        let mut files = Vec::new();
        for item in fs::read_dir(&self.folder).map_err(io)? {
            let path = item.map_err(io)?.path();
            if path.extension().is_some_and(|e| e == EXTENSION) {
                files.push(path);
            }
            if files.len() > MAX_TRANSCRIPTS {
                return Err(LibraryError::TooMany { path: self.folder.clone(), limit: MAX_TRANSCRIPTS });
            }
        }
        Ok(files)
    }

    /// Finds an exercise by its path, or by its id or as much of its beginning as no other has.
    ///
    /// # Errors
    /// When there is none, with the nearest; when there are several, with their names.
    pub fn find(&mut self, key: &str) -> Result<PathBuf, FindError> {
        let as_path = Path::new(key);
        if as_path.components().count() > 1 || as_path.extension().is_some_and(|e| e == EXTENSION) {
            for path in [as_path.to_owned(), self.folder.join(as_path)] {
                if path.exists() {
                    return Ok(path);
                }
            }
            return Err(OpenError::Missing { path: as_path.to_owned() }.into());
        }
        let id = key.to_ascii_lowercase();
        let listing = self.list()?;
        let fits: Vec<_> = listing.exercises.iter().filter(|e| !id.is_empty() && e.id.starts_with(&id)).collect();
        match fits[..] {
            [one] => Ok(one.path.clone()),
            [] if as_path.is_file() => Ok(as_path.to_owned()),
            [] => Err(FindError::Unknown { key: key.to_owned(), nearest: nearest(&id, &listing) }),
            _ => Err(FindError::Ambiguous { key: key.to_owned(), candidates: fits.iter().map(|e| line(e)).collect() }),
        }
    }

    /// Finds words in what was said and delivered, in all exercises, the one begun last first. Every word
    /// must occur; words in double quotes stand together; a star at a word's end stands for any ending.
    ///
    /// # Errors
    /// When the folder cannot be listed; a file that cannot be searched is passed over.
    pub fn search(&mut self, typed: &str, limit: usize) -> Result<Vec<Found>, LibraryError> {
        let mut found = Vec::new();
        for exercise in self.list()?.exercises {
            let wanted = limit.saturating_sub(found.len());
            if wanted == 0 {
                break;
            }
            let Ok(hits) = search::search(&exercise.path, typed, wanted) else { continue };
            found.extend(hits.into_iter().map(|hit| Found {
                id: exercise.id.clone(),
                path: exercise.path.clone(),
                title: exercise.title.clone(),
                started: exercise.started.clone(),
                hit,
            }));
        }
        Ok(found)
    }
}

fn line(exercise: &Summary) -> String {
    let file = exercise.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{} {} of {} in {file:?}", exercise.id, exercise.scenario, exercise.started)
}

/// The three ids most like what was typed.
fn nearest(id: &str, listing: &Listing) -> Vec<String> {
    let mut all: Vec<_> = listing
        .exercises
        .iter()
        .map(|e| {
            let start: String = e.id.chars().take(id.chars().count().max(1)).collect();
            let shared = start.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
            ((strsim::damerau_levenshtein(&start, id), std::cmp::Reverse(shared)), e)
        })
        .filter(|_| id.len() <= 64)
        .collect();
    all.sort_by_key(|(distance, _)| *distance);
    all.into_iter().take(3).map(|(_, e)| line(e)).collect()
}
