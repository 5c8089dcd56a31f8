//! Privileges of the server's role: it may read and publish, but not change the schema or alter or remove published data.

use anyhow::Context;
use sqlx::PgConnection;

/// Grants on each schema and table by name. The owner of the schema runs them, again after each migration, for the role in the setting
/// `observatory.role`.
const GRANTS: &str = "
    do $$
    declare
        role   constant text := current_setting('observatory.role');
        schema text;
        relation regclass;
    begin
        foreach schema in array array[current_schema(), 'identity'] loop
            execute format('grant usage on schema %I to %I', schema, role);
            execute format('grant select, insert on all tables in schema %I to %I', schema, role);
            -- Earlier programs gave the right to rewrite whole rows.
            execute format('revoke update on all tables in schema %I from %I', schema, role);
            -- A version ends by the upper end of `valid`; nothing else of a row may change.
            for relation in
                select c.oid::regclass from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = schema::regnamespace and c.relkind = 'r' and a.attname = 'valid' and not a.attisdropped
            loop
                execute format('grant update (valid) on %s to %I', relation, role);
            end loop;
            -- Whoever fills a table tells the planner of it; before Postgres 17 only its owner can.
            if current_setting('server_version_num')::int >= 170000 then
                execute format('grant maintain on all tables in schema %I to %I', schema, role);
            end if;
        end loop;
        -- What is worked out from figures is written by the schema's own function.
        execute format('grant usage on schema rollup to %I', role);
        execute format('grant select on all tables in schema rollup to %I', role);
        -- Requests of readers are taken by functions; what was requested before stays unseen.
        execute format('grant usage on schema delivery to %I', role);
        execute format('grant execute on all functions in schema delivery to %I', role);
        -- Which migrations have run is for the owner to say.
        execute format('revoke insert, update on _sqlx_migrations, search_cut from %I', role);
        -- Imports stage rows in temporary tables; nobody else needs any, or may add to the schema.
        execute format('grant temporary on database %I to %I', current_database(), role);
        if (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()) then
            execute format('revoke temporary on database %I from public', current_database());
        end if;
        if (select pg_has_role(nspowner, 'usage') from pg_namespace where nspname = current_schema()) then
            execute format('revoke create on schema %I from public', current_schema());
        end if;
    end
    $$";

/// Grants of the role that delivers.
const DELIVERY_GRANTS: &str = "
    do $$
    declare
        role constant text := current_setting('observatory.role');
    begin
        execute format('grant usage on schema delivery to %I', role);
        execute format('grant select, update, delete on all tables in schema delivery to %I', role);
    end
    $$";

/// Grants a role the privileges to read everything and to publish.
pub async fn grant(connection: &mut PgConnection, role: &str) -> anyhow::Result<()> {
    run(connection, role, GRANTS).await
}

/// Grants a role the privileges to read, change and delete subscriptions and reports of errors.
pub async fn grant_delivery(connection: &mut PgConnection, role: &str) -> anyhow::Result<()> {
    run(connection, role, DELIVERY_GRANTS).await
}

async fn run(connection: &mut PgConnection, role: &str, grants: &'static str) -> anyhow::Result<()> {
    sqlx::query("select set_config('observatory.role', $1, false)")
        .bind(role)
        .execute(&mut *connection)
        .await?;
    sqlx::raw_sql(grants)
        .execute(connection)
        .await
        .map(drop)
        .with_context(|| format!("cannot grant privileges to the role “{role}”"))
}
