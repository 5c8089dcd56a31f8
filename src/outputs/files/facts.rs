//! Facts that a reader needs before using the rows: one list for the first sheet of a workbook, the readme and the
//! metadata.

use super::{
    Citation, CitationFormat, ExportDocument, LICENCE, LICENCE_ADDRESS, Provenance, attribution, site,
};
use crate::{domain::table::Table, text::date};

/// Returns each fact with its name, in reading order.
pub fn facts(
    document: &ExportDocument,
    tables: &[&Table],
    provenance: &Provenance,
) -> Vec<(&'static str, String)> {
    let locale = document.locale;
    let name = |en, zh| locale.pick(en, zh);
    let rows: Vec<String> =
        tables.iter().map(|table| format!("{}: {}", table.schema.label(locale), table.rows.len())).collect();
    let mut publishers: Vec<&str> = document.credits.iter().map(|credit| credit.publisher(locale)).collect();
    publishers.sort();
    publishers.dedup();
    let period = document.period().map(|(first, last)| {
        (name("Period", "时段"), locale.pick(format!("{first} to {last}"), format!("{first}至{last}")))
    });
    let chosen = (!document.pairs.is_empty()).then(|| {
        let pairs: Vec<String> =
            document.pairs.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        (name("Chosen", "筛选条件"), pairs.join("; "))
    });
    let contact = provenance
        .contact
        .clone()
        .unwrap_or_else(|| provenance.absolute(&format!("/{locale}/about#corrections")));
    [
        Some((name("About", "内容"), document.description.clone())),
        Some((name("Rows", "行数"), rows.join("; "))),
        period,
        chosen,
        Some((
            name("Source", "来源"),
            locale.pick(
                format!("{} pages of {} publishers; each row names its own.", document.credits.len(), publishers.len()),
                format!("{}个页面，{}家发布方；每行注明各自出处。", document.credits.len(), publishers.len()),
            ),
        )),
        Some((
            name("Updated", "更新"),
            locale.pick(
                format!("Revision {}, published {}.", provenance.revision, date::day(provenance.published_on, locale)),
                format!("数据版本{}，{}发布。", provenance.revision, date::day(provenance.published_on, locale)),
            ),
        )),
        provenance.known_on.map(|day| {
            let day = date::day(day, locale);
            let words = locale.pick(
                format!("Only what sources had published by {day}. Sources without an exact date count when the whole of their month or year has passed; sources without a date are left out."),
                format!("仅含截至{day}来源已发布的内容。来源日期仅到月或年的，待该月或该年结束后才计入；无日期的来源不计入。"),
            );
            (name("As known on", "截至"), words)
        }),
        Some((name("Page", "页面"), provenance.absolute(&document.live()))),
        Some((name("Permanent page", "固定版本页面"), provenance.frozen(&document.live()))),
        Some((name("Rounding", "取整"), rounding(document).to_owned())),
        Some((
            name("Missing values", "缺失值"),
            locale.pick(
                "An empty cell means not known, or does not apply. Nothing is estimated or filled in by us.",
                "空白表示不详或不适用。本站不估算、不填补。",
            )
            .to_owned(),
        )),
        Some((
            name("Revisions", "修订"),
            locale.pick(
                "Every published state is kept for ever under its number; nothing is overwritten. Corrections come with a new revision.",
                "每个已发布的数据版本都按版本号永久保留，不会覆盖；更正随新版本发布。",
            )
            .to_owned(),
        )),
        Some((
            name("Licence", "许可"),
            format!("{LICENCE} ({LICENCE_ADDRESS}): {}", attribution(locale, provenance.revision)),
        )),
        Some((name("Cite as", "引用格式"), Citation::of(document, provenance).written(CitationFormat::Full))),
        Some((name("Contact", "联系"), contact)),
        Some((name("Published by", "发布者"), format!("{} {}", site(locale), provenance.origin))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Says whether values of the document are as the sources print them, or calculated here.
fn rounding(document: &ExportDocument) -> &'static str {
    match document.worked_out {
        false => document.locale.pick(
            "None by us. Values stand as the source prints them; the qualifier says how it words them.",
            "本站不取整。数值按来源原样给出，限定词说明来源的表述方式。",
        ),
        true => document.locale.pick(
            "Values calculated by us (marked as such, with formula and arithmetic) are exact to twelve digits. All others stand as the \
             source prints them.",
            "本站计算的数值（均有标注，附公式与算式）精确至12位有效数字，其余按来源原样给出。",
        ),
    }
}
