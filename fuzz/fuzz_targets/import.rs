//! Fuzzes the check of a data set with one hostile file. The check must accept the data set or report its problems, never fail or panic.
//! The first byte of the input selects the file, the rest is its content.
#![no_main]

use std::{cell::OnceCell, fs};

use libfuzzer_sys::fuzz_target;
use observatory::import::{DataSet, Error, check, spec::FILES};
use tempfile::TempDir;

thread_local! {
    static FOLDER: OnceCell<TempDir> = const { OnceCell::new() };
}

fuzz_target!(|input: &[u8]| {
    let Some((which, text)) = input.split_first() else { return };
    let file = &FILES[usize::from(*which) % FILES.len()];
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| {
            let folder = tempfile::Builder::new()
                .prefix("fuzz-")
                .tempdir_in(memory())
                .expect("failed to create a temporary folder");
            for file in &FILES {
                fs::write(folder.path().join(file.file), header(file)).expect("failed to write a file");
            }
            folder
        });
        let path = folder.path().join(file.file);
        // The header comes first, so that most inputs get past its check. A leading `!` leaves it out.
        let mut written = header(file).into_bytes();
        if text.first() == Some(&b'!') {
            written.clear();
        }
        written.extend_from_slice(text);
        fs::write(&path, written).expect("failed to write a file");
        match check(&DataSet::open(folder.path()).expect("failed to open the folder")) {
            Ok(_) => {}
            Err(Error::Refused(problems)) => assert!(!problems.to_string().is_empty()),
            Err(Error::Failed(error)) => panic!("{error:#}"),
        }
        fs::write(path, header(file)).expect("failed to write a file");
    });
});

fn header(file: &observatory::import::spec::File) -> String {
    let names: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
    format!("{}\n", names.join(","))
}

fn memory() -> &'static str {
    if fs::metadata("/dev/shm").is_ok() { "/dev/shm" } else { "/tmp" }
}
