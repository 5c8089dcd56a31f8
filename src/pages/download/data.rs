//! Server functions of the download page.

use crate::{error::AppError, loaders::page_snapshot, text::Locale};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::snippets::Snippet;

/// A downloadable file with its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    /// `CSV`, `Excel` …
    pub name: String,
    pub about: String,
    pub href: String,
    pub rows: usize,
    /// Size in bytes.
    pub size: usize,
    /// Whether the size is an estimate from part of the rows.
    pub reckoned: bool,
}

/// Files of the displayed rows, or of all rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSet {
    pub title: String,
    pub files: Vec<FileRow>,
}

/// What the reader can change in a chart, and has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DressForm {
    /// Path of the download page, and its query string without the changes as pairs.
    pub action: String,
    pub state: Vec<(String, String)>,
    /// Titles of the charts of the page; the number of the changed one, from 0.
    pub charts: Vec<String>,
    pub chosen: usize,
    /// Labels of its series, and the years that it covers.
    pub series: Vec<String>,
    pub years: Option<(i32, i32)>,
    /// Names and values of the changes.
    pub values: Vec<(String, String)>,
}

/// A chart of the page, as pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRow {
    pub title: String,
    pub preview: String,
    /// Address of the embeddable frame.
    pub frame: String,
    /// Name of each picture format with the addresses of its SVG, PNG and PNG at double size.
    pub shapes: Vec<(String, [String; 3])>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    pub title: String,
    /// Section that contains the page, as name and path.
    pub section: Option<(String, String)>,
    /// Path of the page.
    pub page: String,
    pub live: String,
    pub frozen: String,
    /// Pinned to what is known today, and that day; absent where the address asks for a day already.
    pub known: Option<(String, chrono::NaiveDate)>,
    pub revision: i32,
    pub sets: Vec<FileSet>,
    pub pictures: Vec<PictureRow>,
    /// None if the page has no chart.
    pub dress: Option<DressForm>,
    /// The displayed rows as tab-separated text, for pasting into a spreadsheet.
    pub table: String,
    /// Number of rows in `table`, if it is truncated.
    pub only: Option<usize>,
    /// Embed codes: live, pinned to a revision, and pinned to what is known today.
    pub embeds: Embeds,
    pub embed_preview: String,
    /// Citation styles with their text.
    pub citations: Vec<(String, String)>,
    /// Reference manager formats with their addresses.
    pub references: Vec<(String, String)>,
    pub snippets: Vec<Snippet>,
    pub feeds: Vec<(String, String)>,
}

/// HTML that embeds the page: with the newest data, with those of this revision, and with what is known today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embeds {
    pub live: String,
    pub frozen: String,
    pub known: Option<String>,
}

/// Server function: returns everything that can be downloaded from the page with this path and query string. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "download", input = leptos::server_fn::codec::GetUrl)]
pub async fn of_page(locale: Locale, path: String, raw: String) -> Result<Panel, AppError> {
    use crate::outputs::{
        files::{
            Citation, CitationFormat, FrameSize, RowScope, RowWindow, documents::export_document, dressing,
            frame_code, picture::PictureOptions,
        },
        request_context,
    };
    use crate::text::query::{self, Query};

    /// Maximum number of rows read for copying and for estimating file sizes.
    const MAX_ROWS: usize = 1000;
    /// Height in pixels of a frame that cannot adapt to its contents.
    const FRAME_HEIGHT: u32 = 560;

    let snapshot = page_snapshot().await?;
    let asked = Query::decode(&raw);
    let (dress, number) = (dressing::parse(&asked)?, PictureOptions::number(&asked)?);
    let raw = query::without(&dressing::without(&raw), "chart");
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let some = async |scope, most| {
        export_document(&snapshot, locale, &segments, &raw, RowWindow { most, ..RowWindow::whole(scope) })
            .await
    };
    let shown = some(RowScope::Shown, MAX_ROWS).await?;
    let provenance = request_context::page_provenance(&snapshot);
    let citation = Citation::of(&shown, &provenance);
    let words = [
        (CitationFormat::Short, locale.pick("Short", "简短")),
        (CitationFormat::Full, locale.pick("Full", "完整")),
        (CitationFormat::Gbt2025, "GB/T 7714-2025"),
        (CitationFormat::Gbt2015, "GB/T 7714-2015"),
    ];
    let mut sets = vec![server::files(&shown, RowScope::Shown, &provenance)?];
    // The rows of a list can be counted without a second read.
    if shown.cut.is_none() || some(RowScope::All, 1).await?.rows() > shown.rows() {
        let all = some(RowScope::All, MAX_ROWS).await?;
        if all.rows() > shown.rows() {
            sets.push(server::files(&all, RowScope::All, &provenance)?);
        }
    }
    // A frame without a number shows the table where there is no chart.
    let changed = |address: String| {
        let address = dressing::with(address, &dress);
        number.map(|number| query::with(&address, "chart", &number.to_string())).unwrap_or(address)
    };
    let frame = changed(shown.frame());
    let size = FrameSize { width: None, height: FRAME_HEIGHT, most_height: None };
    let known = |address: String| {
        provenance.absolute(&query::with(&address, query::KNOWN_ON, &snapshot.today.to_string()))
    };
    let code = |address: String| frame_code(&shown.title, &address, &provenance, size);
    Ok(Panel {
        page: shown.address(),
        section: server::section(&shown),
        live: provenance.absolute(&shown.live()),
        frozen: provenance.frozen(&shown.live()),
        known: snapshot.known_on.is_none().then(|| (known(shown.live()), snapshot.today)),
        revision: provenance.revision,
        sets,
        pictures: server::pictures(&shown, number.unwrap_or(1), &dress)?,
        dress: server::dress_form(&shown, number.unwrap_or(1), &dress),
        table: server::tabbed(&shown),
        only: shown.cut.filter(|cut| cut.left > 0).map(|_| MAX_ROWS),
        embeds: Embeds {
            live: code(provenance.absolute(&changed(shown.live_frame()))),
            frozen: code(provenance.frozen(&changed(shown.live_frame()))),
            known: snapshot.known_on.is_none().then(|| code(known(changed(shown.live_frame())))),
        },
        embed_preview: frame,
        citations: words.into_iter().map(|(form, name)| (name.to_owned(), citation.written(form))).collect(),
        references: [("BibTeX", "cite.bib"), ("RIS", "cite.ris"), ("CSL-JSON", "cite.csl.json")]
            .into_iter()
            .map(|(name, file)| (name.to_owned(), shown.file(file)))
            .collect(),
        snippets: super::snippets::of(&shown, &provenance),
        feeds: crate::outputs::feeds::addresses(&shown),
        title: shown.title,
    })
}

mod server {
    use super::{DressForm, FileRow, FileSet, PictureRow};
    use crate::{
        charts::Dress,
        domain::{registry::SinglePage, table::Table},
        error::{AppError, QueryError, QueryProblem},
        loaders::registry,
        outputs::files::{
            ExportDocument, FileOptions, Provenance, RowScope, csv, dressing, guarded, json, parquet, xlsx,
            zip,
        },
        text::{
            number::grouped,
            query::{self, Query},
        },
    };

    /// Returns a file, or logs why it could not be written.
    fn written<E: std::fmt::Display>(file: Result<Vec<u8>, E>) -> Result<Vec<u8>, AppError> {
        file.map_err(|error| {
            tracing::error!(%error, "a file could not be written");
            AppError::Internal
        })
    }

    /// # Errors
    ///
    /// [`AppError::Internal`] if a file cannot be written.
    pub fn files(
        document: &ExportDocument,
        scope: RowScope,
        provenance: &Provenance,
    ) -> Result<FileSet, AppError> {
        let locale = document.locale;
        let (rows, held) = (document.rows(), document.tables[0].rows.len());
        let reckoned = rows > held;
        // File size is proportional to the number of rows.
        let size = |bytes: Vec<u8>| if reckoned { bytes.len() * rows / held.max(1) } else { bytes.len() };
        let tables: Vec<&Table> = document.tables.iter().collect();
        let address = |name: &str| match scope {
            RowScope::Shown => document.file(name),
            RowScope::All => query::with(&document.file(name), "scope", "all"),
        };
        let several = document.tables.len() > 1;
        let mut files = Vec::new();
        for table in &document.tables {
            let name =
                if several { format!("CSV: {}", table.schema.label(locale)) } else { "CSV".to_owned() };
            let href = match several {
                true => query::with(&address("data.csv"), "table", table.schema.name),
                false => address("data.csv"),
            };
            files.push(FileRow {
                name,
                about: locale
                    .pick("opens in any spreadsheet, Chinese intact", "可用任何电子表格打开，中文不乱码")
                    .to_owned(),
                href,
                rows: if several { table.rows.len() } else { rows },
                size: size(written(csv(table, &FileOptions::default(), locale))?),
                reckoned,
            });
        }
        let total = if several { document.tables.iter().map(|table| table.rows.len()).sum() } else { rows };
        files.push(FileRow {
            name: "Excel".to_owned(),
            about: locale.pick("with notes, sources and definitions", "附说明、来源和定义").to_owned(),
            href: address("data.xlsx"),
            rows: total,
            size: size(written(xlsx(document, &tables, provenance))?),
            reckoned,
        });
        files.push(FileRow {
            name: "JSON".to_owned(),
            about: locale.pick("stable names, exact numbers", "字段名稳定，数值精确").to_owned(),
            href: address("data.json"),
            rows: total,
            size: size(written(json(document, None, provenance))?),
            reckoned,
        });
        for table in &document.tables {
            let is_first = table.schema.name == document.tables[0].schema.name;
            let href = match is_first {
                true => address("data.parquet"),
                false => query::with(&address("data.parquet"), "table", table.schema.name),
            };
            files.push(FileRow {
                name: match several {
                    true => format!("Parquet: {}", table.schema.label(locale)),
                    false => "Parquet".to_owned(),
                },
                about: locale
                    .pick(
                        "typed columns, for DuckDB, Polars, pandas and R",
                        "列带类型，适用于DuckDB、Polars、pandas和R",
                    )
                    .to_owned(),
                href,
                rows: if several { table.rows.len() } else { rows },
                size: size(written(parquet(document, table, provenance, Vec::new()))?),
                reckoned,
            });
        }
        files.push(FileRow {
            name: "ZIP".to_owned(),
            about: locale
                .pick("rows, readme, citation and a data package", "数据、说明、引用和数据包描述")
                .to_owned(),
            href: address("data.zip"),
            rows: total,
            size: size(written(zip(document, provenance))?),
            reckoned,
        });
        let count = grouped(rows.into());
        let title = match scope {
            RowScope::Shown => {
                locale.pick(format!("The rows shown: {count}"), format!("当前显示的数据：{count}行"))
            }
            RowScope::All => locale.pick(format!("All rows: {count}"), format!("全部数据：{count}行")),
        };
        Ok(FileSet { title, files })
    }

    /// Returns the pictures of every chart; the one of that number, from 1, is changed.
    ///
    /// # Errors
    ///
    /// If there is no such chart, or a change does not fit it.
    pub fn pictures(
        document: &ExportDocument,
        number: usize,
        dress: &Dress,
    ) -> Result<Vec<PictureRow>, AppError> {
        let locale = document.locale;
        if document.charts.get(number - 1).is_none() && (number > 1 || !dress.is_plain()) {
            return Err(QueryError::new("chart", &number.to_string(), QueryProblem::NothingThere).into());
        }
        let charts = document.charts.iter().enumerate();
        charts
            .map(|(at, chart)| {
                let is_changed = at + 1 == number;
                let title = match is_changed {
                    true => dressing::dressed(chart, dress)?.heading().title.clone(),
                    false => chart.heading().title.clone(),
                };
                let own = |address: String| {
                    let address = match at {
                        0 => address,
                        _ => query::with(&address, "chart", &(at + 1).to_string()),
                    };
                    if is_changed { dressing::with(address, dress) } else { address }
                };
                let address = |file: &str, size: &str, scale: bool| {
                    let address = own(query::with(&document.file(file), "size", size));
                    if scale { query::with(&address, "scale", "2") } else { address }
                };
                let shape = |word: &str, name: &str| {
                    let addresses = [
                        address("chart.svg", word, false),
                        address("chart.png", word, false),
                        address("chart.png", word, true),
                    ];
                    (name.to_owned(), addresses)
                };
                Ok(PictureRow {
                    title,
                    preview: address("chart.svg", "wide", false),
                    frame: own(document.frame()),
                    shapes: vec![
                        shape("wide", locale.pick("Wide, 1600 × 900", "宽幅 1600 × 900")),
                        shape("square", locale.pick("Square, 1080 × 1080", "方形 1080 × 1080")),
                        shape("portrait", locale.pick("Portrait, 1080 × 1350", "竖幅 1080 × 1350")),
                        shape("card", locale.pick("Share card, 1200 × 630", "分享卡片 1200 × 630")),
                    ],
                })
            })
            .collect()
    }

    /// Returns what can be changed of the chart of that number, from 1.
    pub fn dress_form(document: &ExportDocument, number: usize, dress: &Dress) -> Option<DressForm> {
        let chart = document.charts.get(number - 1)?;
        let page = document.file("download");
        let (action, state) = page.split_once('?').unwrap_or((&page, ""));
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Some(DressForm {
            action: action.to_owned(),
            state: Query::decode(state).pairs().map(owned).collect(),
            charts: document.charts.iter().map(|chart| chart.heading().title.clone()).collect(),
            chosen: number - 1,
            series: chart.labels(),
            years: chart.years(),
            values: dressing::pairs(dress).iter().map(|(name, value)| owned((name, value))).collect(),
        })
    }

    /// Converts rows to clipboard text for spreadsheets: tab-separated, without line breaks in cells, and with formulas neutralised.
    pub fn tabbed(document: &ExportDocument) -> String {
        let table = &document.tables[0];
        let at = table.schema.glance();
        let line = |cells: Vec<String>| cells.join("\t");
        let mut lines = vec![line(
            at.iter().map(|at| table.schema.columns[*at].label(document.locale).to_owned()).collect(),
        )];
        for row in &table.rows {
            lines.push(line(
                at.iter()
                    .map(|at| {
                        guarded(&row[*at], table.schema.columns[*at].kind).replace(['\t', '\n', '\r'], " ")
                    })
                    .collect(),
            ));
        }
        lines.join("\n")
    }

    /// Returns the section to which a page belongs: a list, or the charts; `None` for a list itself.
    pub fn section(document: &ExportDocument) -> Option<(String, String)> {
        let locale = document.locale;
        let (room, below) = document.path.split_once('/').unwrap_or((&document.path, ""));
        let name = match room {
            "explore" => SinglePage::Explore.name(locale),
            _ if below.is_empty() => return None,
            noun => registry::list(noun.parse().ok()?, locale).title,
        };
        Some((name.to_owned(), format!("/{locale}/{room}")))
    }
}
