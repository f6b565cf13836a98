//! The hash chain: every entry's hash covers everything before it.
//!
//! ```text
//! head_0 = SHA-256( "startex transcript 1\n"
//!                   HEADER-JSON "\n"
//!                   for each scenario file, in stored order:  "file " NAME " " BYTES "\n" TEXT "\n" )
//! head_n = SHA-256( head_{n-1} as 32 raw bytes, LINE_n )
//! LINE_n = {"n":N,"at":MS,"body":BODY}
//! ```
//!
//! `HEADER-JSON` and `BODY` are the bytes as stored, never written anew, so a later program checks an
//! old file without knowing its types. `LINE_n` is also what the JSON Lines export prints.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Head = [u8; 32];

/// The head before the first entry.
#[must_use]
pub fn first<'a>(header_json: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Head {
    let mut sha = Sha256::new();
    sha.update(b"startex transcript 1\n");
    sha.update(header_json.as_bytes());
    sha.update(b"\n");
    for (name, text) in files {
        sha.update(format!("file {name} {}\n", text.len()).as_bytes());
        sha.update(text.as_bytes());
        sha.update(b"\n");
    }
    sha.finalize().into()
}

/// The canonical line of an entry.
#[must_use]
pub fn line(n: u64, at_ms: u64, body_json: &str) -> String {
    format!("{{\"n\":{n},\"at\":{at_ms},\"body\":{body_json}}}")
}

/// The head after an entry.
#[must_use]
pub fn next(head: &Head, line: &str) -> Head {
    let mut sha = Sha256::new();
    sha.update(head);
    sha.update(line.as_bytes());
    sha.finalize().into()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Whether a text is that many lower-case hexadecimal digits.
#[must_use]
pub(crate) fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
