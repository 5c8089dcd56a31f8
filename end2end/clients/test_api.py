"""The API conforms to its OpenAPI document for any request."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openapi_spec_validator
import pandas
import pytest

# Number of generated requests per operation and phase, and the seed: fixed unless set otherwise.
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "20")
SEED = os.environ.get("SCHEMATHESIS_SEED", "20261125")


def test_the_document_is_valid(get):
    document = get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    openapi_spec_validator.validate(document)
    for path in document["paths"]:
        assert path.startswith("/api/v1/")


def test_no_request_is_answered_otherwise(site, tmp_path):
    program = Path(sys.executable).with_name("schemathesis")
    command = [program, "run", f"{site}/api/openapi.json", "--max-examples", EXAMPLES, "--seed", SEED]
    command += ["--checks", "all", "--no-color"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=600)
    assert run.returncode == 0, run.stdout[-6000:]


@pytest.mark.parametrize(
    ("page", "call"),
    [
        ("/en/indicators/domestic-market-revenue?rows=all", "indicators/domestic-market-revenue?rows=all"),
        ("/en/programs?place=shanghai", "programs?place=shanghai"),
        ("/en/subsidies?kind=paid", "subsidies?kind=paid"),
        ("/en/organizations?kind=company", "organizations?kind=company"),
        ("/en/events?year=2025", "events?year=2025"),
        ("/en/sources?language=zh", "sources?language=zh"),
    ],
)
def test_the_rows_of_the_page(get, page, call):
    path, query = page.split("?")
    rows = get(f"{path}/data.json?{query}").json()["data"]
    answer = get(f"/api/v1/{call}&limit=1000")
    assert answer.headers["access-control-allow-origin"] == "*"
    body = json.loads(answer.text)
    found = body.get("linked", {}).get("observations", body["data"])
    assert found == rows
    # The most common use: load directly into a data frame.
    assert len(pandas.json_normalize(found)) == len(rows)


@pytest.mark.parametrize(
    "noun",
    [
        "indicators",
        "observations",
        "breaks",
        "programs",
        "subsidies",
        "organizations",
        "events",
        "sources",
        "producers",
        "entities",
        "apps",
        "people",
        "statements",
    ],
)
@pytest.mark.parametrize("query", ["", "?limit=90", "?include_history=true"])
def test_all_pages_together_are_the_file(get, noun, query):
    file = pandas.read_csv(io.StringIO(get(f"/en/data/{noun}.csv").content.decode("utf-8-sig")), dtype=str)
    keys = {
        "observations": ["indicator_id", "entity", "period_start", "period_end", "source_id"],
        "breaks": ["indicator_id", "entity", "producer", "from_date", "kind"],
    }
    key = keys.get(noun, ["id"])
    in_file = sorted(map(tuple, file[key].values.tolist()))
    rows, address = [], f"/api/v1/{noun}{query}"
    while address:
        body = get(address).json()
        rows += body["data"]
        address = body["meta"]["next"]
    rows = [row["row"] for row in rows if row["valid_to"] is None] if "history" in query else rows
    key = [f"{column}_id" if column in ("entity", "producer") else column for column in key]
    assert sorted(tuple(row[column] for column in key) for row in rows) == in_file
