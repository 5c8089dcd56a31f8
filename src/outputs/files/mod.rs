//! What leaves the site from a page: its rows, its chart and where they come from, in the forms that readers work in.
//!
//! Promises: a page is described once, and every file is written from that description, so that they cannot differ. A figure leaves
//! with its period, unit, qualifier and source. The same state of the data gives the same bytes of a table. Numbers are written as
//! they are stored, digit by digit; what a file format cannot hold exactly is written as text, never rounded. Names of columns are
//! stable; labels are in the language of the page.

mod cite;
mod csv;
pub mod disagreements;
pub mod documents;
pub mod entities;
pub mod events;
pub mod explore;
mod facts;
pub mod home;
pub mod indicators;
mod json;
mod metadata;
pub mod observations;
pub mod organizations;
mod package;
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

pub use crate::domain::table::{Cell, Column, ColumnType, Table, TableSchema, ToRow, named, several};
pub use cite::{Citation, CitationFormat};
pub use csv::{MARK, guarded, write as csv};
pub use facts::facts;
pub use json::{JsonRow, JsonRows, json};
pub use metadata::{csvw, frictionless, metadata};
pub use package::zip;
pub use request::FileOptions;
pub use row_window::{Omitted, RowWindow};
pub use xlsx::write as xlsx;

use chrono::NaiveDate;

use crate::{
    charts::Chart,
    text::{Locale, PartialDate, html, query},
};

/// A published page that figures were taken from, as far as a citation needs it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    pub id: String,
    pub title: String,
    pub author: Option<String>,
    pub publisher: String,
    pub published_on: Option<PartialDate>,
    pub url: String,
    /// ISO 639-1 code.
    pub language: &'static str,
}

/// What can be had of a page beyond what it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The rows that the page shows, all its pages together.
    #[default]
    Shown,
    /// Every row of its kind, whatever is chosen.
    All,
}

impl Scope {
    /// What is chosen: what the page was asked for, or nothing where every row is wanted.
    pub fn of<Query: Default>(self, asked: Query) -> Query {
        match self {
            Scope::Shown => asked,
            Scope::All => Query::default(),
        }
    }
}

/// Everything that leaves the site from one page.
#[derive(Clone, Debug, Default)]
pub struct ExportDocument {
    pub locale: Locale,
    /// The page's path below the language: `indicators/jobs-total`.
    pub path: String,
    /// What the reader chose, in canonical order.
    pub pairs: Vec<(&'static str, String)>,
    pub title: String,
    pub description: String,
    /// The first is what the page is about.
    pub tables: Vec<Table>,
    /// How many rows the first has, where it holds only the part that was wanted.
    pub cut: Option<Omitted>,
    pub charts: Vec<Chart>,
    /// Words that the rows need to be understood, each with its meaning.
    pub definitions: Vec<(String, String)>,
    pub credits: Vec<Credit>,
    /// Whether some of its values are worked out by this site.
    pub worked_out: bool,
    /// The published page that this page is about, if it is about one: then that is what a reader cites.
    pub original: Option<Credit>,
    /// The state of the data, where the address asks for one; whoever finds the page sets it.
    pub as_of: Option<i32>,
}

impl ExportDocument {
    /// How many rows the first table has, those included that were not wanted.
    pub fn rows(&self) -> usize {
        let held = self.tables.first().map_or(0, |table| table.rows.len());
        self.cut.map_or(held, |cut| cut.all)
    }

    /// The table of a noun, or the first.
    pub fn table(&self, schema: Option<&str>) -> Option<&Table> {
        match schema {
            None => self.tables.first(),
            Some(schema) => self.tables.iter().find(|table| table.schema.name == schema),
        }
    }

    /// The path of the page with its query string, for the newest data.
    pub fn live(&self) -> String {
        query::href(&format!("/{}", self.place()), self.pairs.iter().cloned())
    }

    /// The path of the page with its query string, for the state it was asked for.
    pub fn address(&self) -> String {
        self.kept(self.live())
    }

    /// The path of a file beside the page, with the page's query string, for the state the page was asked for.
    pub fn file(&self, name: &str) -> String {
        self.kept(self.live_file(name))
    }

    /// The same for the newest data.
    pub fn live_file(&self, name: &str) -> String {
        query::href(&format!("/{}/{name}", self.place()), self.pairs.iter().cloned())
    }

    /// The path of what stands in a frame of another page.
    pub fn frame(&self) -> String {
        self.kept(self.live_frame())
    }

    /// The same for the newest data.
    pub fn live_frame(&self) -> String {
        query::href(&format!("/embed/{}", self.place()), self.pairs.iter().cloned())
    }

    fn kept(&self, address: String) -> String {
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

    /// The name of a file on a reader's disk, without its ending: ASCII, lower case, dashes.
    pub fn stem(&self, provenance: &Provenance) -> String {
        let path = if self.path.is_empty() { "overview".to_owned() } else { self.path.replace('/', "-") };
        let name: String = format!("micro-drama-{path}").chars().take(150).collect();
        format!("{name}-r{}", provenance.revision)
    }

    /// The first and the last day that the rows are about.
    pub fn period(&self) -> Option<(String, String)> {
        let of = |name| self.tables.iter().flat_map(move |table| table.column(name)).map(Cell::written);
        let first = of("period_start").filter(|day| !day.is_empty()).min()?;
        let last = of("period_end").filter(|day| !day.is_empty()).max()?;
        Some((first, last))
    }
}

/// What stands on everything that leaves the site: from where, of which state of the data, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// `https://example.org`, without a slash at its end.
    pub origin: String,
    pub revision: i32,
    pub published_on: NaiveDate,
    /// The day it was taken.
    pub taken_on: NaiveDate,
    /// Where errors are reported, if the site says.
    pub contact: Option<String>,
}

impl Provenance {
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The address that shows this state of the data for ever.
    pub fn frozen(&self, path: &str) -> String {
        self.absolute(&query::with(path, query::AS_OF, &self.revision.to_string()))
    }
}

/// The size of a frame in another page, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSize {
    /// How wide it is at most.
    pub width: Option<u32>,
    /// Its height without the script that fits it to its contents.
    pub height: u32,
    /// How tall it is at most, whatever its contents.
    pub most_height: Option<u32>,
}

/// What a reader puts into his own page to show the frame at `address` in it. The script fits the frame to its contents. The size stands
/// there as attributes too: content management systems remove styles and scripts.
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

/// Who is to be named by whoever uses the data.
pub fn attribution(locale: Locale, revision: i32) -> String {
    let site = site(locale);
    locale.pick(
        format!("{site}, revision {revision}, from the cited sources"),
        format!("{site}，数据版本{revision}，据所列来源汇编"),
    )
}

/// The site's name in a language.
pub fn site(locale: Locale) -> &'static str {
    locale.pick("Micro-Drama Observatory", "微短剧观察")
}

/// The licence of the compiled data.
pub const LICENCE: &str = "CC BY 4.0";
pub const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";
