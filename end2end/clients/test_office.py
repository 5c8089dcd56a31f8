"""LibreOffice opens the files as on a double click. Runs if `./test --all` has installed it."""

import io
import os
import subprocess

import openpyxl
import pytest

from briefs import BRIEFS, LOCALES, beside, of_page, of_pdf

OFFICE = os.environ.get("SOFFICE")

pytestmark = pytest.mark.skipif(not OFFICE, reason="LibreOffice is opened by ./test --all")


def opened(get, tmp_path, page, file):
    """Returns the sheets of a file after a round trip through LibreOffice."""
    source = tmp_path / file
    source.write_bytes(get(f"{page}/{file}").content)
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless"]
    if file.endswith(".csv"):
        # The import dialog on a double click preselects UTF-8 because of the byte order mark. In headless mode LibreOffice does not check
        # for the mark.
        command.append("--infilter=Text - txt - csv (StarCalc):44,34,76,1")
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    book = openpyxl.load_workbook(io.BytesIO((out / "data.xlsx").read_bytes()))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_a_chinese_csv_opens_as_chinese(get, tmp_path):
    (rows,) = opened(get, tmp_path, "/zh/subsidies", "data.csv")
    assert rows[0][0] == "编号"
    cells = [str(cell) for row in rows for cell in row if cell]
    assert any("浦东" in cell or "上海" in cell for cell in cells)
    assert not any("�" in cell for cell in cells)


def test_a_chinese_workbook_opens_as_chinese(get, tmp_path):
    about, rows, _ = opened(get, tmp_path, "/zh/subsidies", "data.xlsx")
    assert about[0][0] == "补贴"
    at = rows[0].index("金额")
    assert all(isinstance(row[at], (int, float)) for row in rows[1:])


def without_hyphens(text):
    return text.replace("-", "").replace("\ufffe", "").replace("\u00ad", "")


@pytest.mark.parametrize("path", BRIEFS)
def test_a_brief_opens_without_loss_on_one_page(get, tmp_path, path):
    for locale in LOCALES:
        page = f"/{locale}{path}"
        source = tmp_path / f"{locale}.docx"
        source.write_bytes(get(beside(page, "docx")).content)
        command = [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pages, text = of_pdf((tmp_path / f"{locale}.pdf").read_bytes())
        assert pages == 1, page
        # A hyphen at the end of a line is read as one that parts a word.
        text = without_hyphens(text)
        missing = [block for block in of_page(get, page) if without_hyphens(block) not in text]
        assert missing == [], page
