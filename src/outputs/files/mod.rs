//! Files of a page: its rows, its chart and their provenance, in the formats that readers work with.
//!
//! Promises: a page is described once, and every file is written from that description, so that files cannot differ. A
//! figure leaves with its period, unit, qualifier and source. The same revision gives the same bytes of a table.
//! Numbers are written as stored, digit by digit; a value that a file format cannot hold exactly is written as text,
//! never rounded. Column names are stable; labels are in the language of the page.

mod authors;
pub mod both;
pub mod changes;
pub mod check;
mod cite;
mod columns;
mod csv;
pub mod disagreements;
pub mod documents;
pub mod dressing;
pub mod entities;
pub mod events;
pub mod explore;
mod facts;
pub mod home;
pub mod indicators;
mod json;
pub mod map;
mod metadata;
pub mod observations;
pub mod organizations;
mod package;
mod parquet;
pub mod picture;
pub mod programs;
mod request;
pub mod revisions;
pub mod routes;
mod row_window;
pub mod search;
pub mod sources;
pub mod subsidies;
mod xlsx;

pub use cite::{Citation, CitationFormat};
pub use csv::{MARK, guarded, write as csv};
pub use facts::facts;
pub use json::{JsonRow, JsonRows, json};
pub use metadata::{csvw, frictionless, metadata};
pub use package::zip;
pub use parquet::write as parquet;
pub use request::FileOptions;
pub use row_window::{Omitted, RowWindow};
pub use xlsx::write as xlsx;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::{
    charts::Chart,
    domain::table::{Cell, Table},
    text::{Locale, PartialDate, html, query},
};

/// A published page that observations were taken from, with the fields that a citation needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    pub id: String,
    pub title: String,
    pub author: Option<String>,
    /// In English or pinyin.
    pub publisher: String,
    pub publisher_zh: Option<String>,
    pub published_on: Option<PartialDate>,
    pub url: String,
    /// ISO 639-1 code.
    pub language: &'static str,
}

impl Credit {
    /// Publisher for readers of a language.
    pub fn publisher(&self, locale: Locale) -> &str {
        locale.pick(None, self.publisher_zh.as_deref()).unwrap_or(&self.publisher)
    }
}

/// Which rows of a page are exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowScope {
    /// The rows that the page shows, on all its pages together.
    #[default]
    Shown,
    /// Every row of the noun, regardless of filters.
    All,
}

impl RowScope {
    /// Returns the query to apply: the page's own, or the default one where every row is requested.
    pub fn of<Query: Default>(self, asked: Query) -> Query {
        match self {
            RowScope::Shown => asked,
            RowScope::All => Query::default(),
        }
    }
}

/// Everything that leaves the site from one page.
#[derive(Clone, Debug, Default)]
pub struct ExportDocument {
    pub locale: Locale,
    /// Path of the page below the language: `indicators/jobs-total`.
    pub path: String,
    /// The reader's filters, in canonical order, then the day of which the address asks what was known.
    pub pairs: Vec<(&'static str, String)>,
    pub title: String,
    pub description: String,
    /// The first table is the subject of the page.
    pub tables: Vec<Table>,
    /// How many rows the first table has in full, where it holds only the requested window.
    pub cut: Option<Omitted>,
    pub charts: Vec<Chart>,
    /// Terms that the rows use, each with its definition.
    pub definitions: Vec<(String, String)>,
    pub credits: Vec<Credit>,
    /// Whether some of its values are derived by this site.
    pub worked_out: bool,
    /// The published page that this page is about, if any: readers cite that page instead.
    pub original: Option<Credit>,
    /// The requested revision, where the address names one; set by the code that resolves the page.
    pub as_of: Option<i32>,
}

impl ExportDocument {
    /// Returns the number of rows of the first table, including those outside the requested window.
    pub fn rows(&self) -> usize {
        let held = self.tables.first().map_or(0, |table| table.rows.len());
        self.cut.map_or(held, |cut| cut.all)
    }

    /// Returns the table of a noun, or the first one.
    pub fn table(&self, schema: Option<&str>) -> Option<&Table> {
        match schema {
            None => self.tables.first(),
            Some(schema) => self.tables.iter().find(|table| table.schema.name == schema),
        }
    }

    /// Path of the page with its query string, for the newest data.
    pub fn live(&self) -> String {
        query::href(&format!("/{}", self.place()), self.pairs.iter().cloned())
    }

    /// Path of the page with its query string, for the requested revision.
    pub fn address(&self) -> String {
        self.at_revision(self.live())
    }

    /// Path of a file beside the page, with the page's query string, for the requested revision.
    pub fn file(&self, name: &str) -> String {
        self.at_revision(self.live_file(name))
    }

    /// Path of a file beside the page, for the newest data.
    pub fn live_file(&self, name: &str) -> String {
        query::href(&format!("/{}/{name}", self.place()), self.pairs.iter().cloned())
    }

    /// Path of the page's frame for another site, for the requested revision.
    pub fn frame(&self) -> String {
        self.at_revision(self.live_frame())
    }

    /// Path of the page's frame, for the newest data.
    pub fn live_frame(&self) -> String {
        query::href(&format!("/embed/{}", self.place()), self.pairs.iter().cloned())
    }

    fn at_revision(&self, address: String) -> String {
        match self.as_of {
            Some(revision) => query::with(&address, query::AS_OF, &revision.to_string()),
            None => address,
        }
    }

    /// Language and path, without slashes at the ends.
    pub fn place(&self) -> String {
        match self.path.is_empty() {
            true => self.locale.to_string(),
            false => format!("{}/{}", self.locale, self.path),
        }
    }

    /// File name for downloads, without its extension: ASCII, lower case, dashes.
    pub fn stem(&self, provenance: &Provenance) -> String {
        let path = if self.path.is_empty() { "overview".to_owned() } else { self.path.replace('/', "-") };
        let name: String = format!("micro-drama-{path}").chars().take(150).collect();
        format!("{name}-{}", provenance.state())
    }

    /// Key of a citation: the name of the page, and a short digest of its state where it has one.
    pub fn key(&self, provenance: &Provenance) -> String {
        let stem = self.stem(provenance);
        if self.pairs.is_empty() {
            return stem;
        }
        let digest = Sha256::digest(query::encode(self.pairs.iter().cloned()));
        format!("{stem}-{}", hex::encode(&digest[..4]))
    }

    /// First and last day that the rows cover.
    pub fn period(&self) -> Option<(String, String)> {
        let of = |name| self.tables.iter().flat_map(move |table| table.column(name)).map(Cell::written);
        let first = of("period_start").filter(|day| !day.is_empty()).min()?;
        let last = of("period_end").filter(|day| !day.is_empty()).max()?;
        Some((first, last))
    }
}

/// Provenance printed on everything that leaves the site: origin, revision of the data, day of retrieval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// `https://example.org`, without a trailing slash.
    pub origin: String,
    pub revision: i32,
    pub published_on: NaiveDate,
    /// The day of which the address asks what was known, if any.
    pub known_on: Option<NaiveDate>,
    /// Day of retrieval.
    pub taken_on: NaiveDate,
    /// Where errors are reported, if configured.
    pub contact: Option<String>,
}

impl Provenance {
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Names the state of the data in file names: `r2`, `r2-known-2025-12-05`.
    pub fn state(&self) -> String {
        let known = self.known_on.map(|day| format!("-known-{day}")).unwrap_or_default();
        format!("r{}{known}", self.revision)
    }

    /// Returns the permanent address of a path: it always shows this revision.
    pub fn frozen(&self, path: &str) -> String {
        self.absolute(&query::with(path, query::AS_OF, &self.revision.to_string()))
    }
}

/// Size of a frame on another site, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSize {
    /// Maximum width.
    pub width: Option<u32>,
    /// Height without the script that fits it to its contents.
    pub height: u32,
    /// Maximum height, regardless of the contents.
    pub most_height: Option<u32>,
}

/// Returns the HTML that embeds the frame at `address` in another page. The script fits the frame to its contents. The
/// size is also given as attributes, because content management systems remove styles and scripts.
pub fn frame_code(title: &str, address: &str, provenance: &Provenance, size: FrameSize) -> String {
    let script = provenance.absolute("/embed.js");
    let [title, address, script] = [title, address, &script].map(html::escape);
    let FrameSize { width, height, most_height } = size;
    let attribute = width.map(|width| format!(" width=\"{width}\"")).unwrap_or_default();
    let at_most = |name: &str, length: Option<u32>| {
        length.map(|length| format!("{name}:{length}px;")).unwrap_or_default()
    };
    let (widest, tallest) = (at_most("max-width", width), at_most("max-height", most_height));
    format!(
        "<iframe src=\"{address}\" title=\"{title}\"{attribute} height=\"{height}\" loading=\"lazy\" \
         style=\"width:100%;{widest}height:{height}px;{tallest}border:0\"></iframe>\n\
         <script async src=\"{script}\"></script>"
    )
}

/// Returns the attribution that a user of the data has to give.
pub fn attribution(locale: Locale, revision: i32) -> String {
    let site = site(locale);
    locale.pick(
        format!("{site}, revision {revision}, from the cited sources"),
        format!("{site}，数据版本{revision}，据所列来源汇编"),
    )
}

/// Returns the site's name in a language.
pub fn site(locale: Locale) -> &'static str {
    locale.pick("Micro-Drama Observatory", "微短剧观察")
}

/// Licence of the compiled data.
pub const LICENCE: &str = "CC BY 4.0";
pub const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";
