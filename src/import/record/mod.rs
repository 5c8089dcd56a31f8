//! Strict CSV reader with one record per line, since no cell of the data set contains a line break.
//!
//! Row numbers therefore equal line numbers, reading can continue after a broken row, and the memory for one row is bounded. Quotation
//! marks follow RFC 4180: they enclose a cell completely or do not occur in it.

use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest, Sha256};

use crate::text::characters;

/// Maximum length of a line in bytes. Thirty cells of maximum length fit.
const MAX_LINE_LENGTH: usize = 1 << 20;

/// Line reader that fingerprints everything it reads.
pub struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    fingerprint: Sha256,
    form: FileForm,
}

/// Encoding details of a file that do not change its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileForm {
    /// Number of lines read.
    lines: usize,
    /// Whether the file begins with a byte order mark.
    pub mark: bool,
    /// Number of lines that end with a carriage return and a line feed.
    pub carriage_returns: usize,
}

/// Reason why a line cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No line feed within a megabyte, so no further line can be identified.
    TooLong,
    /// UTF-16: lines cannot be identified.
    Utf16,
    /// Every non-ASCII byte sequence is valid GB 18030, as saved by spreadsheets in China.
    Gb18030,
    NotUtf8,
    /// Within the line, not directly before its line feed.
    CarriageReturn,
    NoLineFeed,
}

impl Broken {
    pub fn what(&self) -> &'static str {
        match self {
            Broken::TooLong => "this line is longer than 1 MiB; the rest of the file was not read",
            Broken::Utf16 => "the file is in UTF-16; save it as “CSV UTF-8”",
            Broken::Gb18030 => "is not UTF-8 but apparently GB 18030 (GBK); save the file as “CSV UTF-8”",
            Broken::NotUtf8 => "is not UTF-8; save the file as “CSV UTF-8”",
            Broken::CarriageReturn => {
                "has a carriage return (U+000D) within the line; a line ends with a line feed (U+000A)"
            }
            Broken::NoLineFeed => "the last line must end with a line feed; the file may be cut off",
        }
    }
}

impl<R: Read> Lines<R> {
    pub fn new(reader: R) -> Self {
        let reader = BufReader::with_capacity(1 << 16, reader);
        Lines { reader, line: Vec::new(), fingerprint: Sha256::new(), form: FileForm::default() }
    }

    /// Returns the encoding details seen so far.
    pub fn form(&self) -> FileForm {
        self.form
    }

    /// Returns the SHA-256 of all bytes read so far.
    pub fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint.clone().finalize().into()
    }

    /// Returns the next line without its line ending, the first also without a byte order mark; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Result<&str, Broken>>> {
        self.line.clear();
        let mut bounded = (&mut self.reader).take(MAX_LINE_LENGTH as u64 + 1);
        if bounded.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.fingerprint.update(&self.line);
        self.form.lines += 1;
        let mut line = self.line.as_slice();
        if self.form.lines == 1 {
            if is_utf16(line) {
                return Ok(Some(Err(Broken::Utf16)));
            }
            if let Some(rest) = line.strip_prefix("\u{feff}".as_bytes()) {
                self.form.mark = true;
                line = rest;
            }
        }
        Ok(Some(match line.split_last() {
            Some((b'\n', line)) => {
                let line = match line.strip_suffix(b"\r") {
                    Some(line) => {
                        self.form.carriage_returns += 1;
                        line
                    }
                    None => line,
                };
                text(line)
            }
            _ if line.len() > MAX_LINE_LENGTH => Err(Broken::TooLong),
            _ if line.contains(&b'\r') => Err(Broken::CarriageReturn),
            _ => Err(Broken::NoLineFeed),
        }))
    }
}

fn text(line: &[u8]) -> Result<&str, Broken> {
    match str::from_utf8(line) {
        Ok(text) if text.contains('\r') => Err(Broken::CarriageReturn),
        Ok(text) => Ok(text),
        Err(_) if is_gb18030(line) => Err(Broken::Gb18030),
        Err(_) => Err(Broken::NotUtf8),
    }
}

/// Returns whether a file is UTF-16: it begins with a UTF-16 byte order mark, or every other byte of its ASCII header is zero.
fn is_utf16(beginning: &[u8]) -> bool {
    matches!(beginning, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, _, 0, ..] | [0, _, 0, _, ..])
}

/// Returns whether bytes that are not UTF-8 are valid GB 18030, with characters of one, two or four bytes.
fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7f, rest @ ..] => rest,
            [0x81..=0xfe, b'0'..=b'9', 0x81..=0xfe, b'0'..=b'9', rest @ ..] => rest,
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..] => rest,
            _ => return false,
        };
    }
}

/// Cells of one line, without invisible characters. Reusable, so that a million lines do not need a million allocations.
#[derive(Clone, Debug, Default)]
pub struct CsvRecord {
    text: String,
    ends: Vec<usize>,
    /// Position of a cell and the characters removed from it.
    removed: Vec<(usize, Vec<char>)>,
}

impl CsvRecord {
    /// Splits a line into cells. On error, the record contains the cells before the fault.
    pub fn split(&mut self, line: &str) -> Result<(), &'static str> {
        self.removed.clear();
        self.take_apart(line)?;
        if !line.is_ascii() {
            self.remove_invisible();
        }
        Ok(())
    }

    /// Returns the position of each cell that contained invisible characters, with the removed characters.
    pub fn removed(&self) -> &[(usize, Vec<char>)] {
        &self.removed
    }

    fn remove_invisible(&mut self) {
        for position in 0..self.len() {
            let (left, removed) = characters::visible(self.get(position));
            if !removed.is_empty() {
                let left = left.into_owned();
                self.replace(position, &left);
                self.removed.push((position, removed));
            }
        }
    }

    fn replace(&mut self, position: usize, cell: &str) {
        let start = self.start(position);
        let end = self.ends[position];
        self.text.replace_range(start..end, cell);
        for later in &mut self.ends[position..] {
            *later = *later - (end - start) + cell.len();
        }
    }

    fn take_apart(&mut self, line: &str) -> Result<(), &'static str> {
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
                None => {
                    return Err(
                        "a closing quotation mark must be followed by a comma or the end of the line",
                    );
                }
            }
        }
    }

    fn plain<'a>(&mut self, rest: &'a str) -> Result<&'a str, &'static str> {
        let (cell, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
        if cell.contains('"') {
            return Err(
                "a cell that contains a quotation mark must be enclosed in quotation marks, and inner ones doubled",
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

    /// Returns the cell at a position; blank beyond the last one.
    pub fn get(&self, position: usize) -> &str {
        let Some(end) = self.ends.get(position) else { return "" };
        &self.text[self.start(position)..*end]
    }

    fn start(&self, position: usize) -> usize {
        position.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position))
    }
}

#[cfg(test)]
mod tests;
