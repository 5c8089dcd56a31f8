//! A brief as DOCX (ECMA-376, transitional): the parts of the package, written as XML.

mod body;
mod parts;
mod xml;

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use self::body::Body;
use crate::{charts::Printed, domain::brief::model::Brief, outputs::files::Provenance};

/// Returns the brief as a document. The same state of the data gives the same bytes.
pub fn written(brief: &Brief<Printed>, provenance: &Provenance) -> anyhow::Result<Vec<u8>> {
    let body = Body::of(brief, provenance)?;
    let texts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(brief, provenance)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", parts::document(&body.xml)),
        ("word/styles.xml", parts::styles(brief.locale)),
        ("word/numbering.xml", parts::NUMBERING.to_owned()),
        ("word/settings.xml", parts::settings(brief.locale)),
        ("word/_rels/document.xml.rels", parts::relations(&body)),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // A modification time would change the bytes of the same brief.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in texts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    for (at, picture) in body.pictures.iter().enumerate() {
        archive.start_file(format!("word/media/picture{}.png", at + 1), options)?;
        archive.write_all(picture)?;
    }
    Ok(archive.finish()?.into_inner())
}
