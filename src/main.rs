//! Entry point of the `observatory` program.

use std::{env, process::ExitCode};

/// Rendering a page allocates thousands of short strings; the system allocator accounted for a quarter of the render time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// The commands are in the library, where all cores compile them at the same time, and nothing is compiled twice.
fn main() -> ExitCode {
    observatory::commands::run(env::args_os())
}
