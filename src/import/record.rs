//! Reading CSV, strictly: one record a line, since no cell of the data set has a line break.
//!
//! That makes the number of a row the number of its line, lets reading go on after a broken row, and bounds
//! what one row can take of memory. Quotation marks follow RFC 4180: a cell has them around it or not at all.

use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest, Sha256};

/// The longest line. Thirty cells of the longest kind fit.
const LONGEST_LINE: usize = 1 << 20;

/// Reads a file line by line and fingerprints what it read.
pub struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    fingerprint: Sha256,
}

/// Why a line cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Broken {
    /// No line feed within a megabyte: what follows cannot be told apart.
    TooLong,
    NotUtf8,
    CarriageReturn,
    NoLineFeed,
}

impl Broken {
    pub fn what(&self) -> &'static str {
        match self {
            Broken::TooLong => "this line is longer than 1 MiB; the rest of the file was not read",
            Broken::NotUtf8 => "this line is not UTF-8",
            Broken::CarriageReturn => "has a carriage return; lines end with a line feed alone",
            Broken::NoLineFeed => "the last line must end with a line feed; the file may be cut off",
        }
    }
}

impl<R: Read> Lines<R> {
    pub fn new(reader: R) -> Self {
        let reader = BufReader::with_capacity(1 << 16, reader);
        Lines { reader, line: Vec::new(), fingerprint: Sha256::new() }
    }

    /// SHA-256 of all bytes read so far.
    pub fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint.clone().finalize().into()
    }

    /// The next line without its line feed; none at the end.
    pub fn next(&mut self) -> io::Result<Option<Result<&str, Broken>>> {
        self.line.clear();
        let mut bounded = (&mut self.reader).take(LONGEST_LINE as u64 + 1);
        if bounded.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.fingerprint.update(&self.line);
        Ok(Some(match self.line.split_last() {
            Some((b'\n', line)) if line.contains(&b'\r') => Err(Broken::CarriageReturn),
            Some((b'\n', line)) => str::from_utf8(line).map_err(|_| Broken::NotUtf8),
            _ if self.line.len() > LONGEST_LINE => Err(Broken::TooLong),
            _ => Err(Broken::NoLineFeed),
        }))
    }
}

/// The cells of one line. Meant to be reused, so that a million lines need no million allocations.
#[derive(Clone, Debug, Default)]
pub struct Record {
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// Takes a line apart; afterwards the record holds its cells, or those before the fault.
    pub fn split(&mut self, line: &str) -> Result<(), &'static str> {
        self.text.clear();
        self.ends.clear();
        let mut rest = line;
        loop {
            let after = match rest.strip_prefix('"') {
                Some(quoted) => self.quoted(quoted)?,
                None => self.plain(rest)?,
            };
            self.ends.push(self.text.len());
            match after.strip_prefix(',') {
                Some(next) => rest = next,
                None if after.is_empty() => return Ok(()),
                None => return Err("after a closing quotation mark comes a comma or the end of the line"),
            }
        }
    }

    fn plain<'a>(&mut self, rest: &'a str) -> Result<&'a str, &'static str> {
        let (cell, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
        if cell.contains('"') {
            return Err(
                "a cell with a quotation mark in it must have quotation marks around it, and two for one inside",
            );
        }
        self.text.push_str(cell);
        Ok(after)
    }

    fn quoted<'a>(&mut self, mut rest: &'a str) -> Result<&'a str, &'static str> {
        loop {
            let Some((before, after)) = rest.split_once('"') else {
                return Err("a quotation mark is not closed on its line; cells have no line breaks");
            };
            self.text.push_str(before);
            match after.strip_prefix('"') {
                Some(more) => {
                    self.text.push('"');
                    rest = more;
                }
                None => return Ok(after),
            }
        }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell at a position; blank beyond the last.
    pub fn get(&self, position: usize) -> &str {
        let Some(end) = self.ends.get(position) else { return "" };
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..*end]
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Result<Vec<String>, &'static str> {
        let mut record = Record::default();
        record.split(line)?;
        Ok(record.iter().map(str::to_owned).collect())
    }

    #[test]
    fn lines_are_taken_apart_as_rfc_4180_says() {
        for (line, expected) in [
            ("a,b", vec!["a", "b"]),
            ("", vec![""]),
            (",", vec!["", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"say \"\"so\"\"\",", vec!["say \"so\"", ""]),
            ("\"\"", vec![""]),
            ("微短剧,\"出海，十条\"", vec!["微短剧", "出海，十条"]),
        ] {
            assert_eq!(cells(line).unwrap(), expected, "{line}");
        }
        for line in ["a\"b", "\"a\"b", "\"a", "\"a\"\"", "a,\"b"] {
            assert!(cells(line).is_err(), "{line}");
        }
    }

    #[test]
    fn lines_are_read_strictly_and_reading_goes_on() {
        let mut lines = Lines::new(&b"one\ntwo\r\n\xff\nfour"[..]);
        assert_eq!(lines.next().unwrap(), Some(Ok("one")));
        assert_eq!(lines.next().unwrap(), Some(Err(Broken::CarriageReturn)));
        assert_eq!(lines.next().unwrap(), Some(Err(Broken::NotUtf8)));
        assert_eq!(lines.next().unwrap(), Some(Err(Broken::NoLineFeed)));
        assert_eq!(lines.next().unwrap(), None);
        let endless = vec![b'x'; LONGEST_LINE + 10];
        assert_eq!(Lines::new(&endless[..]).next().unwrap(), Some(Err(Broken::TooLong)));
    }

    proptest::proptest! {
        #[test]
        fn any_cells_survive_being_written_and_read(given: Vec<String>) {
            let given: Vec<String> = given.iter().map(|c| c.replace(['\n', '\r'], "")).collect();
            proptest::prop_assume!(!given.is_empty());
            let line = given.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
            proptest::prop_assert_eq!(cells(&line).unwrap(), given);
        }
    }
}
