//! Pictures of a page: its chart, or a card that summarizes it.

use super::{ExportDocument, LICENCE, Provenance, dressing};
use crate::{
    charts::{self, Dress, Foot, Outline, Picture, Theme},
    error::{AppError, QueryError, QueryProblem},
    text::query::{self, Query},
};

/// Options of a picture: parameters in addition to those of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOptions {
    pub outline: Outline,
    pub theme: Theme,
    /// Size of a PNG as a percentage of the drawing's size.
    pub scale: u16,
    /// Which of the page's charts, from 1.
    pub number: usize,
    pub dress: Dress,
}

impl PictureOptions {
    const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];
    const SCALES: [(&str, u16); 4] = [("0.25", 25), ("0.5", 50), ("1", 100), ("2", 200)];
    const PARAMETERS: [&str; 4] = ["size", "theme", "scale", "chart"];
    /// No page has more charts than an organization has indicators.
    const MAX: usize = 99;

    /// Parses which of the page's charts is requested, from 1.
    pub fn number(query: &Query) -> Result<Option<usize>, QueryError> {
        let Some(value) = query.one("chart")? else { return Ok(None) };
        let number = value.parse().ok().filter(|number| (1..=Self::MAX).contains(number));
        number.map(Some).ok_or_else(|| QueryError::new("chart", value, QueryProblem::NothingThere))
    }

    /// Splits a query string into these options and the page's own query string.
    pub fn split(raw: &str) -> Result<(PictureOptions, String), QueryError> {
        let query = Query::decode(raw);
        let frame = PictureOptions {
            outline: query.word("size", &Outline::WORDS)?.unwrap_or(Outline::Wide),
            theme: query.word("theme", &Self::THEMES)?.unwrap_or(Theme::Light),
            scale: query.word("scale", &Self::SCALES)?.unwrap_or(100),
            number: Self::number(&query)?.unwrap_or(1),
            dress: dressing::parse(&query)?,
        };
        let rest =
            Self::PARAMETERS.iter().fold(dressing::without(raw), |raw, name| query::without(&raw, name));
        Ok((frame, rest))
    }
}

/// Returns a chart of the page.
///
/// # Errors
///
/// If the page has no chart of that number.
pub fn chart(
    document: &ExportDocument,
    frame: &PictureOptions,
    provenance: &Provenance,
) -> Result<Picture, AppError> {
    let foot = foot(document, provenance);
    match document.charts.get(frame.number - 1) {
        Some(chart) => Ok(dressing::dressed(chart, &frame.dress)?.picture(frame.outline, frame.theme, &foot)),
        None if document.charts.is_empty() => Err(AppError::NotFound),
        None => Err(QueryError::new("chart", &frame.number.to_string(), QueryProblem::NothingThere).into()),
    }
}

/// Returns the card that other sites show beside a link to the page: its chart where that fits, otherwise its summary.
pub fn card(document: &ExportDocument, frame: &PictureOptions, provenance: &Provenance) -> Picture {
    let foot = foot(document, provenance);
    let drawn = document.charts.first().map(|chart| chart.picture(Outline::Card, frame.theme, &foot));
    let fits = drawn.filter(|picture| (picture.width, picture.height) == Outline::Card.size());
    fits.unwrap_or_else(|| {
        let lines = [document.description.clone()];
        charts::card(&document.title, &lines, Outline::Card, frame.theme, &foot)
    })
}

fn foot(document: &ExportDocument, provenance: &Provenance) -> Foot {
    Foot {
        locale: document.locale,
        revision: provenance.revision,
        published_on: provenance.published_on,
        licence: LICENCE,
        address: provenance.absolute(&document.address()),
    }
}
