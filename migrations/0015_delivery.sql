-- Who is told of changes, and how: by e-mail, by webhook, or as a subscriber of the WebSub hub.
--
-- Addresses and secrets are sealed by the program before they reach the database, and the role that serves pages may not read these
-- tables at all: it calls the functions at the end, which take requests and answer only whether they were accepted. The role that
-- delivers reads, changes and deletes rows; `observatory migrate --grant-delivery` grants it that.
--
-- A row is both the subscription and its place in the queue: `delivered` is the last revision that its subscriber has been told of, and
-- `due_at` the time before which nothing is sent. A delivery is one transaction that locks the row, sends, and moves `delivered` on, so
-- what a killed process had not recorded is sent again, and nothing else is.

create schema delivery;

create table delivery.subscription (
    id           uuid        not null default gen_random_uuid(),
    channel      text        not null collate "C",
    state        text        not null collate "C",
    locale       text        not null collate "C",
    topic        text        not null,
    digest       text        collate "C",
    target       bytea       not null,
    target_key   bytea       not null,
    network_key  bytea       not null,
    confirm_hash bytea,
    leave_hash   bytea       not null,
    delivered    int         not null,
    created_at   timestamptz not null default clock_timestamp(),
    due_at       timestamptz not null default clock_timestamp(),
    lease_until  timestamptz,
    failures     int         not null default 0,

    constraint subscription_pkey               primary key (id),
    constraint subscription_channel_known      check (channel in ('email', 'webhook', 'websub')),
    constraint subscription_state_known        check (state in ('requested', 'asked', 'active', 'leaving')),
    constraint subscription_locale_known       check (locale in ('en', 'zh')),
    constraint subscription_digest_known       check (digest in ('daily', 'weekly')),
    constraint subscription_mail_has_digest    check ((digest is not null) = (channel = 'email')),
    constraint subscription_topic_bounded      check (length(topic) <= 2000),
    constraint subscription_failures_counts    check (failures >= 0)
);

comment on table  delivery.subscription              is 'A reader or a program that is told of the changes of one page';
comment on column delivery.subscription.id           is 'Names its deliveries';
comment on column delivery.subscription.channel      is 'How the subscriber is told';
comment on column delivery.subscription.locale       is 'Language of the page';
comment on column delivery.subscription.state        is 'requested: to be verified; asked: a confirmation was sent; active; leaving: an end to be verified';
comment on column delivery.subscription.topic        is 'Path below the language and query string of the page, or of the feed for WebSub';
comment on column delivery.subscription.digest       is 'How often an e-mail is sent at most';
comment on column delivery.subscription.target       is 'Sealed: the address, its secret and its tokens';
comment on column delivery.subscription.target_key   is 'Keyed hash of the address, by which it is counted without being read';
comment on column delivery.subscription.network_key  is 'Keyed hash of the network that asked and of the day';
comment on column delivery.subscription.confirm_hash is 'SHA-256 of the token in the confirmation';
comment on column delivery.subscription.leave_hash   is 'SHA-256 of the token that ends the subscription';
comment on column delivery.subscription.delivered    is 'The last revision that the subscriber has been told of';
comment on column delivery.subscription.created_at   is 'When it was requested';
comment on column delivery.subscription.due_at       is 'Nothing is sent before this time';
comment on column delivery.subscription.lease_until  is 'End of a WebSub lease';
comment on column delivery.subscription.failures     is 'Attempts in a row that failed';

create index subscription_due     on delivery.subscription (due_at);
create index subscription_target  on delivery.subscription (target_key);
create index subscription_network on delivery.subscription (network_key);
create index subscription_leave   on delivery.subscription (leave_hash);

-- Errors that readers reported, until they have been sent to the operator.
create table delivery.report (
    id          uuid        not null default gen_random_uuid(),
    message     bytea       not null,
    network_key bytea       not null,
    created_at  timestamptz not null default clock_timestamp(),
    due_at      timestamptz not null default clock_timestamp(),
    failures    int         not null default 0,

    constraint report_pkey            primary key (id),
    constraint report_failures_counts check (failures >= 0)
);

comment on table  delivery.report             is 'An error that a reader reported, until it has been sent to the operator';
comment on column delivery.report.id          is 'Names the message';
comment on column delivery.report.message     is 'Sealed: what the reader saw and wrote, and an address for the answer';
comment on column delivery.report.network_key is 'Keyed hash of the network that sent it and of the day';
comment on column delivery.report.created_at  is 'When it was sent here';
comment on column delivery.report.due_at      is 'It is not sent on before this time';
comment on column delivery.report.failures    is 'Attempts in a row that failed';

create index report_network on delivery.report (network_key);

-- The bounds are for the whole site, so that no process can be used to pass them.
create function delivery.request(
    of_channel text, of_state text, of_locale text, of_topic text, of_digest text, of_target bytea, of_target_key bytea,
    of_network_key bytea, of_confirm_hash bytea, of_leave_hash bytea, of_delivered int
) returns boolean
    language plpgsql security definer
    as $$
begin
    if (select count(*) from delivery.subscription where target_key = of_target_key and created_at > clock_timestamp() - interval '1 day') >= 10
        or (select count(*) from delivery.subscription where target_key = of_target_key) >= 200
        or (select count(*) from delivery.subscription where network_key = of_network_key) >= 30
        or (select count(*) from (select from delivery.subscription where state in ('requested', 'asked') limit 5000) as waiting) >= 5000
    then
        return false;
    end if;
    insert into delivery.subscription
        (channel, state, locale, topic, digest, target, target_key, network_key, confirm_hash, leave_hash, delivered)
    values
        (of_channel, of_state, of_locale, of_topic, of_digest, of_target, of_target_key, of_network_key, of_confirm_hash,
         of_leave_hash, of_delivered);
    return true;
end
$$;

comment on function delivery.request(text, text, text, text, text, bytea, bytea, bytea, bytea, bytea, int) is
    'Takes a request for a subscription or for its end; false if too many were made for this address, from this network, or at all';

-- A token is used once. The confirmed subscription replaces an earlier one of the same address to the same page.
create function delivery.confirm(token_hash bytea, due_daily timestamptz, due_weekly timestamptz) returns boolean
    language plpgsql security definer
    as $$
declare
    confirmed delivery.subscription;
begin
    update delivery.subscription
    set state = 'active', confirm_hash = null, due_at = case digest when 'daily' then due_daily else due_weekly end
    where confirm_hash = token_hash and state = 'asked' and created_at > clock_timestamp() - interval '2 days'
    returning * into confirmed;
    if not found then
        return false;
    end if;
    delete from delivery.subscription s
    where s.channel = 'email' and s.target_key = confirmed.target_key and s.topic = confirmed.topic and s.locale = confirmed.locale
      and s.id <> confirmed.id;
    return true;
end
$$;

comment on function delivery.confirm(bytea, timestamptz, timestamptz) is 'Confirms a subscription by the token that was sent; false if it has been used, or after two days';

create function delivery.leave(token_hash bytea) returns boolean
    language plpgsql security definer
    as $$
begin
    delete from delivery.subscription where leave_hash = token_hash;
    return found;
end
$$;

comment on function delivery.leave(bytea) is 'Ends a subscription and deletes its address; false if there is none';

create function delivery.report_error(of_message bytea, of_network_key bytea) returns boolean
    language plpgsql security definer
    as $$
begin
    if (select count(*) from delivery.report where network_key = of_network_key) >= 10
        or (select count(*) from delivery.report) >= 1000
    then
        return false;
    end if;
    insert into delivery.report (message, network_key) values (of_message, of_network_key);
    return true;
end
$$;

comment on function delivery.report_error(bytea, bytea) is 'Takes the report of an error; false if too many wait to be sent';

do $$
declare
    signature text;
begin
    foreach signature in array array[
        'request(text, text, text, text, text, bytea, bytea, bytea, bytea, bytea, int)',
        'confirm(bytea, timestamptz, timestamptz)', 'leave(bytea)', 'report_error(bytea, bytea)'
    ] loop
        execute format('alter function delivery.%s set search_path = pg_catalog, pg_temp', signature);
        execute format('revoke execute on function delivery.%s from public', signature);
    end loop;
end
$$;
