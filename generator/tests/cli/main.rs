//! The command, run as a function in temporary folders. A generator of the test's own stands in for
//! the real one: it writes the files that the document lists, so that each test says what is
//! generated.

mod check;
mod coverage;
mod files;
mod fixture;
mod mistakes;
mod scaffold;
mod write;
