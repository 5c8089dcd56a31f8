"""Catalogues: DCAT-AP by its SHACL shapes, Croissant by mlcroissant, schema.org on the data page."""

import json
import pathlib
import re

import mlcroissant
import pandas
import pyshacl
import pytest
import rdflib
import rdflib.compare

SHAPES = pathlib.Path(__file__).parent / "dcat-ap"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module", params=["", "?as_of=1"])
def graph(get, request):
    """Returns the catalogue as Turtle, and the same as JSON-LD."""
    turtle = get(f"/data/catalog.ttl{request.param}")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    jsonld = get(f"/data/catalog.jsonld{request.param}")
    assert jsonld.headers["content-type"] == "application/ld+json"
    one, other = rdflib.Graph(), rdflib.Graph()
    one.parse(data=turtle.text, format="turtle")
    other.parse(data=jsonld.text, format="json-ld")
    assert rdflib.compare.isomorphic(one, other)
    return one


def test_the_catalogue_conforms_to_dcat_ap(graph):
    shapes = rdflib.Graph()
    for file in ("shapes.ttl", "range.ttl"):
        shapes.parse(SHAPES / file)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert conforms, text
    assert len(list(graph.subjects(rdflib.RDF.type, DCAT.Dataset))) > 13


def test_every_file_of_the_catalogue_is_there(get, graph):
    distributions = list(graph.subjects(rdflib.RDF.type, DCAT.Distribution))
    assert len(distributions) > 28
    for distribution in distributions:
        address = str(graph.value(distribution, DCAT.downloadURL))
        kind = str(graph.value(distribution, DCAT.mediaType)).rpartition("media-types/")[2]
        assert get(address).headers["content-type"].startswith(kind), address


def test_croissant_has_the_records_of_the_csv_files(get, site, tmp_path, monkeypatch):
    monkeypatch.setenv("CROISSANT_CACHE", str(tmp_path))
    dataset = mlcroissant.Dataset(jsonld=f"{site}/data/croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    for record_set in dataset.metadata.record_sets:
        name = record_set.uuid
        records = list(dataset.records(record_set=name))
        frame = pandas.read_csv(f"{site}/en/data/{name}.csv?bom=0", dtype=str, keep_default_na=False)
        assert len(records) == len(frame) > 0, name
        columns = [str(column) for column in frame.columns]
        assert list(records[0]) == [f"{name}/{column}" for column in columns]
        if "id" in columns:
            ids = [record[f"{name}/id"].decode() for record in records]
            assert ids == list(frame["id"]), name


@pytest.mark.parametrize("page", ["/en/data", "/zh/data", "/en/programs", "/zh/indicators/domestic-market-revenue"])
def test_schema_org_describes_the_data_set(get, page):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', get(page).text, re.S)[1]
    described = json.loads(text)
    sets = described.get("dataset", [described])
    for one in sets:
        assert one["@type"] == "Dataset"
        for name in ("name", "description", "url", "license", "creator", "publisher", "isAccessibleForFree", "version",
                     "dateModified", "identifier", "measurementTechnique", "spatialCoverage"):  # fmt: skip
            assert one[name], f"{page}: {name}"
    for one in sets[:2] if len(sets) > 1 else sets:
        for download in one["distribution"]:
            assert get(download["contentUrl"]).headers["content-type"].startswith(download["encodingFormat"])
    assert len(sets) == 1 or "/" in sets[1]["temporalCoverage"]
