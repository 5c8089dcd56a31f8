"""The editors' way: a workbook is edited, checked, mended, previewed, proposed by one person and published by another."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import openpyxl
import pytest
import requests

PROJECT = Path(__file__).resolve().parents[2]
OFFICE = os.environ.get("SOFFICE")
NOTE = "A figure was misread"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Editor:
    """The program, with a private database of its own."""

    def __init__(self, folder):
        # The program gives up root, so an ordinary user must reach its folder.
        folder.chmod(0o755)
        self.state = f"--state={folder / 'state'}"
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def run(self, *arguments, **environment):
        command = [os.environ["OBSERVATORY"], *map(str, arguments)]
        done = subprocess.run(
            command, cwd=PROJECT, env=self.environment | environment, capture_output=True, text=True, timeout=120
        )
        return done.returncode, done.stdout + done.stderr

    def serve(self, *arguments):
        """Starts a server; returns its process, its address, and what it said before."""
        command = [os.environ["OBSERVATORY"], *map(str, arguments)]
        process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, stdout=subprocess.PIPE, text=True)
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.match(r"Listening on (http://\S+)", line):
                return process, found[1], "".join(said)
        raise AssertionError("".join(said))


@pytest.fixture
def editor():
    with tempfile.TemporaryDirectory(prefix="observatory-editor-") as folder:
        yield Editor(Path(folder))


def stop(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def text(address):
    answer = requests.get(address, timeout=30)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.text


def column(sheet, name):
    return next(cell.column for cell in sheet[1] if cell.value == name)


def through_office(book, folder):
    """Returns the workbook as LibreOffice saves it."""
    out = folder / "office"
    command = [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / book.name


def test_the_workbook_helps_its_editor(editor, tmp_path):
    book = tmp_path / "book.xlsx"
    assert editor.run("workbook", book) == (0, f"wrote {book}\n")
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames[0] == "guide" and sheets["guide"]["B1"].value.startswith("微短剧观察")
    figures = sheets["observations"]
    assert figures.freeze_panes == "C2"
    note = figures.cell(1, column(figures, "qualifier")).comment.text
    assert "One of: exact" in note and "how the source words the figure" in note and "来源的措辞" in note
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in figures.data_validations.dataValidation}
    letter = figures.cell(1, column(figures, "qualifier")).column_letter
    assert rules[letter].type == "list" and rules[letter].formula1.startswith("lists!")
    letter = figures.cell(1, column(figures, "source_id")).column_letter
    assert "sources!$A$2" in rules[letter].formula1
    value = figures.cell(2, column(figures, "value"))
    assert isinstance(value.value, (int, float))
    assert figures.cell(2, column(figures, "period_start")).is_date


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is opened by ./test --all")
def test_a_round_trip_through_libreoffice_loses_nothing(editor, tmp_path):
    book = tmp_path / "book.xlsx"
    editor.run("workbook", book)
    assert editor.run("import", "data", editor.state)[0] == 0
    code, said = editor.run("import", through_office(book, tmp_path), editor.state)
    assert code == 0 and "the same content as revision 1" in said, said


def test_a_figure_is_corrected_by_two(editor, tmp_path):
    server, site, _ = editor.serve("--port", free_port(), editor.state)
    try:
        book = tmp_path / "book.xlsx"
        editor.run("workbook", book)
        sheets = openpyxl.load_workbook(book)
        figures = sheets["observations"]
        indicator = figures.cell(2, column(figures, "indicator_id")).value
        value = figures.cell(2, column(figures, "value"))
        old, value.value = value.value, value.value + 1
        planted = figures.cell(3, column(figures, "qualifier"))
        right, planted.value = planted.value, "about"
        formula = figures.cell(4, column(figures, "value"))
        kept, formula.value = formula.value, "=1+1"
        sheets.save(book)

        # The check finds what was planted, in the cells where it stands.
        page, marked = tmp_path / "found.html", tmp_path / "found.xlsx"
        code, said = editor.run("check", book, "--report", page, "--report", marked)
        assert code == 1, said
        assert f"observations!{planted.coordinate}, qualifier: “about” is not allowed; one of: exact" in said
        # openpyxl stores no results of formulas.
        assert f"observations!{formula.coordinate}, value: is a formula without a stored result" in said
        assert f"observations!{planted.coordinate}" in page.read_text("utf-8")
        cell = openpyxl.load_workbook(marked)["observations"][planted.coordinate]
        assert cell.fill.fgColor.rgb == "FFFFB3B3" and cell.comment.text.startswith("Error: “about”")

        planted.value, formula.value = right, kept
        sheets.save(book)
        if OFFICE:
            book = through_office(book, tmp_path)
        code, said = editor.run("check", book)
        assert code == 0 and "nothing is wrong" in said, said

        # The preview shows the change and says on each page that it is one; the site is as before.
        preview, address, said = editor.serve("import", book, "--preview", editor.state)
        try:
            assert "1 changed" in said and "/en/changes?since=1" in said, said
            assert "Preview of data revision 2: not published." in text(f"{address}/en")
            assert "数据版本2预览，尚未发布。" in text(f"{address}/zh/about")
            changes = text(f"{address}/en/changes?since=1")
            assert f"/en/indicators/{indicator}" in changes
        finally:
            stop(preview)
        assert len(requests.get(f"{site}/api/v1/revisions", timeout=30).json()["data"]) == 1

        # Nobody publishes alone.
        code, said = editor.run("import", book, editor.state, "--by", "Li Wei", "--note", NOTE, REQUIRE_REVIEW="1")
        assert code == 1 and "observatory propose" in said, said
        code, said = editor.run("publish", book, editor.state, "--by", "Wang Lu")
        assert code == 1 and "has not been proposed" in said, said
        code, said = editor.run("propose", book, editor.state, "--by", "Li Wei", "--note", NOTE)
        assert code == 0 and "proposed as revision 2" in said, said
        code, said = editor.run("publish", book, editor.state, "--by", "li  wei")
        assert code == 1 and "another person" in said, said
        code, said = editor.run("publish", book, editor.state, "--by", "Wang Lu")
        assert code == 0 and "published revision 2" in said, said

        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            revisions = requests.get(f"{site}/api/v1/revisions", timeout=30).json()["data"]
            if len(revisions) == 2:
                break
            time.sleep(0.1)
        newest = revisions[0]
        assert (newest["published_by"], newest["proposed_by"], newest["note"]) == ("Wang Lu", "Li Wei", NOTE)
        revision = text(f"{site}/zh/data/revisions/2")
        assert "Wang Lu" in revision and "Li Wei" in revision and NOTE in revision
        with_figure = text(f"{site}/en/indicators/{indicator}/data.csv?rows=all")
        assert str(old + 1) in with_figure
    finally:
        stop(server)
