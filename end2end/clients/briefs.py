"""What page, document and PDF of a brief say, as lists of texts in order."""

import io
import re

import docx
import lxml.html
import pypdfium2
from docx.table import Table
from docx.text.paragraph import Paragraph

BRIEFS = [
    "/brief/place/shanghai-pudong",
    "/brief/program/pudong-10-package",
    "/brief/organization/crazy-maple-studio",
    "/brief/indicator/domestic-market-revenue",
    "/brief?item=program:pudong-visa&item=explore:preset%3Dforecasts",
]
LOCALES = ["en", "zh"]


def beside(path, ending):
    """Returns the address of a file of a brief."""
    page, _, query = path.partition("?")
    return f"{page}.{ending}" + (f"?{query}" if query else "")


def packed(text):
    """Removes white space: formats break lines in places of their own."""
    return re.sub(r"\s+", "", text)


def of_page(get, path):
    """Returns the texts of the sheet in order, without the words of drawings."""
    page = lxml.html.fromstring(get(path).content.decode())
    (sheet,) = page.find_class("brief-sheet")
    for drawn in sheet.xpath(".//*[local-name()='svg']"):
        drawn.drop_tree()
    blocks = sheet.xpath(".//*[self::h1 or self::h2 or self::p or self::th or self::td or self::li or self::figcaption]")
    return [text for text in (packed(block.text_content()) for block in blocks) if text]


def of_docx(content):
    """Returns the texts of paragraphs and cells in order."""

    def cells(table):
        for row in table.rows:
            for cell in row.cells:
                yield from inside(cell)

    def inside(cell):
        # The lines of a cell of figures belong together; those of a cell that only places its contents do not.
        paragraphs = [child for child in cell.iter_inner_content()]
        styles = {one.style.name for one in paragraphs if isinstance(one, Paragraph)}
        if styles <= {"Value", "Cell", "Under"}:
            yield "".join(packed(one.text) for one in paragraphs)
        else:
            yield from (packed(one.text) for one in paragraphs)

    texts = []
    for child in docx.Document(io.BytesIO(content)).iter_inner_content():
        texts.extend(cells(child) if isinstance(child, Table) else [packed(child.text)])
    return [text for text in texts if text]


def of_pdf(content):
    """Returns the number of pages and all text, in the order of the contents."""
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return len(document), packed(text)
