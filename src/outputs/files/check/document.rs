//! Export document of a checked text: its numbers with their verdicts, and the figures that they were compared with.

use std::sync::LazyLock;

use crate::{
    domain::{
        check::model::{CheckQuery, Claim},
        revisions::Snapshot,
        table::{
            ColumnType::{Text, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    error::AppError,
    loaders::check::{
        data,
        titles::{description, title},
    },
    outputs::files::{
        ExportDocument,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

static CLAIMS: LazyLock<TableSchema> =
    LazyLock::new(|| TableSchema::of::<Claim>("claims", "Numbers of the text", "文中的数字", &[]));

pub fn schema() -> &'static TableSchema {
    &CLAIMS
}

impl ToRow for Claim {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<Claim>) {
        columns
            .add("text", Text, "Text", "原文", |row, _| row.text.as_str().into())
            .about("The clause that the number stands in.", "数字所在的分句。");
        columns
            .add("number", Text, "Number", "数字", |row, _| row.number.as_str().into())
            .about("As written.", "按原文写法。");
        columns
            .add("unit", Text, "Unit", "单位", |row, _| row.unit.as_deref().into())
            .about("As written.", "按原文写法。");
        columns.add("verdict", Word, "Verdict", "结论代码", |row, _| row.verdict.word().into()).about(
            "matches, matches-older, other-scope, differs, unit-slip or not-held.",
            "matches、matches-older、other-scope、differs、unit-slip或not-held。",
        );
        columns.add("verdict_label", Text, "Verdict, in words", "结论", |row, locale| {
            row.verdict.name(locale).into()
        });
        columns.add("why", Text, "Why", "理由", |row, locale| row.reason(locale).into());
        columns
            .add("candidates", Text, "Figures held", "已收录数据", |row, locale| {
                let figures: Vec<String> = row.candidates.iter().map(|one| one.cited(locale)).collect();
                figures.join(locale.pick("; ", "；")).into()
            })
            .about(
                "Figures that may be meant, those that decided the verdict first.",
                "可能所指的数据，决定结论者在前。",
            );
    }
}

/// Rows of observations, as other lists give them.
pub fn candidates(claims: &[Claim], locale: Locale) -> Table {
    let mut rows: Vec<ObservationRow<'_>> = Vec::new();
    for one in claims.iter().flat_map(|claim| &claim.candidates) {
        let known = rows.iter().any(|row| {
            row.observation == &one.observation && row.indicator.named.id == one.indicator.named.id
        });
        if !known {
            rows.push(ObservationRow { indicator: &one.indicator, observation: &one.observation });
        }
    }
    Table::of(&rows, locale)
}

/// Exports the numbers of the text in the address.
pub async fn claims(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<ExportDocument, AppError> {
    let query = CheckQuery::parse(raw)?;
    let page = data::check_from(snapshot, query.clone()).await?;
    let claims = page.claims.unwrap_or_default();
    let found = || claims.iter().flat_map(|claim| &claim.candidates);
    let mut tables = vec![Table::of(&claims, locale)];
    if found().next().is_some() {
        tables.push(candidates(&claims, locale));
    }
    Ok(ExportDocument {
        locale,
        path: "check".to_owned(),
        pairs: if query.is_linkable() { query.pairs() } else { Vec::new() },
        title: title(locale).to_owned(),
        description: description(query.text.is_some().then_some(claims.as_slice()), locale),
        credits: credits(found().map(|one| &one.observation.source)),
        definitions: match found().next() {
            Some(_) => definitions(found().map(|one| &one.indicator), locale),
            None => Vec::new(),
        },
        tables,
        ..ExportDocument::default()
    })
}
