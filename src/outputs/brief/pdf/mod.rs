//! A brief as PDF: tagged (PDF/UA-1), with the shipped fonts embedded as subsets.

mod blocks;
mod draw;
mod layout;
mod tree;

use anyhow::{Context, anyhow};
use chrono::Datelike;
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    geom::Point,
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
};

use self::{layout::Layout, tree::Tree};
use crate::{
    charts::Printed,
    domain::brief::{model::Brief, sheet},
    outputs::files::{Provenance, site},
};

/// Returns the brief as a document. The same state of the data gives the same bytes.
///
/// # Errors
///
/// If the document is not what PDF/UA-1 asks for, which indicates a bug.
pub fn written(brief: &Brief<Printed>, provenance: &Provenance) -> anyhow::Result<Vec<u8>> {
    let layout = blocks::laid_out(brief, provenance);
    let settings = SerializeSettings { configuration: accessible()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let size =
        PageSettings::from_wh(sheet::PAGE.0 as f32, sheet::PAGE.1 as f32).context("the size of the page")?;
    let Layout { pages, mut tree, headings, latin, .. } = layout;
    let pen = draw::Pen { fonts: draw::fonts().context("the shipped fonts")?, latin };
    for items in &pages {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        draw::items(&mut surface, items, &mut tree, pen);
        surface.finish();
        draw::links(&mut page, items, &mut tree);
        page.finish();
    }
    document.set_tag_tree(Tree::finished(tree, brief.locale.tag()));
    let mut outline = Outline::new();
    for (text, page, y) in headings {
        let at = XyzDestination::new(page, Point::from_xy(sheet::SIDE as f32, y as f32));
        outline.push_child(OutlineNode::new(text, at));
    }
    document.set_outline(outline);
    document.set_metadata(metadata(brief, provenance));
    document.finish().map_err(|error| anyhow!("{error:?}"))
}

fn accessible() -> anyhow::Result<Configuration> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    configuration.map_err(|error| anyhow!("{error:?}"))
}

fn metadata(brief: &Brief<Printed>, provenance: &Provenance) -> Metadata {
    let day = provenance.published_on;
    let made = DateTime::new(day.year().unsigned_abs() as u16).month(day.month() as u8).day(day.day() as u8);
    let site = site(brief.locale).to_owned();
    Metadata::new()
        .title(brief.title.clone())
        .language(brief.locale.tag().to_owned())
        .authors(vec![site.clone()])
        .creator(site)
        .creation_date(made)
}
