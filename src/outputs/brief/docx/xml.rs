//! Elements of WordprocessingML: paragraphs, runs, links, pictures. Lengths are in points.

use crate::{
    domain::brief::sheet::TextStyle,
    text::{characters, html},
};

/// Text as XML.
pub fn escaped(text: &str) -> String {
    html::escape(&characters::printable(text)).into_owned()
}

/// Points as twentieths of a point.
pub fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

/// Points as English metric units.
pub fn emu(points: f64) -> i64 {
    (points * 12_700.0).round() as i64
}

/// A run of text in a character style; without one if it is empty.
pub fn run(text: &str, style: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let style = match style {
        "" => String::new(),
        style => format!("<w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>"),
    };
    format!("<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// A paragraph in a paragraph style, around finished runs.
pub fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// An item of a list: `list` is the number of its definition.
pub fn item(style: &str, list: u8, runs: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{runs}</w:p>"
    )
}

/// A link around finished runs; `relation` is its id.
pub fn link(relation: &str, runs: &str) -> String {
    format!("<w:hyperlink r:id=\"{relation}\" w:history=\"1\">{runs}</w:hyperlink>")
}

/// A picture within a line, with its alternative text. `number` is unique in the document.
pub fn picture(
    number: usize,
    relation: &str,
    (width, height): (f64, f64),
    title: &str,
    words: &str,
) -> String {
    let (cx, cy) = (emu(width), emu(height));
    let (title, words) = (escaped(title), escaped(words));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
         <wp:docPr id=\"{number}\" name=\"Picture {number}\" descr=\"{words}\" title=\"{title}\"/>\
         <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"Picture {number}\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// A paragraph style: its name, what it is based on, type, and further properties of paragraph and text.
pub fn style(id: &str, name: &str, text: TextStyle, of_paragraph: &str, of_text: &str) -> String {
    let TextStyle { size, leading, before, after } = text;
    let half = (size * 2.0).round() as i64;
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{of_paragraph}<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/></w:pPr>\
         <w:rPr>{of_text}<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr></w:style>",
        twips(before),
        twips(after),
        twips(leading),
    )
}
