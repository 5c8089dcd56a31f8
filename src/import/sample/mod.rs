//! Large sample data set in the shape of the real one, for measurements.
//!
//! Promises: it passes the check and can be published like any other. The real rows come first, unchanged, followed by copies with their
//! own ids, names, places and dates, and by observations of organizations up to the requested number. The same sizes produce the same
//! bytes. Memory usage is independent of the number of rows.

mod cells;
mod copies;
mod figures;
mod rows;

use std::{
    fmt,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::{Context, bail, ensure};

use super::{
    content::Content,
    data_set::DataSet,
    outcome::Error,
    problem::Problems,
    rules::check,
    spec::{FILES, MAX_OBSERVATIONS, MAX_ROWS_HELD, Name},
    tables::Tables,
};
use copies::Copies;
use figures::SampleFigures;
use rows::SampleRows;

/// Default ratio: one programme, amount, organization and source per this many observations.
const FIGURES_EACH: usize = 100;

/// Maximum number of sources; beyond it, each source has more observations.
const MAX_SOURCES: usize = 150_000;

/// Number of organization copies per app copy.
const COPIES_PER_APP: usize = 10;

/// Number of organization copies per event copy.
const COPIES_PER_EVENT: usize = 100;

/// Requested numbers of rows, including the real ones.
#[derive(Clone, Copy, Debug)]
pub struct SampleSizes {
    pub observations: usize,
    pub programs: Option<usize>,
    pub subsidies: Option<usize>,
    pub organizations: Option<usize>,
}

/// A validated plan of the output, known to be feasible before the first byte is written.
pub struct Plan {
    data: DataSet,
    tables: Tables,
    figures: SampleFigures,
    /// Number of rows of each file, in the order of [`FILES`].
    rows: Vec<usize>,
}

impl Plan {
    /// Plans a sample from a real data set and the requested sizes.
    ///
    /// # Errors
    ///
    /// If the data set is invalid, or an import would reject the numbers.
    pub fn of(data: &DataSet, sizes: SampleSizes) -> Result<Plan, Error> {
        let real = check(data)?.rows;
        let tables = Tables::read(data, &mut Problems::default(), &mut Content::new())?;
        let figures = SampleFigures::of(data, &tables)?;
        let rows = numbers(&real, sizes)?;
        let made = sizes.observations - real[Name::Observations as usize];
        figures.suffice(made, rows[Name::Organizations as usize])?;
        Ok(Plan { data: data.clone(), tables, figures, rows })
    }

    /// Writes the files into a folder.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written, or the real files change in the meantime.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let copies = |name: Name| Copies::of(&self.tables[name], self.rows[name as usize], &self.tables);
        let rows = SampleRows {
            tables: &self.tables,
            places: rows::places(&self.tables),
            sources: copies(Name::Sources),
            organizations: copies(Name::Organizations),
            apps: copies(Name::Apps),
            programs: copies(Name::Programs),
            subsidies: copies(Name::Subsidies),
            events: copies(Name::Events),
        };
        for file in &FILES {
            let path = folder.join(file.file);
            self.write_file(&path, file.name, &rows)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    fn write_file(&self, path: &Path, name: Name, rows: &SampleRows<'_>) -> anyhow::Result<()> {
        let Some(real) = self.data.reader(name) else { return Ok(()) };
        let mut out = cells::writer(BufWriter::with_capacity(1 << 20, File::create(path)?));
        cells::write_real(&mut out, name.file(), real)?;
        match name {
            Name::Sources => cells::write_all(&mut out, rows.sources())?,
            Name::Entities => cells::write_all(&mut out, rows.entities())?,
            Name::Organizations => cells::write_all(&mut out, rows.organizations())?,
            Name::Apps => cells::write_all(&mut out, rows.apps())?,
            Name::Programs => cells::write_all(&mut out, rows.programs())?,
            Name::Subsidies => cells::write_all(&mut out, rows.subsidies())?,
            Name::Events => cells::write_all(&mut out, rows.events())?,
            Name::Observations => self.figures.write(&mut out, self.made(), rows)?,
            Name::Producers | Name::Indicators | Name::People | Name::Statements | Name::Breaks => {}
        }
        out.into_inner().map_err(|error| anyhow::anyhow!("{}", error.error()))?.flush()?;
        Ok(())
    }

    /// Returns the number of generated observations.
    fn made(&self) -> usize {
        self.rows[Name::Observations as usize] - self.figures.real
    }
}

impl fmt::Display for Plan {
    /// Lists the number of rows of the large files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = |name: Name| self.rows[name as usize];
        write!(
            f,
            "{} observations, {} organizations, {} programmes, {} subsidies and {} sources",
            rows(Name::Observations),
            rows(Name::Organizations),
            rows(Name::Programs),
            rows(Name::Subsidies),
            rows(Name::Sources)
        )
    }
}

/// Computes the number of rows of each file from the real numbers.
fn numbers(real: &[usize], sizes: SampleSizes) -> anyhow::Result<Vec<usize>> {
    let mut rows = real.to_vec();
    let hundredth = sizes.observations / FIGURES_EACH;
    for (name, asked) in [
        (Name::Observations, Some(sizes.observations)),
        (Name::Organizations, sizes.organizations),
        (Name::Programs, sizes.programs),
        (Name::Subsidies, sizes.subsidies),
        (Name::Sources, None),
    ] {
        let (file, real) = (name.file().file, real[name as usize]);
        let wanted = match name {
            Name::Sources => hundredth.min(MAX_SOURCES),
            _ => hundredth,
        };
        let wanted = asked.unwrap_or(wanted.max(real));
        ensure!(
            wanted >= real,
            "{wanted} rows of {file} are fewer than the data set has ({real}); real rows are never dropped"
        );
        ensure!(real > 0 || wanted == 0, "{file} has no row to copy");
        rows[name as usize] = wanted;
    }
    let copies = rows[Name::Organizations as usize] - real[Name::Organizations as usize];
    if real[Name::Apps as usize] > 0 {
        rows[Name::Apps as usize] += copies / COPIES_PER_APP;
    }
    if real[Name::Events as usize] > 0 {
        rows[Name::Events as usize] += copies / COPIES_PER_EVENT;
    }
    rows[Name::Entities as usize] += copies + rows[Name::Apps as usize] - real[Name::Apps as usize];
    for file in &FILES {
        let most = if file.name == Name::Observations { MAX_OBSERVATIONS } else { MAX_ROWS_HELD };
        let wanted = rows[file.name as usize];
        match file.name {
            _ if wanted <= most => {}
            Name::Entities => bail!(
                "{} organizations with their apps make {wanted} rows of entities.csv; the import limit is {most}",
                rows[Name::Organizations as usize]
            ),
            _ => bail!("{wanted} rows of {} exceed the import limit of {most}", file.file),
        }
    }
    Ok(rows)
}
