//! One live table: exercise clock, seats, command log, fan-out. Headless runs and what-ifs too.
