//! The statement that streams every observation of a revision.

use crate::{db::read::FormulaGuard, domain::revisions::ReadAt, text::Locale};

/// What the stream of all observations is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamForm {
    /// A file that spreadsheets open: texts are guarded, and rows come in the order in which they are stored.
    Spreadsheet,
    /// A file of typed columns: texts as stored, and rows in the order of their key, so that a revision always gives the same file.
    Typed,
}

/// Texts of the stream in one language.
#[derive(Clone, Copy, Debug)]
pub struct StreamTexts<'a> {
    pub locale: Locale,
    /// Ending of the names of columns with these texts: none, or `_en` where a file has both languages.
    pub ending: &'a str,
    /// Words of qualifiers, each with its label.
    pub qualifiers: &'a [(&'a str, &'a str)],
}

/// Columns of the stream in one language, as SQL.
struct TextColumns {
    /// Selected from indicators, entities, producers and sources, and a label for each qualifier.
    names: String,
    units: String,
    sources: String,
    qualifiers: String,
    /// Selected from observations joined to them.
    figure: String,
}

impl StreamTexts<'_> {
    fn columns(&self, guard: FormulaGuard) -> TextColumns {
        let StreamTexts { locale, ending, qualifiers } = self;
        let zh = *locale == Locale::Zh;
        let name = guard.of(if zh { "coalesce(name_zh, name_en)" } else { "name_en" });
        let title = guard.of(match zh {
            true => "title",
            false => "case when language <> 'en' then coalesce(title_en, title) else title end",
        });
        let publisher = guard.of(if zh { "coalesce(publisher_zh, publisher)" } else { "publisher" });
        let label = guard.of(if zh { "unit_label_zh" } else { "unit_label_en" });
        let note = guard.of(if zh { "o.note_zh" } else { "o.note_en" });
        let labels: Vec<String> =
            qualifiers.iter().map(|(word, label)| format!("when '{word}' then '{label}'")).collect();
        TextColumns {
            names: format!("{name} as name{ending}"),
            units: format!("case when unit = 'count' then {label} end as counted{ending}"),
            sources: format!("{title} as title{ending}, {publisher} as publisher{ending}"),
            qualifiers: format!("case word {} end as label{ending}", labels.join(" ")),
            figure: format!(
                "i.name{ending} as indicator{ending}, e.name{ending} as entity{ending},
                 i.counted{ending} as unit_label{ending}, w.label{ending} as qualifier_label{ending},
                 p.name{ending} as producer{ending}, s.title{ending} as source_title{ending},
                 s.publisher{ending} as source_publisher{ending}, {note} as note{ending}"
            ),
        }
    }
}

/// Builds the statement that streams every observation of a revision as CSV, with names and texts in one language or in both. `columns` are
/// the names of the columns of the file, in order; Postgres refuses a statement with a name that `figure` below does not have. `statuses`
/// are pairs of a qualifier's word and its status.
///
/// Names are formatted once per item, not once per observation. All text interpolated into the statement originates in this program.
pub fn everything(
    ReadAt { revision, known_on }: ReadAt,
    columns: &[&str],
    texts: &[StreamTexts<'_>],
    statuses: &[(&str, &str)],
    form: StreamForm,
) -> String {
    let (guard, order) = match form {
        StreamForm::Spreadsheet => (FormulaGuard::Spreadsheet, ""),
        StreamForm::Typed => {
            (FormulaGuard::None, "order by indicator_id, entity_id, period_start, period_end, source_id")
        }
    };
    let texts: Vec<TextColumns> = texts.iter().map(|texts| texts.columns(guard)).collect();
    let joined = |part: fn(&TextColumns) -> &str| texts.iter().map(part).collect::<Vec<_>>().join(", ");
    let (names, units) = (joined(|texts| &texts.names), joined(|texts| &texts.units));
    let (sources, labels) = (joined(|texts| &texts.sources), joined(|texts| &texts.qualifiers));
    let (figure, url) = (joined(|texts| &texts.figure), guard.of("url"));
    let words: Vec<String> =
        statuses.iter().map(|(word, status)| format!("('{word}', '{status}')")).collect();
    let words = words.join(", ");
    let columns = columns.join(", ");
    // `COPY` takes no parameters.
    let day = known_on.map_or_else(|| "null::date".to_owned(), |day| format!("date '{day}'"));
    let (revived, drawn) = match known_on {
        None => (String::new(), "o.headline"),
        Some(_) => (
            format!(
                "left join revived_headlines({revision}, {day}, null, null) r
                     using (indicator_id, entity, period_start, period_end, source_id)"
            ),
            "o.headline or r.source_id is not null",
        ),
    };
    format!(
        "copy (
            with indicators as materialized (
                select id, unit, {names}, {units}
                from indicator where valid @> {revision}),
            entities as materialized (select id, {names} from entity where valid @> {revision}),
            producers as materialized (select id, {names} from producer where valid @> {revision}),
            sources as materialized (
                select id, published_on, {url} as url, {sources}
                from source where valid @> {revision} and known_by(published_on, {day})),
            words as materialized (select word, status, {labels} from (values {words}) word (word, status))
            select {columns}
            from (
                select {figure}, o.indicator_id, o.entity as entity_id, o.period_start, o.period_end, o.value, o.value_high,
                       i.unit, o.qualifier, w.status, o.basis, case when {drawn} then 'true' else 'false' end as headline,
                       o.producer as producer_id, o.source_id, s.published_on as source_published_on,
                       s.url as source_url, case when o.outlier then 'true' else 'false' end as outlier
                from observation o
                join indicators i on i.id = o.indicator_id
                join entities   e on e.id = o.entity
                join producers  p on p.id = o.producer
                join sources    s on s.id = o.source_id
                join words      w on w.word = o.qualifier
                {revived}
                where o.valid @> {revision}
            ) figure
            {order}
        ) to stdout (format csv)"
    )
}
