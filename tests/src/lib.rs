//! End-to-end tests of the whole program; they stand in `tests/`, the drills they play in `drills/`.
