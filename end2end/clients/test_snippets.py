"""The snippets of the download pages do what they say: run where the tool is here, otherwise read for their syntax."""

import csv
import io
import re
import shutil
import subprocess
import sys

import duckdb
import lxml.html
import pytest

from test_parquet import Files

PAGES = [
    "/en/indicators/domestic-market-revenue",
    "/en/programs?place=shanghai-pudong",
    "/zh/subsidies?kind=paid",
    "/en/explore?preset=forecasts",
]


@pytest.fixture(params=PAGES)
def snippets(request, get):
    """Returns the snippets of a page by tool, and its rows."""
    path, _, query = request.param.partition("?")
    page = lxml.html.fromstring(get(f"{path}/download" + (f"?{query}" if query else "")).content)
    fields = page.xpath("//*[@id='api']//dd//textarea")
    tools = [label.text_content().strip() for label in page.xpath("//*[@id='api']//dt")]
    assert len(fields) == len(tools) > 4
    code = {tool: field.text_content().strip() for tool, field in zip(tools, fields)}
    address = re.search(r'read_csv\("(.*)"\)', code["Python (pandas)"]).group(1)
    rows = list(csv.reader(io.StringIO(get(address).content.decode())))
    return code, rows


def output(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_python(snippets):
    code, rows = snippets
    told = output([sys.executable, "-c", code["Python (pandas)"] + "\nprint(len(rows), *rows.columns, sep='\\n')"])
    assert told.split("\n")[:-1] == [str(len(rows) - 1), *rows[0]]


def test_javascript(snippets, tmp_path):
    code, rows = snippets
    script = tmp_path / "snippet.mjs"
    script.write_text(code["JavaScript"] + "\nconsole.log(rows.length);")
    assert int(output(["node", script])) == len(rows) - 1


def test_duckdb(snippets):
    code, rows = snippets
    with duckdb.connect() as database:
        database.register_filesystem(Files())
        assert len(database.sql(code["DuckDB"]).fetchall()) == len(rows) - 1


def test_curl(snippets, tmp_path):
    code, rows = snippets
    told = output(["sh", "-c", code["curl"]], cwd=tmp_path)
    file = tmp_path / "data.csv"
    if file.exists():
        assert list(csv.reader(io.StringIO(file.read_text()))) == rows
    else:
        assert told.startswith('{"meta"')


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed; the syntax is read instead")
def test_r(snippets):
    code, rows = snippets
    told = output(["Rscript", "-e", code["R"] + "; cat(nrow(rows), ncol(rows))"])
    assert told.split() == [str(len(rows) - 1), str(len(rows[0]))]


def test_the_syntax_of_what_does_not_run_here(snippets):
    code, _ = snippets
    string = r'"(?:[^"]|"")*"'
    assert re.fullmatch(rf"=IMPORTDATA\({string}\)", code["Google Sheets"])
    assert re.fullmatch(
        rf'= Table\.PromoteHeaders\(Csv\.Document\(Web\.Contents\({string}\), \[Delimiter = ",", Encoding = 65001\]\)\)',
        code["Excel (Power Query)"],
    )
    assert re.fullmatch(r'rows <- read\.csv\("(?:[^"\\]|\\.)*", encoding = "UTF-8"\)', code["R"])
