"""DuckDB and Polars read every Parquet file from its address, by ranges, and find the values of the CSV."""

import datetime
import html
import io
import re
from decimal import Decimal

import duckdb
import fsspec
import fsspec.implementations.http
import pandas
import polars
import pytest

from states import beside

PAGES = ["/zh/indicators/domestic-market-revenue?rows=all", "/en/subsidies?kind=paid", "/en/sources"]


@pytest.fixture(scope="module")
def tables(get):
    """Returns the addresses of the Parquet files that the data page offers, each with that of its CSV."""
    links = set(re.findall(r'href="(/en/data/[a-z]+)\.parquet"', get("/en/data").text))
    assert len(links) > 12
    return [(f"{link}.parquet", f"{link}.csv?bom=0") for link in sorted(links)]


class Files(fsspec.implementations.http.HTTPFileSystem):
    """Files by HTTP, read by ranges. DuckDB's own reader is an extension that it downloads, so Python's stands in for it."""

    def modified(self, path):
        return datetime.datetime.fromtimestamp(0, datetime.timezone.utc)


@pytest.fixture
def database():
    with duckdb.connect() as connection:
        connection.register_filesystem(Files())
        yield connection


def pair(page):
    return beside(page, "data.parquet"), beside(page, "data.csv", bom=0, header="names")


def cell(value):
    """Returns a value as CSV writes it, numbers without zeros at their end."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return number(f"{value:f}")
    return str(value)


def number(text):
    return text.rstrip("0").rstrip(".") if "." in text else text


def expected(get, address, schema):
    """Returns the rows of a CSV, in order, with cells as above."""
    frame = pandas.read_csv(io.BytesIO(get(address).content), dtype=str, keep_default_na=False)
    decimals = {at for at, kind in enumerate(schema) if isinstance(kind, polars.Decimal)}
    truths = {at for at, kind in enumerate(schema) if kind == polars.Boolean}
    words = {"yes": "true", "no": "false"}

    def as_typed(at, text):
        if at in decimals:
            return number(text)
        if at in truths:
            return words.get(text, text)
        return text.removeprefix("'") if text[1:2] in ("=", "+", "-", "@") else text

    return sorted(tuple(as_typed(at, text) for at, text in enumerate(row)) for row in frame.itertuples(index=False))


def same_rows(get, site, typed, csv):
    frame = polars.read_parquet(site + typed)
    rows = sorted(tuple(cell(value) for value in row) for row in frame.iter_rows())
    assert rows == expected(get, csv, frame.dtypes), typed
    return frame


def test_polars_reads_every_table_from_its_address(get, site, tables):
    for typed, csv in tables:
        same_rows(get, site, typed, csv)
    for page in PAGES:
        same_rows(get, site, *pair(page))
    figures = polars.scan_parquet(f"{site}/en/data/figures.parquet")
    schema = figures.collect_schema()
    assert schema["value"] == polars.Decimal(28, 12)
    assert schema["period_end"] == polars.Date
    assert schema["headline"] == polars.Boolean
    some = figures.filter(polars.col("qualifier") == "forecast").select("indicator_id", "value").collect()
    assert len(some) > 10


def test_duckdb_reads_every_table_from_its_address(get, site, tables, database):
    for typed, csv in [*tables, *map(pair, PAGES)]:
        rows = database.execute("select * from read_parquet(?)", [site + typed]).fetchall()
        schema = polars.read_parquet_schema(io.BytesIO(get(typed).content)).values()
        assert sorted(tuple(map(cell, row)) for row in rows) == expected(get, csv, list(schema)), typed
    figures = f"{site}/en/data/figures.parquet"
    kinds = dict(database.execute("select name, type from parquet_schema(?)", [figures]).fetchall())
    assert kinds["value"] == "FIXED_LEN_BYTE_ARRAY"
    notes = dict(database.execute("select key, value from parquet_kv_metadata(?)", [figures]).fetchall())
    assert notes[b"licence"] == b"https://creativecommons.org/licenses/by/4.0/"
    assert b'"description"' in notes[b"columns"]
    encodings = database.execute(
        "select distinct encodings from parquet_metadata(?) where path_in_schema = 'indicator'", [figures]
    ).fetchall()
    assert all("DICTIONARY" in encoding for (encoding,) in encodings)


def test_the_snippet_for_duckdb_runs(get, database):
    page = html.unescape(get("/en/subsidies/download?kind=paid").text)
    statement = re.search(r"select \* from read_parquet\([^)]*\)", page)[0]
    rows = database.execute(statement).fetchall()
    assert len(rows) == len(get("/en/subsidies/data.json?kind=paid").json()["data"]) > 3


def test_only_the_asked_part_is_sent(get, site):
    address = f"{site}/en/data/observations.parquet"
    whole = get("/en/data/observations.parquet")
    with fsspec.open(address, "rb", block_size=4096) as file:
        assert file.size == len(whole.content) == int(whole.headers["content-length"])
        file.seek(-8, 2)
        assert file.read()[4:] == b"PAR1"
