//! Reads the command line and starts one of the doors.

use std::process::ExitCode;

fn main() -> ExitCode {
    mainstay::cli::run(std::env::args_os().skip(1).collect())
}
