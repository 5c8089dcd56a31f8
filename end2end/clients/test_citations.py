"""Reference managers can import the citations."""

import bibtexparser
import jsonschema
import pytest
import rispy

from states import PAGES, beside

CSL_ITEM = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "author", "URL", "accessed"],
        "properties": {
            "type": {"enum": ["dataset", "webpage"]},
            "author": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "object", "anyOf": [{"required": ["literal"]}, {"required": ["family"]}]},
            },
            "issued": {"type": "object", "required": ["date-parts"]},
            "URL": {"type": "string", "pattern": "^https?://"},
        },
    },
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_cited(get, page):
    library = bibtexparser.parse_string(get(beside(page, "cite.bib")).text)
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry["title"] and entry["author"] and entry["url"].startswith("http")

    (ris,) = rispy.loads(get(beside(page, "cite.ris")).content.decode("utf-8"))
    items = get(beside(page, "cite.csl.json")).json()
    jsonschema.validate(items, CSL_ITEM)
    (item,) = items
    assert ris["title"] == item["title"]
    assert (ris["type_of_reference"] == "DATA") == (item["type"] == "dataset")
    # All formats contain the same address, and it responds if it is an address of this site.
    assert entry["url"] == item["URL"] == ris["urls"][0]
    if item["type"] == "dataset":
        assert "as_of=" in item["URL"]
        get(item["URL"])
