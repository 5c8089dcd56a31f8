//! A data set of which one file is hostile: it is right, or each of its problems is named; nothing else happens. The first byte says
//! which file, the rest is what stands in it.
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
            let folder = tempfile::Builder::new().prefix("fuzz-").tempdir_in(memory()).expect("a folder");
            for file in &FILES {
                fs::write(folder.path().join(file.file), header(file)).expect("a file");
            }
            folder
        });
        let path = folder.path().join(file.file);
        // Most inputs should come past the first line.
        let mut written = header(file).into_bytes();
        if text.first() == Some(&b'!') {
            written.clear();
        }
        written.extend_from_slice(text);
        fs::write(&path, written).expect("a file");
        match check(&DataSet::open(folder.path()).expect("a folder")) {
            Ok(_) => {}
            Err(Error::Refused(problems)) => assert!(!problems.to_string().is_empty()),
            Err(Error::Failed(error)) => panic!("{error:#}"),
        }
        fs::write(path, header(file)).expect("a file");
    });
});

fn header(file: &observatory::import::spec::File) -> String {
    let names: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
    format!("{}\n", names.join(","))
}

fn memory() -> &'static str {
    if fs::metadata("/dev/shm").is_ok() { "/dev/shm" } else { "/tmp" }
}
