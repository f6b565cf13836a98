//! The seal over the whole file.
//!
//! A sealed file holds, exactly once, the text `startex-seal:NONCE:K:` and 64 hexadecimal digits, in the
//! column `file` of the newest row (number K) of table `seal`; NONCE is 32 digits from the header,
//! random and shown to nobody who plays. The digits are the SHA-256 of all bytes of the file with these
//! 64 characters as zeros. So a change of any byte, free space and SQLite's own header included, shows.

use crate::chain::{hex, is_hex};
use sha2::{Digest, Sha256};
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// The digits before they are known.
pub(crate) const BLANK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The text before the digits.
pub(crate) fn marker(nonce: &str, k: u64) -> String {
    format!("startex-seal:{nonce}:{k}:")
}

/// What a file says of itself and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Where the digits begin.
    at: u64,
    /// The digits in the file; as they are, even if they are none.
    pub(crate) written: String,
    /// What they should be.
    pub(crate) computed: String,
}

impl Stamp {
    pub(crate) fn holds(&self) -> bool {
        self.written == self.computed
    }
}

/// Why there is no stamp to read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StampError {
    /// The file could not be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// No marker, or two.
    #[error("the seal's marker occurs {0} times in the file, not once")]
    Marker(usize),
    /// What should be written over is not blank.
    #[error("the place of the seal is not blank")]
    NotBlank,
}

/// Reads a file's stamp.
pub(crate) fn read(path: &Path, marker: &str) -> Result<Stamp, StampError> {
    let mut file = File::open(path)?;
    let places = places(&mut file, marker.as_bytes())?;
    let [place] = places[..] else { return Err(StampError::Marker(places.len())) };
    let at = place + marker.len() as u64;
    let (written, computed) = digest(&mut file, at)?;
    Ok(Stamp { at, written, computed })
}

/// Writes the digits into a file that has blanks there, durably, and reads them back.
pub(crate) fn write(path: &Path, marker: &str) -> Result<Stamp, StampError> {
    let blank = read(path, marker)?;
    if blank.written != BLANK {
        return Err(StampError::NotBlank);
    }
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(blank.at))?;
    file.write_all(blank.computed.as_bytes())?;
    file.sync_all()?;
    read(path, marker)
}

/// Whether a text is a complete stamp under a marker.
pub(crate) fn is_complete(text: &str, marker: &str) -> bool {
    text.strip_prefix(marker).is_some_and(|digits| is_hex(digits, 64) && digits != BLANK)
}

const CHUNK: usize = 64 * 1024;

/// Where a text occurs in a file; at most two places.
pub(crate) fn places(file: &mut File, text: &[u8]) -> io::Result<Vec<u64>> {
    file.seek(SeekFrom::Start(0))?;
    let skip = skips(text);
    let mut found = Vec::new();
    let mut window: Vec<u8> = Vec::with_capacity(CHUNK + text.len());
    let mut start = 0_u64;
    loop {
        let read = Read::take(&mut *file, CHUNK as u64).read_to_end(&mut window)?;
        let mut i = 0;
        while let Some(part) = window.get(i..i + text.len()) {
            if part == text {
                found.push(start + i as u64);
                if found.len() == 2 {
                    return Ok(found);
                }
            }
            i += part.last().map_or(1, |&b| skip[usize::from(b)]);
        }
        if read == 0 {
            return Ok(found);
        }
        // What is left could begin an occurrence that goes on in the next chunk.
        let keep = i.min(window.len());
        window.drain(..keep);
        start += keep as u64;
    }
}

/// Horspool's table: how far to go on when the window ends in a byte.
fn skips(text: &[u8]) -> [usize; 256] {
    let mut skip = [text.len().max(1); 256];
    for (i, &b) in text.iter().enumerate().take(text.len().saturating_sub(1)) {
        skip[usize::from(b)] = text.len() - 1 - i;
    }
    skip
}

/// The 64 characters at a place, and the file's SHA-256 with zeros there.
fn digest(file: &mut File, at: u64) -> io::Result<(String, String)> {
    file.seek(SeekFrom::Start(0))?;
    let mut sha = Sha256::new();
    io::copy(&mut Read::take(&mut *file, at), &mut Hasher(&mut sha))?;
    let mut digits = [0_u8; 64];
    file.read_exact(&mut digits)?;
    sha.update(BLANK.as_bytes());
    io::copy(file, &mut Hasher(&mut sha))?;
    Ok((String::from_utf8_lossy(&digits).into_owned(), hex(&sha.finalize())))
}

struct Hasher<'a>(&'a mut Sha256);

impl Write for Hasher<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn a_text_across_two_chunks_is_found() {
        for before in [0, 1, CHUNK - 7, CHUNK - 1, CHUNK, 2 * CHUNK - 3] {
            let mut bytes = vec![b's'; before];
            bytes.extend_from_slice(b"startex-seal");
            bytes.extend_from_slice(&[b'x'; 9]);
            assert_eq!(places(&mut file(&bytes), b"startex-seal").unwrap(), [before as u64], "{before}");
        }
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(bytes in prop::collection::vec(prop::sample::select(b"abc".as_slice()), 0..400),
                                           text in prop::collection::vec(prop::sample::select(b"abc".as_slice()), 1..5)) {
            let naive: Vec<u64> = bytes.windows(text.len()).enumerate()
                .filter(|(_, w)| *w == text).map(|(i, _)| i as u64).take(2).collect();
            prop_assert_eq!(places(&mut file(&bytes), &text).unwrap(), naive);
        }
    }
}
