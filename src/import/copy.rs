//! Copies checked rows into their staging tables, in the text format of Postgres's COPY.

use anyhow::bail;
use sqlx::{PgConnection, postgres::PgCopyIn};

use super::{
    data_set::DataSet,
    outcome::Checked,
    record::{CsvRecord, Lines},
    spec::{CellKind, File},
    sql,
    words::{self, Searched},
};

/// Number of bytes buffered before sending.
const BATCH: usize = 1 << 18;

/// Copies one file into its staging table. If the file has changed since the check, the copy fails and nothing is taken.
pub async fn copy(
    connection: &mut PgConnection,
    data: &DataSet,
    file: &'static File,
    checked: &Checked,
) -> anyhow::Result<()> {
    let changed =
        || anyhow::anyhow!("{} was modified while it was being read; nothing was published", file.file);
    let Some(reader) = data.reader(file.name) else {
        // The check has accepted a data set without this file.
        return if file.added { Ok(()) } else { Err(changed()) };
    };
    let mut lines = Lines::new(reader);
    let mut stream = connection.copy_in_raw(&sql::copy(file)).await?;
    let read = send(&mut stream, &mut lines, file).await;
    let unchanged = lines.fingerprint() == checked.fingerprints[file.name as usize];
    match read {
        Ok(()) if unchanged => {
            stream.finish().await?;
            Ok(())
        }
        Ok(()) => {
            stream.abort("the file changed").await?;
            Err(changed())
        }
        Err(error) => {
            stream.abort("the file cannot be read").await?;
            Err(error)
        }
    }
}

async fn send<R: std::io::Read>(
    stream: &mut PgCopyIn<&mut PgConnection>,
    lines: &mut Lines<R>,
    file: &File,
) -> anyhow::Result<()> {
    let mut record = CsvRecord::default();
    let mut batch = String::with_capacity(BATCH + (1 << 12));
    let mut header = true;
    let searched = words::searched(file.name);
    while let Some(line) = lines.next()? {
        let Ok(line) = line else { bail!("{} was modified while it was being read", file.file) };
        if std::mem::take(&mut header) {
            continue;
        }
        if let Err(what) = record.split(line) {
            bail!("{} was modified while it was being read: {what}", file.file);
        }
        encode(file, searched, &record, &mut batch);
        if batch.len() >= BATCH {
            stream.send(batch.as_bytes()).await?;
            batch.clear();
        }
    }
    stream.send(batch.as_bytes()).await?;
    Ok(())
}

/// Encodes one line for COPY: cells separated by tabs, `\N` for null, then the search vector of the row.
fn encode(file: &File, searched: Option<&Searched>, record: &CsvRecord, out: &mut String) {
    for (position, column) in file.columns.iter().enumerate() {
        let cell = record.get(position);
        if position > 0 {
            out.push('\t');
        }
        match (column.kind, cell) {
            (CellKind::List | CellKind::Words(_), _) => array(cell, out),
            (CellKind::Yes, _) => out.push(if cell == "yes" { 't' } else { 'f' }),
            (_, "") => out.push_str("\\N"),
            (CellKind::YesNo, _) => out.push(if cell == "yes" { 't' } else { 'f' }),
            // Checked cells contain no control characters, so only a backslash still needs escaping.
            _ => cell.chars().for_each(|c| escaped(c, out)),
        }
    }
    if let Some(searched) = searched {
        out.push('\t');
        // The vector consists of letters, digits and signs without meaning to COPY.
        out.push_str(&searched.vector(record));
    }
    out.push('\n');
}

/// Encodes `a;b` as `{"a","b"}`, escaped twice: for the array, and for COPY.
fn array(cell: &str, out: &mut String) {
    out.push('{');
    for (position, item) in cell.split(';').map(str::trim).filter(|item| !item.is_empty()).enumerate() {
        out.push_str(if position > 0 { ",\"" } else { "\"" });
        for c in item.chars() {
            if matches!(c, '"' | '\\') {
                escaped('\\', out);
            }
            escaped(c, out);
        }
        out.push('"');
    }
    out.push('}');
}

fn escaped(c: char, out: &mut String) {
    if c == '\\' {
        out.push('\\');
    }
    out.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec::Name;

    fn encoded(name: Name, line: &str) -> String {
        let mut record = CsvRecord::default();
        record.split(line).unwrap();
        let mut out = String::new();
        encode(name.file(), words::searched(name), &record, &mut out);
        out
    }

    #[test]
    fn a_row_is_written_as_copy_reads_it() {
        assert_eq!(
            encoded(Name::Observations, "users,china,2025-01-01,2025-12-31,nrta,1.5,,exact,,yes,a,C:\\x,路"),
            "users\tchina\t2025-01-01\t2025-12-31\tnrta\t1.5\t\\N\texact\t\\N\tt\ta\tC:\\\\x\t路\tf\n"
        );
        assert_eq!(
            encoded(Name::Sources, "a,T,,P,,2025,https://a,en,news,no,\"a;b \"\"c\"\";d\\\",\n".trim_end()),
            "a\tT\t\\N\tP\t\\N\t2025\thttps://a\ten\tnews\tf\t{\"a\",\"b \\\\\"c\\\\\"\",\"d\\\\\\\\\"}\t\\N\t\\N\t\\N\t'b':8 'c':9 'd':10 'p':4 't':1A\n"
        );
    }
}
