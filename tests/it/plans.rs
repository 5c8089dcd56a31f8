//! What pages read of large tables, counted by Postgres itself.

use observatory::db::FOR_PAGES;
use sqlx::{PgPool, postgres::PgPoolOptions};

use crate::{pages::get, support};

/// So many that the planner reads the 240 rows of a comparison by an index.
const ROWS: i32 = 40_000;

/// The most rows that a page may have read of the large tables other than by an index.
const MAX: i64 = 1000;

/// Many programmes, organizations, amounts and figures, in places that there are: a state of its own. Making them may take longer than a page's
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
         insert into identity.entity (id, first_revision) select id, 1 from made;
         insert into identity.organization (id, first_revision) select id, 1 from made;
         insert into identity.program (id, first_revision) select id, 1 from made;
         insert into identity.subsidy (id, first_revision) select id, 1 from made;
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
         insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
             select o.indicator_id, o.entity, date '1000-01-01' + n, date '1000-01-01' + n, o.producer, 1000000 + n, 'exact', o.source_id, '[1,)'
             from (select * from observation where indicator_id = 'app-ad-revenue-cny' and entity = 'hongguo' limit 1) o
             cross join made;
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
         where schemaname = 'public' and relname in ('program', 'organization', 'subsidy', 'entity', 'observation')",
    )
    .fetch_one(db)
    .await
    .unwrap()
}

/// What is held of a state is read once, with the first page that needs it. From then on no page goes through a large table.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn no_page_scans_a_large_table(db: PgPool) {
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
        "/search?q=CNY+1001234",
        "/search?q=reelshort+revenue",
        "/search?q=reelshrt",
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
        assert!(read <= MAX, "{path} went through {read} rows");
    }
}

/// A revision with sixty thousand figures more, a third of them of one indicator and entity.
async fn multiply_figures(db: &PgPool) {
    let sql = "set statement_timeout = 0;
        insert into revision (number, content_hash) values (2, repeat('b', 64));
        create temporary table made as select n, 'made-' || n as id from generate_series(1, 2000) as made (n);
        insert into identity.entity (id, first_revision) select id, 2 from made;
        insert into entity (id, name_en, kind, valid) select id, 'Made ' || n, 'organization', '[2,)' from made;
        insert into identity.series (indicator_id, entity, first_revision) select 'jobs-total', id, 2 from made;
        insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, headline, source_id, valid)
            select 'jobs-total', made.id, day, day, a.producer, 1, 'exact', true, a.source_id, '[2,)'
            from made
            cross join lateral (
                select date '2000-01-01' + d as day
                from generate_series(1, case when made.n = 1000 then 20000 else 20 end) as days (d)
            ) days
            cross join (select producer, source_id from identity.attribution order by 1, 2 limit 1) a;
        analyze;
        reset statement_timeout;";
    sqlx::raw_sql(sql).execute(db).await.unwrap();
}

/// Figures read so far: one after the other, and by an index.
async fn figures_read(db: &PgPool) -> (i64, i64) {
    sqlx::query("select pg_stat_force_next_flush()").execute(db).await.unwrap();
    sqlx::query_as(
        "select seq_tup_read::int8, idx_tup_fetch::int8 from pg_stat_user_tables
         where schemaname = 'public' and relname = 'observation'",
    )
    .fetch_one(db)
    .await
    .unwrap()
}

/// However many figures there are, and however many an indicator has of one thing.
#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn a_page_of_all_figures_reads_its_own_rows(db: PgPool) {
    let options = (*db.connect_options()).clone().options(FOR_PAGES);
    let db = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    support::published(&db).await;
    multiply_figures(&db).await;
    let site = support::empty_site(&db).await;
    let deep = "after=jobs-total~made-1000~2030-01-01~2030-01-01~zzz";
    let queries = [
        "limit=100",
        &format!("limit=100&{deep}"),
        "limit=100&entity=made-1000",
        &format!("limit=100&entity=made-1000&{deep}"),
        "limit=100&indicator=jobs-total&rows=headline",
        "limit=100&include_history=true",
        &format!("limit=100&include_history=true&{deep}~2"),
    ];
    // The other language first: what is held of the state is read, and no answer is given twice.
    for query in queries {
        get(&site, &format!("/api/v1/observations?lang=zh&{query}")).await;
    }
    for query in queries {
        let (through, by_index) = figures_read(&db).await;
        let page = get(&site, &format!("/api/v1/observations?{query}")).await;
        assert!(page.status.is_success(), "{query}");
        let (through_after, by_index_after) = figures_read(&db).await;
        assert_eq!(through_after - through, 0, "{query} went through figures");
        assert!(by_index_after - by_index <= 500, "{query} read {} figures", by_index_after - by_index);
    }
}
