//! The text of the document: each block of a brief as paragraphs, tables and pictures.

use super::xml;
use crate::{
    charts::{self, Picture, Printed},
    domain::brief::{
        model::{Block, Brief, BriefCell, BriefChart, BriefTable, Foot, TableStyle},
        sheet,
    },
    outputs::{brief::address, files::Provenance},
    text::Locale,
};

/// Size of the pictures as a percentage of their units: about 250 dots per inch on paper.
const SCALE: u16 = 240;

/// The text with the links and pictures that it refers to.
pub struct Body<'a> {
    pub xml: String,
    /// Absolute addresses; the relation of each is `link` and its position.
    pub links: Vec<String>,
    /// PNG files; the relation of each is `picture` and its number from 1.
    pub pictures: Vec<Vec<u8>>,
    locale: Locale,
    provenance: &'a Provenance,
}

impl<'a> Body<'a> {
    pub fn of(brief: &Brief<Printed>, provenance: &'a Provenance) -> anyhow::Result<Body<'a>> {
        let mut body = Body {
            xml: String::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            locale: brief.locale,
            provenance,
        };
        for block in &brief.blocks {
            let xml = body.block(block)?;
            body.xml += &xml;
        }
        Ok(body)
    }

    fn block(&mut self, block: &Block<Printed>) -> anyhow::Result<String> {
        Ok(match block {
            Block::Kicker(text) => xml::paragraph("Kicker", &xml::run(text, "")),
            Block::Title(text) => xml::paragraph("Heading1", &xml::run(text, "")),
            Block::Lead(text) => xml::paragraph("Subtitle", &xml::run(text, "")),
            Block::Finding(text) => xml::paragraph("Finding", &xml::run(text, "")),
            Block::Heading(text) => xml::paragraph("Heading2", &xml::run(text, "")),
            Block::Note(text) => xml::paragraph("Note", &xml::run(text, "")),
            Block::Table(table) => self.table(table),
            Block::Charts(charts) => self.charts(charts)?,
            Block::List(items) => {
                items.iter().map(|item| xml::item("ListBullet", 1, &xml::run(item, ""))).collect()
            }
            Block::Sources(sources) => sources
                .iter()
                .map(|source| {
                    let link = self.link(source.url.clone(), &xml::run(&source.url, "Hyperlink"));
                    xml::item(
                        "Small",
                        2,
                        &format!("{}{}{link}", xml::run(&source.text, ""), xml::run(" ", "")),
                    )
                })
                .collect(),
            Block::Foot(foot) => self.foot(foot)?,
        })
    }

    fn link(&mut self, address: String, runs: &str) -> String {
        self.links.push(address);
        xml::link(&format!("link{}", self.links.len() - 1), runs)
    }

    fn table(&mut self, table: &BriefTable) -> String {
        let shares: Vec<u16> = table.columns.iter().map(|column| column.share).collect();
        let last = shares.len().saturating_sub(1);
        // The space between columns belongs to the cell on its left.
        let widths = sheet::widths(&shares).into_iter().enumerate();
        let widths: Vec<f64> =
            widths.map(|(at, width)| width + if at < last { sheet::CELL_GAP } else { 0.0 }).collect();
        let labels = table.columns.iter().zip(&widths);
        let head: String = labels
            .enumerate()
            .map(|(at, (column, width))| {
                let text = xml::paragraph("Under", &xml::run(&column.label, ""));
                cell(*width, (false, at == last), &text)
            })
            .collect();
        let head = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>");
        let rows: String = table
            .rows
            .iter()
            .map(|row| {
                let cells: String = row
                    .iter()
                    .zip(&widths)
                    .enumerate()
                    .map(|(at, (one, width))| {
                        let contents = self.contents(one, table.style, at);
                        cell(*width, (true, at == last), &contents)
                    })
                    .collect();
                format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
            })
            .collect();
        framed(&widths, &format!("{head}{rows}"))
    }

    fn contents(&mut self, one: &BriefCell, style: TableStyle, at: usize) -> String {
        let (of_paragraph, of_text) = match (style, at) {
            (TableStyle::Figures, 0) => ("Value", ""),
            (TableStyle::Figures, 1) => ("Cell", "Strong"),
            _ => ("Cell", ""),
        };
        let text = xml::run(&one.text, of_text);
        let text = match &one.href {
            Some(href) => self.link(self.provenance.absolute(href), &text),
            None => text,
        };
        let under = match one.under.is_empty() {
            true => String::new(),
            false => xml::paragraph("Under", &xml::run(&one.under, "")),
        };
        xml::paragraph(of_paragraph, &text) + &under
    }

    /// One chart over the whole width, or two in the cells of a table without lines.
    fn charts(&mut self, charts: &[BriefChart<Printed>]) -> anyhow::Result<String> {
        let width = sheet::chart_width(charts.len());
        let gap = "<w:p><w:pPr><w:spacing w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>";
        if let [chart] = charts {
            return Ok(format!("{gap}{}", self.chart(chart, width)?));
        }
        let mut cells = String::new();
        for (at, chart) in charts.iter().enumerate() {
            let room = if at + 1 < charts.len() { sheet::CHART_GAP } else { 0.0 };
            cells += &plain_cell(width + room, &self.chart(chart, width)?);
        }
        let widths = [width + sheet::CHART_GAP, width];
        Ok(format!("{gap}{}{gap}", framed(&widths, &format!("<w:tr>{cells}</w:tr>"))))
    }

    fn chart(&mut self, chart: &BriefChart<Printed>, width: f64) -> anyhow::Result<String> {
        let drawing = &chart.drawing;
        let height = drawing.height * width / drawing.width.max(1.0);
        let picture = self.picture(&drawing.picture, (width, height), &chart.title, &chart.summary, SCALE)?;
        let text = |style: &str, text: &str| match text.is_empty() {
            true => String::new(),
            false => xml::paragraph(style, &xml::run(text, "")),
        };
        let drawn = format!("<w:p><w:pPr><w:keepNext/></w:pPr>{picture}</w:p>");
        let (title, subtitle) = (text("Caption", &chart.title), text("Small", &chart.subtitle));
        Ok(format!("{title}{subtitle}{drawn}{}", text("Small", &chart.source_line)))
    }

    fn picture(
        &mut self,
        picture: &Picture,
        size: (f64, f64),
        title: &str,
        words: &str,
        scale: u16,
    ) -> anyhow::Result<String> {
        self.pictures.push(charts::png(picture, scale)?);
        let number = self.pictures.len();
        Ok(xml::picture(number, &format!("picture{number}"), size, title, words))
    }

    /// State of the data and address, beside the code.
    fn foot(&mut self, foot: &Foot) -> anyhow::Result<String> {
        let (address, code) = address(foot, self.provenance);
        let lines: String =
            foot.lines.iter().map(|line| xml::paragraph("Small", &xml::run(line, ""))).collect();
        let link = self.link(address.clone(), &xml::run(&address, "Hyperlink"));
        let lines = format!("{lines}{}", xml::paragraph("Small", &link));
        let drawn = match code {
            Some(code) => {
                let words = self.locale.pick("QR code of the address", "网址二维码");
                let (svg, side) = (code.svg(), code.side * 8);
                let picture = Picture {
                    svg,
                    title: words.to_owned(),
                    description: String::new(),
                    width: side,
                    height: side,
                };
                self.picture(&picture, (sheet::CODE, sheet::CODE), words, words, 100)?
            }
            None => String::new(),
        };
        let drawn = format!("<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr>{drawn}</w:p>");
        let widths = [sheet::WIDTH - sheet::CODE - sheet::CELL_GAP, sheet::CODE + sheet::CELL_GAP];
        let row = format!("<w:tr>{}{}</w:tr>", plain_cell(widths[0], &lines), plain_cell(widths[1], &drawn));
        let space = xml::twips(sheet::FOOT_GAP);
        let space = format!("<w:p><w:pPr><w:spacing w:line=\"{space}\" w:lineRule=\"exact\"/></w:pPr></w:p>");
        // A text ends with a paragraph, here as low as one can be.
        let end = "<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>";
        Ok(format!("{space}{}{end}", framed(&widths, &row)))
    }
}

/// A table of fixed columns around finished rows.
fn framed(widths: &[f64], rows: &str) -> String {
    let all = xml::twips(widths.iter().sum());
    let columns: String =
        widths.iter().map(|width| format!("<w:gridCol w:w=\"{}\"/>", xml::twips(*width))).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>\
         <w:tblLook w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr>\
         <w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
}

/// A cell of a table of figures or rows; `ruled`: with a line above it; `is_last`: without space to the right of it.
fn cell(width: f64, (ruled, is_last): (bool, bool), contents: &str) -> String {
    let gap = if is_last { 0.0 } else { sheet::CELL_GAP };
    let line = match ruled {
        true => {
            "<w:tcBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"DAD7CF\"/></w:tcBorders>"
        }
        false => "",
    };
    let (width, pad, gap) = (xml::twips(width), xml::twips(sheet::CELL_PAD), xml::twips(gap));
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{line}<w:tcMar><w:top w:w=\"{pad}\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"{pad}\" w:type=\"dxa\"/><w:right w:w=\"{gap}\" w:type=\"dxa\"/></w:tcMar></w:tcPr>{contents}</w:tc>"
    )
}

/// A cell of a table that only places its contents.
fn plain_cell(width: f64, contents: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{contents}</w:tc>", xml::twips(width))
}
