"""pandas, openpyxl, frictionless and csvw can read the export files of every page."""

import io
import json
import zipfile

import csvw
import frictionless
import openpyxl
import pandas
import pytest

from states import PAGES, beside


def frame_of_csv(answer, **options):
    return pandas.read_csv(io.BytesIO(answer.content), dtype=str, keep_default_na=False, **options)


@pytest.mark.parametrize("page", PAGES)
def test_the_same_rows_in_pandas_openpyxl_and_json(get, page):
    people = get(beside(page, "data.csv"))
    assert people.content.startswith(b"\xef\xbb\xbf")
    assert people.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    labelled = frame_of_csv(people, encoding="utf-8-sig")
    plain = get(beside(page, "data.csv", bom=0, header="names"))
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    named = frame_of_csv(plain)
    assert labelled.to_numpy().tolist() == named.to_numpy().tolist()
    assert list(named.columns) == [name.lower() for name in named.columns]

    rows = get(beside(page, "data.json")).json()["data"]
    assert len(rows) == len(named)
    for row, (_, cells) in zip(rows, named.iterrows()):
        for name, value in row.items():
            cell = cells[name].removeprefix("'") if cells[name][1:2] in "=+-@" else cells[name]
            if isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, (int, float)):
                assert float(cell) == value
            elif isinstance(value, list):
                assert cell == ";".join(value)
            else:
                assert cell == (value or "")

    book = openpyxl.load_workbook(io.BytesIO(get(beside(page, "data.xlsx")).content))
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    table = list(sheet.iter_rows(values_only=True))
    assert list(table[0]) == list(labelled.columns)
    assert len(table) - 1 == len(labelled)
    numeric = [at for at, name in enumerate(named.columns) if name in ("value", "amount", "max_amount", "figures")]
    for line, (_, cells) in zip(table[1:], labelled.iterrows()):
        for at in numeric:
            if cells.iloc[at]:
                assert isinstance(line[at], (int, float)), f"{line[at]!r} is no number"
                assert float(cells.iloc[at]) == line[at]
    about = " ".join(str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell)
    for expected in ("CC BY 4.0", "as_of="):
        assert expected in about
    assert book.worksheets[-1].max_row > 3


def test_chinese_is_chinese(get):
    frame = frame_of_csv(get("/zh/programs/data.csv"), encoding="utf-8-sig")
    assert "名称" in frame.columns
    assert frame["地区"].str.contains("浦东").any()
    book = openpyxl.load_workbook(io.BytesIO(get("/zh/programs/data.xlsx").content))
    assert book.sheetnames == ["说明", "数据", "注释"]


@pytest.mark.parametrize("page", PAGES)
def test_a_zip_is_a_valid_data_package(get, page, tmp_path):
    with zipfile.ZipFile(io.BytesIO(get(beside(page, "data.zip")).content)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    for file in ("README.md", "data.csv", "metadata.json", "citation.bib", "citation.ris", "LICENCE.txt"):
        assert (tmp_path / file).stat().st_size > 0
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]


def test_the_whole_data_set_is_a_valid_data_package(get, tmp_path):
    with zipfile.ZipFile(io.BytesIO(get("/en/data/data.zip").content)) as archive:
        archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    files = [path for path in tmp_path.iterdir() if path.suffix == ".csv"]
    assert len(report.tasks) == len(files) > 10
    second = frictionless.validate(str(tmp_path / "datapackage-2.json"))
    assert second.valid, second.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    assert len(second.tasks) == len(files)
    figures = pandas.read_csv(tmp_path / "observations.csv")
    everything = frame_of_csv(get("/en/data/figures.csv"), encoding="utf-8-sig")
    assert len(figures) == len(everything)


def test_data_package_2_is_read_from_its_address(site):
    package = frictionless.Package(f"{site}/en/data/datapackage-2.json?as_of=1")
    observations = package.get_resource("observations").read_rows()
    assert len(observations) > 1000
    members = [row["members"] for row in package.get_resource("entities").read_rows() if row["members"]]
    assert all(isinstance(ids, list) and len(ids) > 1 for ids in members)
    assert {row["official"] for row in package.get_resource("sources").read_rows()} == {True, False}


def test_one_file_has_the_labels_of_both_languages(get):
    both = frame_of_csv(get("/en/programs/data.csv?bom=0&header=names&labels=both"))
    for locale in ("en", "zh"):
        one = frame_of_csv(get(f"/{locale}/programs/data.csv?bom=0&header=names"))
        assert dict(zip(both["id"], both[f"name_{locale}"])) == dict(zip(one["id"], one["name"]))
    book = openpyxl.load_workbook(io.BytesIO(get("/zh/programs/data.xlsx?labels=both").content))
    header = [cell.value for cell in book.worksheets[1][1]]
    assert "名称（英文）" in header and "名称（中文）" in header


@pytest.mark.parametrize("page", ["/en/indicators/domestic-market-revenue", "/zh/subsidies", "/en/events"])
def test_csv_on_the_web_describes_the_columns(get, site, page, tmp_path):
    answer = get(beside(page, "data.csv"))
    link = answer.headers["link"]
    assert 'rel="describedby"' in link and "application/csvm+json" in link
    described = get(link[link.index("<") + 1 : link.index(">")]).json()
    assert described["url"].startswith(site)
    # The reader accepts only files, so both files are put in one folder.
    (tmp_path / "data.csv").write_bytes(get(beside(page, "data.csv", bom=0)).content)
    described["url"] = "data.csv"
    (tmp_path / "data.csv-metadata.json").write_text(json.dumps(described))
    table = csvw.CSVW(str(tmp_path / "data.csv-metadata.json"), validate=True)
    assert table.is_valid, table.warnings
    rows = list(table.tables[0].iterdicts()) if hasattr(table, "tables") else list(table.t.iterdicts())
    assert len(rows) == len(frame_of_csv(answer, encoding="utf-8-sig"))
