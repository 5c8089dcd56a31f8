//! Plain words for what the programs of Postgres say when they fail.

/// Texts of the programs, and what they mean for an operator.
const MEANINGS: [(&str, &str); 11] = [
    ("No space left on device", "the disk is full; free some space, and run this again"),
    ("Disk quota exceeded", "the disk quota is used up; free some space, and run this again"),
    (
        "server version mismatch",
        "the program of Postgres is older than the server; install the server's version or a newer one",
    ),
    (
        "unsupported version",
        "the backup was written by a newer pg_dump; install that version of Postgres or a newer one",
    ),
    ("unexpected end of file", "the backup is cut off or damaged"),
    ("end of file", "the backup is cut off or damaged"),
    ("could not uncompress data", "the backup is damaged"),
    ("does not appear to be a valid archive", "the file is not a backup"),
    ("permission denied for", "the role may not read or write everything; use the owner of the schema"),
    ("must be owner of", "the role does not own what is replaced; use the owner of the schema"),
    (
        "canceling statement due to lock timeout",
        "another program holds a lock for long; run this again when it is done",
    ),
];

/// Returns one line: the meaning, if it is known, and the last error of the program.
pub fn plain(stderr: &str) -> String {
    let errors = || stderr.lines().filter(|line| line.contains("error: ") || line.contains("ERROR:"));
    let last = errors().next_back().or_else(|| stderr.lines().last()).unwrap_or("it said nothing").trim();
    match MEANINGS.iter().find(|(text, _)| stderr.contains(text)) {
        Some((_, meaning)) => format!("{meaning} ({last})"),
        None => last.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_is_put_plainly() {
        for (said, meaning) in [
            ("pg_dump: error: could not write to output file: No space left on device\n", "the disk is full"),
            ("pg_restore: error: could not read from input file: end of file\n", "cut off"),
            ("pg_restore: error: unsupported version (1.16) in file header\n", "a newer pg_dump"),
            (
                "pg_dump: error: query failed: ERROR:  permission denied for table subscription\npg_dump: detail: x",
                "owner",
            ),
        ] {
            let plainly = plain(said);
            assert!(plainly.contains(meaning) && plainly.lines().count() == 1, "{plainly}");
        }
        assert_eq!(plain("pg_dump: error: something else\n"), "pg_dump: error: something else");
    }
}
