//! Briefs as DOCX and PDF: the blocks of the page, in the same order and the same words.

mod docx;
mod pdf;
pub mod routes;

use crate::{
    charts::{Printed, QrCode},
    domain::brief::{
        model::{Brief, Foot},
        sheet::MAX_CODE_SIDE,
    },
    outputs::files::Provenance,
};

/// Formats of a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BriefFormat {
    Docx,
    Pdf,
}

impl BriefFormat {
    fn of_ending(ending: &str) -> Option<BriefFormat> {
        match ending {
            "docx" => Some(BriefFormat::Docx),
            "pdf" => Some(BriefFormat::Pdf),
            _ => None,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            BriefFormat::Docx => "docx",
            BriefFormat::Pdf => "pdf",
        }
    }

    fn kind(self) -> &'static str {
        match self {
            BriefFormat::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            BriefFormat::Pdf => "application/pdf",
        }
    }

    /// Writes a brief.
    fn written(self, brief: &Brief<Printed>, provenance: &Provenance) -> anyhow::Result<Vec<u8>> {
        match self {
            BriefFormat::Docx => docx::written(brief, provenance),
            BriefFormat::Pdf => pdf::written(brief, provenance),
        }
    }
}

/// The address at the foot, and its code where it is short enough for one.
fn address(foot: &Foot, provenance: &Provenance) -> (String, Option<QrCode>) {
    let address = provenance.absolute(&foot.path);
    let code = QrCode::of(&address).filter(|code| code.side <= MAX_CODE_SIDE);
    (address, code)
}
