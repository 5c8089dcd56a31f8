//! Closed lists stand in three places: the checks of the schema, the specification of the import and the vocabularies of the domain. A word
//! that is added to one of them only fails here.

use std::collections::{BTreeMap, BTreeSet};

use observatory::{
    domain::{
        entities, events, indicators, observations, organizations, programs, sources, subscriptions,
        subsidies,
    },
    import::spec::{CellKind, FILES, LINKS, PLACES},
    text,
};
use sqlx::PgPool;

type Words = BTreeSet<String>;

/// Words by `table.column`.
type Lists = BTreeMap<String, Words>;

/// Columns whose words have no type in the domain: the program passes them on as text.
const TEXT: [&str; 1] = ["program.name_zh_kind"];

/// Entities that are no places.
const OTHER_ENTITIES: [&str; 4] = ["organization", "app", "work", "group"];

fn set<'a>(words: impl IntoIterator<Item = &'a str>) -> Words {
    words.into_iter().map(str::to_owned).collect()
}

fn vocabulary<T>(words: &[(&str, T)]) -> Words {
    set(words.iter().map(|(word, _)| *word))
}

/// Returns the string literals of a definition as Postgres prints it. No word contains a quotation mark.
fn literals(definition: &str) -> Words {
    set(definition.split('\'').skip(1).step_by(2))
}

/// The lists of the domain, and of the schema itself.
fn of_domain() -> Lists {
    let mut statuses = vocabulary(organizations::model::PudongStatus::WORDS);
    // Pages have a word for an empty cell.
    assert!(statuses.remove("unknown"));
    let mut entity_kinds = vocabulary(entities::model::PlaceKind::WORDS);
    entity_kinds.extend(set(OTHER_ENTITIES));
    let lists = [
        ("source.kind", vocabulary(sources::model::SourceKind::WORDS)),
        ("producer.kind", vocabulary(observations::model::ProducerKind::WORDS)),
        ("entity.kind", entity_kinds),
        ("organization.kind", vocabulary(organizations::model::OrganizationKind::WORDS)),
        ("organization.pudong_status", statuses),
        ("indicator.topic", vocabulary(indicators::model::Topic::WORDS)),
        ("indicator.frequency", vocabulary(indicators::model::Frequency::WORDS)),
        ("indicator.default_chart", vocabulary(indicators::model::DefaultChart::WORDS)),
        ("observation.qualifier", vocabulary(observations::model::Qualifier::WORDS)),
        ("observation.basis", vocabulary(observations::model::Basis::WORDS)),
        ("series_break.kind", vocabulary(observations::breaks::BreakKind::WORDS)),
        ("program.level", vocabulary(programs::model::GovernmentLevel::WORDS)),
        ("program.instrument", vocabulary(programs::model::Instrument::WORDS)),
        ("program.amount_kind", vocabulary(programs::model::AmountKind::WORDS)),
        ("program.status", vocabulary(programs::lifecycle::ProgramStatus::WORDS)),
        ("program.activities", vocabulary(programs::model::Activity::WORDS)),
        ("program.scope", vocabulary(programs::model::Scope::WORDS)),
        ("program.rate_base", vocabulary(programs::model::RateBase::WORDS)),
        ("subsidy.scope", vocabulary(programs::model::Scope::WORDS)),
        ("subsidy.kind", vocabulary(subsidies::model::SubsidyKind::WORDS)),
        ("event.kind", vocabulary(events::model::EventKind::WORDS)),
        ("statement.topic", vocabulary(organizations::model::StatementTopic::WORDS)),
    ];
    lists.map(|(column, words)| (column.to_owned(), words)).into()
}

fn of_spec() -> Lists {
    let columns = FILES.iter().flat_map(|file| file.columns.iter().map(move |column| (file, column)));
    let lists = columns.filter_map(|(file, column)| match column.kind {
        CellKind::Word(words) | CellKind::Words(words) => {
            Some((format!("{}.{}", file.table, column.name), set(words.iter().copied())))
        }
        _ => None,
    });
    lists.collect()
}

/// Returns the lists that checks of one column each allow.
async fn of_schema(db: &PgPool, schema: &str) -> Lists {
    let checks: Vec<(String, String)> = sqlx::query_as(
        "select format('%s.%s', c.conrelid::regclass, a.attname), pg_get_constraintdef(c.oid) \
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum] \
         where c.contype = 'c' and c.connamespace = $1::regnamespace \
           and (pg_get_constraintdef(c.oid) like '%= ANY (ARRAY[%' or pg_get_constraintdef(c.oid) like '%<@ ARRAY[%') \
           and a.attname <> 'unit'",
    )
    .bind(schema)
    .fetch_all(db)
    .await
    .unwrap();
    checks.into_iter().map(|(column, definition)| (column, literals(&definition))).collect()
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn closed_lists_have_the_same_words_everywhere(db: PgPool) {
    let mut schema = of_schema(&db, "public").await;
    let tables = set(FILES.iter().map(|file| file.table).chain(LINKS.iter().map(|link| link.table)));
    assert_eq!(schema.remove("revision_change.table_name"), Some(tables));
    assert_eq!(schema, of_spec(), "checks of the schema, and the specification");

    schema.retain(|column, _| !TEXT.contains(&column.as_str()));
    assert_eq!(schema, of_domain(), "checks of the schema, and vocabularies of the domain");
}

/// What is delivered is no data of the site, so the import does not know its lists.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn closed_lists_of_subscriptions_have_the_same_words(db: PgPool) {
    let lists = of_schema(&db, "delivery").await;
    let locales = set(text::Locale::ALL.iter().map(|locale| locale.segment()));
    let of_domain = [
        ("delivery.subscription.channel", vocabulary(subscriptions::model::Channel::WORDS)),
        ("delivery.subscription.state", vocabulary(subscriptions::model::Stage::WORDS)),
        ("delivery.subscription.digest", vocabulary(subscriptions::model::DigestInterval::WORDS)),
        ("delivery.subscription.locale", locales),
    ];
    assert_eq!(lists, Lists::from(of_domain.map(|(column, words)| (column.to_owned(), words))));
}

/// Places are told from other entities in the schema too: by a check and by the predicate of an index.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn places_are_the_same_kinds_everywhere(db: PgPool) {
    let definitions: Vec<String> = sqlx::query_scalar(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = 'entity_place_has_chinese_name' \
         union all select pg_get_expr(indpred, indrelid) from pg_index where indexrelid = 'entity_place'::regclass",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert_eq!(definitions.len(), 2);
    for definition in definitions {
        assert_eq!(literals(&definition), set(PLACES.iter().copied()), "{definition}");
    }
    assert_eq!(vocabulary(entities::model::PlaceKind::WORDS), set(PLACES.iter().copied()));
}
