//! A brief as a sequence of blocks, which page, DOCX and PDF print alike.

use serde::{Deserialize, Serialize};

use crate::text::Locale;

/// A finished brief. `C` is a chart: its description, or its drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brief<C> {
    pub locale: Locale,
    pub title: String,
    /// Path and query string of the page that the brief is about, with the language.
    pub page: String,
    /// Number of A4 pages that it may fill.
    pub pages: u8,
    pub blocks: Vec<Block<C>>,
}

/// A part of a brief, from the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block<C> {
    /// What kind of brief it is, and of which site.
    Kicker(String),
    Title(String),
    /// What the thing is.
    Lead(String),
    /// The finding sentence.
    Finding(String),
    Heading(String),
    Table(BriefTable),
    /// One chart over the whole width, or two side by side.
    Charts(Vec<BriefChart<C>>),
    List(Vec<String>),
    /// What was left out for want of room, and where it is.
    Note(String),
    Sources(Vec<BriefSource>),
    Foot(Foot),
}

/// A chart with the texts that are printed around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefChart<C> {
    pub title: String,
    pub subtitle: String,
    pub source_line: String,
    /// The chart in words: its alternative text.
    pub summary: String,
    pub drawing: C,
}

/// Purpose of a table, which decides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableStyle {
    /// Key figures: the value in large type.
    Figures,
    Rows,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefTable {
    pub style: TableStyle,
    pub columns: Vec<BriefColumn>,
    pub rows: Vec<Vec<BriefCell>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefColumn {
    pub label: String,
    /// Share of the width, in thousandths.
    pub share: u16,
}

/// A cell: its text, and smaller text below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefCell {
    pub text: String,
    pub under: String,
    /// Path of the page about it, with the language.
    pub href: Option<String>,
}

impl BriefCell {
    pub fn new(text: impl Into<String>) -> BriefCell {
        BriefCell { text: text.into(), ..BriefCell::default() }
    }

    pub fn under(self, under: impl Into<String>) -> BriefCell {
        BriefCell { under: under.into(), ..self }
    }

    pub fn linked(self, href: String) -> BriefCell {
        BriefCell { href: Some(href), ..self }
    }
}

/// A source with its number on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefSource {
    pub number: usize,
    /// Publisher, date and title.
    pub text: String,
    pub url: String,
}

/// State of the data, licence, and where the brief is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foot {
    pub lines: Vec<String>,
    /// Permanent path of the brief, with the language and the state of the data.
    pub path: String,
}

impl<C> Brief<C> {
    /// Replaces the charts.
    pub fn draw<D>(self, mut draw: impl FnMut(C) -> D) -> Brief<D> {
        let mut chart = |chart: BriefChart<C>| BriefChart {
            title: chart.title,
            subtitle: chart.subtitle,
            source_line: chart.source_line,
            summary: chart.summary,
            drawing: draw(chart.drawing),
        };
        let mut block = |block: Block<C>| match block {
            Block::Kicker(text) => Block::Kicker(text),
            Block::Title(text) => Block::Title(text),
            Block::Lead(text) => Block::Lead(text),
            Block::Finding(text) => Block::Finding(text),
            Block::Heading(text) => Block::Heading(text),
            Block::Table(table) => Block::Table(table),
            Block::Charts(charts) => Block::Charts(charts.into_iter().map(&mut chart).collect()),
            Block::List(items) => Block::List(items),
            Block::Note(text) => Block::Note(text),
            Block::Sources(sources) => Block::Sources(sources),
            Block::Foot(foot) => Block::Foot(foot),
        };
        Brief {
            locale: self.locale,
            title: self.title,
            page: self.page,
            pages: self.pages,
            blocks: self.blocks.into_iter().map(&mut block).collect(),
        }
    }
}
