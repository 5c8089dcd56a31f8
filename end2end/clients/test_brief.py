"""Briefs as documents: the same content in every format, and a PDF that programs can read aloud."""

import io

import docx
import pikepdf
import pytest

from briefs import BRIEFS, LOCALES, beside, of_docx, of_page, of_pdf


@pytest.fixture(scope="session", params=[(path, locale) for path in BRIEFS for locale in LOCALES], ids=str)
def brief(request, get):
    """Returns language, texts of the page, document and PDF of a brief."""
    path, locale = request.param
    path = f"/{locale}{path}"
    return locale, of_page(get, path), get(beside(path, "docx")).content, get(beside(path, "pdf")).content


def test_page_document_and_pdf_say_the_same_in_the_same_order(brief):
    _, page, document, pdf = brief
    assert of_docx(document) == page
    pages, text = of_pdf(pdf)
    assert pages == 1
    at = 0
    for block in page:
        found = text.find(block, at)
        assert found >= 0, f"{block!r} is not in {text[at:at + 300]!r}"
        at = found + len(block)


def test_a_document_has_headings_tables_and_described_pictures(brief):
    locale, page, content, _ = brief
    document = docx.Document(io.BytesIO(content))
    assert document.core_properties.title == document.paragraphs[1].text
    assert document.core_properties.language == {"en": "en-GB", "zh": "zh-CN"}[locale]
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[1] == "Heading 1" and styles.count("Heading 1") == 1 and styles.count("Heading 2") >= 2
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    data = [table for table in document.tables if table.cell(0, 0).paragraphs[0].style.name == "Under"]
    assert data
    for table in data:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader"), "the first row is a header row"
    pictures = document.element.xpath("//wp:docPr")
    assert pictures and all(len(picture.get("descr")) > 3 for picture in pictures)
    for relation in document.part.rels.values():
        if relation.is_external:
            assert relation.target_ref.startswith("http")


def elements(node):
    """Yields the elements of a structure tree in order, as (tag, element)."""
    for child in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S), child
            if "/K" in child:
                yield from elements(child.K)


def test_a_pdf_can_be_read_aloud(brief):
    locale, page, _, content = brief
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked and root.ViewerPreferences.DisplayDocTitle
        assert str(root.Lang) == {"en": "en", "zh": "zh-Hans"}[locale]
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        tree = list(elements(root.StructTreeRoot.K))
        tags = [tag for tag, _ in tree]
        assert tags.count("/H1") == 1 and tags.count("/H2") >= 2
        assert tags.index("/H1") < tags.index("/H2") and tags.index("/H1") < tags.index("/Table")
        assert tags.count("/TH") > tags.count("/TR"), "a header in each row, and the row of headers"
        for tag, element in tree:
            if tag == "/Figure":
                assert len(str(element.Alt)) > 3
            if tag == "/TH":
                assert "/Scope" in str(element.unparse_resolved() if hasattr(element, "unparse_resolved") else element.A)
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 3
        (sheet,) = pdf.pages
        assert sheet.Tabs == pikepdf.Name.S
        for link in sheet.Annots:
            assert str(link.A.URI).startswith("http") and str(link.Contents)
        for font in sheet.Resources.Font.values():
            (descendant,) = font.DescendantFonts
            files = [name for name in ("/FontFile2", "/FontFile3") if name in descendant.FontDescriptor]
            assert files and "/ToUnicode" in font
            assert str(font.BaseFont)[7] == "+", "a subset"


def test_a_pdf_is_well_formed(brief):
    with pikepdf.open(io.BytesIO(brief[3])) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(brief[3]) < 400_000
