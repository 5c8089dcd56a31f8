//! Parts of the package beside the text: types, relations, properties, styles, lists, settings.

use super::{body::Body, xml};
use crate::{
    charts::Printed,
    domain::brief::{model::Brief, sheet},
    outputs::files::{Provenance, site},
    text::Locale,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>";

pub const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>";

pub const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Micro-Drama Observatory</Application></Properties>";

/// Lists: 1 with bullets, 2 with numbers.
pub const NUMBERING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>\
<w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"300\" w:hanging=\"300\"/></w:pPr></w:lvl></w:abstractNum>\
<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
<w:lvlText w:val=\"%1\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"300\" w:hanging=\"300\"/></w:pPr></w:lvl></w:abstractNum>\
<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";

/// Language of the document, as Word names it.
fn language(locale: Locale) -> &'static str {
    locale.pick("en-GB", "zh-CN")
}

/// Title, language and author of the document.
pub fn core(brief: &Brief<Printed>, provenance: &Provenance) -> String {
    let (title, language, author) = (xml::escaped(&brief.title), language(brief.locale), site(brief.locale));
    let day = provenance.published_on;
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
         <dc:language>{language}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>"
    )
}

pub fn settings(locale: Locale) -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{}\" w:eastAsia=\"zh-CN\"/></w:settings>",
        language(locale)
    )
}

/// Text on an A4 page.
pub fn document(body: &str) -> String {
    let [width, height, side, top, bottom] =
        [sheet::PAGE.0, sheet::PAGE.1, sheet::SIDE, sheet::TOP, sheet::BOTTOM].map(xml::twips);
    format!(
        "{HEAD}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{body}\
         <w:sectPr><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{top}\" w:right=\"{side}\" w:bottom=\"{bottom}\" \
         w:left=\"{side}\" w:header=\"0\" w:footer=\"0\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// Relations of the text: styles, lists, settings, then links and pictures.
pub fn relations(body: &Body) -> String {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut out = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for part in ["styles", "numbering", "settings"] {
        out += &format!("<Relationship Id=\"{part}\" Type=\"{OFFICE}/{part}\" Target=\"{part}.xml\"/>");
    }
    for (at, address) in body.links.iter().enumerate() {
        let address = xml::escaped(address);
        out += &format!(
            "<Relationship Id=\"link{at}\" Type=\"{OFFICE}/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/>"
        );
    }
    for number in 1..=body.pictures.len() {
        out += &format!(
            "<Relationship Id=\"picture{number}\" Type=\"{OFFICE}/image\" Target=\"media/picture{number}.png\"/>"
        );
    }
    out + "</Relationships>"
}

/// Styles of headings, paragraphs, cells and links. The names of the East Asian fonts are those of Windows and of macOS.
pub fn styles(locale: Locale) -> String {
    const QUIET: &str = "<w:color w:val=\"525962\"/>";
    const STRONG: &str = "<w:b/><w:bCs/>";
    const ACCENT: &str = "<w:b/><w:bCs/><w:color w:val=\"9E1B32\"/>";
    let keep = "<w:keepNext/>";
    let finding = "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"9E1B32\"/></w:pBdr>";
    let indent = |points: f64| format!("<w:ind w:left=\"{}\"/>", xml::twips(points));
    let heading = |id: &str, name: &str, style, level: u8, text: &str| {
        // The outline level stands after the spacing in the schema.
        let made = xml::style(id, name, style, keep, text);
        made.replace("</w:pPr>", &format!("<w:outlineLvl w:val=\"{level}\"/></w:pPr>"))
    };
    let with_indent =
        |made: String, points: f64| made.replace("</w:pPr>", &format!("{}</w:pPr>", indent(points)));
    let styles = [
        xml::style("Kicker", "Kicker", sheet::KICKER, "", QUIET),
        heading("Heading1", "heading 1", sheet::TITLE, 0, STRONG),
        xml::style("Subtitle", "Subtitle", sheet::LEAD, "", QUIET),
        with_indent(xml::style("Finding", "Finding", sheet::FINDING, finding, STRONG), 11.0),
        heading("Heading2", "heading 2", sheet::HEADING, 1, ACCENT),
        xml::style("Value", "Value", sheet::VALUE, "", STRONG),
        xml::style("Cell", "Cell", sheet::CELL, "", ""),
        xml::style("Under", "Under", sheet::UNDER, "", QUIET),
        xml::style("Caption", "caption", sheet::CAPTION, keep, STRONG),
        xml::style("Small", "Small", sheet::SMALL, "", QUIET),
        xml::style("Note", "Note", sheet::NOTE, "", QUIET),
        xml::style("ListBullet", "List Bullet", sheet::ITEM, "", ""),
    ];
    let fonts =
        "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\" w:eastAsia=\"Microsoft YaHei\"/>";
    format!(
        "{HEAD}<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}\
         <w:color w:val=\"1A1D21\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/><w:lang w:val=\"{}\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Strong\"><w:name w:val=\"Strong\"/><w:rPr>{STRONG}</w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B5CAD\"/><w:u w:val=\"single\"/></w:rPr></w:style>\
         {}</w:styles>",
        // Words of an English document are English; hanzi in it are Chinese by their script.
        language(locale),
        styles.concat()
    )
}
