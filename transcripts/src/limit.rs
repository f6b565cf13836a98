//! How much a transcript may hold. A file that exceeds one of these is refused with its name in the
//! message, before the memory is spent; a store refuses to write what could not be read back.

/// Bytes of a whole transcript file: 256 MiB.
pub const MAX_FILE: u64 = 256 << 20;
/// Bytes of one entry as JSON: 1 MiB.
pub const MAX_ENTRY: usize = 1 << 20;
/// Entries of one transcript.
pub const MAX_ENTRIES: u64 = 1_000_000;
/// Scenario files of one transcript.
pub const MAX_FILES: usize = 16;
/// Bytes of all scenario files together: 4 MiB.
pub const MAX_SCENARIO: usize = 4 << 20;
/// Bytes of a scenario file's name.
pub const MAX_NAME: usize = 200;
/// Bytes of any one text of the header (version, program, time …).
pub const MAX_TEXT: usize = 200;
/// Bytes of one stored scorecard: 4 MiB.
pub const MAX_SCORECARD: usize = 4 << 20;
/// Stored scorecards of one transcript.
pub const MAX_SCORECARDS: u64 = 1000;
/// Seals of one transcript.
pub const MAX_SEALS: u64 = 1000;
/// What SQLite may hand over as one value: above every limit on a text, so that ours speaks first.
pub(crate) const MAX_VALUE: i32 = 8 << 20;
/// SQLite's page size in these files.
pub(crate) const PAGE: u64 = 4096;
