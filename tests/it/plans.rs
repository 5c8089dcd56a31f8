//! What pages read of large tables, counted by Postgres itself.

use observatory::db::FOR_PAGES;
use sqlx::{PgPool, postgres::PgPoolOptions};

use crate::{pages::get, support};

/// So many that the planner reads the 240 rows of a comparison by an index.
const ROWS: i32 = 40_000;

/// The most rows that a page may have read of the large tables other than by an index.
const MOST: i64 = 1000;

/// Many programmes, organizations and amounts, in places that there are: a state of its own. Making them may take longer than a page's
/// statements are given.
async fn multiply(db: &PgPool) {
    let sql = format!(
        "set statement_timeout = 0;
         create temporary table place as
             select row_number() over (order by id) - 1 as n, id from entity where kind in ('city', 'province', 'district');
         create temporary table made as
             select made.n, 'made-' || made.n as id, place.id as place
             from generate_series(1, {ROWS}) as made (n)
             join place on place.n = made.n % (select count(*) from place);
         insert into known.entity (id, first_revision) select id, 1 from made;
         insert into known.organization (id, first_revision) select id, 1 from made;
         insert into known.program (id, first_revision) select id, 1 from made;
         insert into known.subsidy (id, first_revision) select id, 1 from made;
         insert into entity (id, name_en, kind, valid) select id, 'Made ' || n, 'organization', '[1,)' from made;
         insert into organization (id, name_en, kind, hq_entity, pudong_status, source_id, valid)
             select id, 'Made ' || n, 'company', place, 'none', 'yicai-2025-12-08', '[1,)' from made;
         insert into program (id, jurisdiction, level, name_en, name_zh, name_zh_kind, instrument, max_amount_cny, amount_kind,
                              announced_on, status, source_id, valid)
             select id, place, 'city', 'Made ' || n, '措施', 'translation', 'grant', n, 'per-work',
                    to_char(date '2015-01-01' + n % 3000, 'YYYY-MM-DD'), 'announced', 'yicai-2025-12-08', '[1,)'
             from made;
         insert into subsidy (id, kind, program_id, recipient_org_id, jurisdiction, amount, currency, disclosed_on, source_id, valid)
             select id, 'paid', id, id, place, n, 'CNY', '2024', 'yicai-2025-12-08', '[1,)' from made;
         update revision set content_hash = repeat('a', 64);
         analyze;
         reset statement_timeout;"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(db).await.unwrap();
}

/// Rows of the large tables that were read one after the other, so far.
async fn read_through(db: &PgPool) -> i64 {
    sqlx::query("select pg_stat_force_next_flush()").execute(db).await.unwrap();
    sqlx::query_scalar(
        "select sum(seq_tup_read)::int8 from pg_stat_user_tables
         where schemaname = 'public' and relname in ('program', 'organization', 'subsidy', 'entity')",
    )
    .fetch_one(db)
    .await
    .unwrap()
}

/// What is held of a state is read once, with the first page that needs it. From then on no page goes through a large table.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_page_goes_through_a_large_table(db: PgPool) {
    // One connection, so that Postgres has counted what a page did when the next statement asks; plans as pages have them.
    let options = (*db.connect_options()).clone().options(FOR_PAGES);
    let db = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    support::published(&db).await;
    multiply(&db).await;
    let site = support::empty_site(&db).await;
    let paths = [
        "",
        "/programs",
        "/programs?place=shanghai&instrument=grant&sort=place",
        "/programs?on=2020-01-01&status=not-yet",
        "/programs?q=visa",
        "/programs/made-7",
        "/programs/compare",
        "/programs/compare?program=made-7&program=made-8",
        "/programs/match?place=shanghai&needs=works",
        "/subsidies",
        "/subsidies?place=shanghai&sort=oldest",
        "/subsidies?q=film",
        "/subsidies/made-7",
        "/organizations",
        "/organizations?q=maple",
        "/organizations/made-7",
        "/events",
        "/events?organization=made-7",
        "/places",
        "/places/shanghai",
        "/sources",
        "/sources?q=yicai",
        "/search?q=visa",
    ];
    // The other language first: an answer that was given once is not made again.
    for path in paths {
        get(&site, &format!("/zh{path}")).await;
    }
    for path in paths {
        let before = read_through(&db).await;
        let page = get(&site, &format!("/en{path}")).await;
        assert!(page.status.is_success(), "{path}");
        let read = read_through(&db).await - before;
        assert!(read <= MOST, "{path} went through {read} rows");
    }
}
