"""What was known on a day: recomputed by pandas from the raw CSV files, and compared with page, CSV, API and SDMX."""

import io
import random

import pandas
import pytest

SEED = 20251205
DAYS = 100
KEY = ["indicator_id", "entity", "period_start", "period_end", "source_id"]


def table(get, name):
    text = get(f"/en/data/{name}.csv?bom=0").content.decode()
    return pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def figures(get):
    """Every observation with the last day that the date of its source may mean."""
    sources = table(get, "sources").set_index("id")["published_on"]

    def last_day(date):
        if not date:
            return pandas.NaT
        return pandas.Period(date, freq={4: "Y", 7: "M", 10: "D"}[len(date)]).end_time.normalize()

    observations = table(get, "observations")
    observations["known_from"] = pandas.to_datetime(observations["source_id"].map(sources.map(last_day)))
    return observations


@pytest.fixture(scope="module")
def days(figures):
    known = figures["known_from"].dropna()
    first, last = known.min(), min(known.max(), pandas.Timestamp.today().normalize())
    choose = random.Random(SEED)
    span = (last - first).days
    return sorted(first + pandas.Timedelta(days=choose.randint(0, span)) for _ in range(DAYS))


def of_api(get, day):
    rows, address = [], f"/api/v1/observations?limit=1000&known_on={day}"
    while address:
        answer = get(address).json()
        rows += answer["data"]
        address = answer["meta"]["next"]
    return {(row["indicator_id"], row["entity_id"], row["period_start"], row["period_end"], row["source_id"]) for row in rows}


def of_csv(get, day):
    text = get(f"/en/data/figures.csv?bom=0&known_on={day}").content.decode()
    frame = pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    columns = ["Indicator id", "Entity id", "Period from", "Period to", "Source id"]
    return set(frame[columns].itertuples(index=False, name=None))


def of_sdmx(get, day):
    text = get(f"/sdmx/v2/data/dataflow/MDO/OBSERVATIONS/1.0?asOf={day}&format=csv").content.decode()
    return len(pandas.read_csv(io.StringIO(text), dtype=str))


def test_the_same_figures_are_known_everywhere(get, figures, days):
    for moment in days:
        day = moment.strftime("%Y-%m-%d")
        known = figures[figures["known_from"] <= moment]
        expected = set(known[KEY].itertuples(index=False, name=None))
        assert of_csv(get, day) == expected, day
        assert of_sdmx(get, day) == len(expected), day
        footer = get(f"/en/about?known_on={day}").text.replace(",", "")
        assert f"{len(expected)} figures from" in footer, day
    for moment in days[::10]:
        day = moment.strftime("%Y-%m-%d")
        known = figures[figures["known_from"] <= moment]
        assert of_api(get, day) == set(known[KEY].itertuples(index=False, name=None)), day


def test_the_table_of_an_indicator_has_what_was_known(get, figures, days):
    own = figures[figures["indicator_id"].isin(["overseas-revenue-total", "overseas-iap-revenue"])]
    assert len(own) > 10
    for moment in days[::4]:
        day = moment.strftime("%Y-%m-%d")
        for indicator, rows in own.groupby("indicator_id"):
            known = rows[rows["known_from"] <= moment]
            data = get(f"/api/v1/indicators/{indicator}?rows=all&known_on={day}").json()["linked"].get("observations", [])
            found = {(row["entity_id"], row["period_start"], row["period_end"], row["source_id"]) for row in data}
            main = {row["entity_id"] for row in data}
            expected = known[known["entity"].isin(main)]
            assert found == set(expected[KEY[1:]].itertuples(index=False, name=None)), f"{indicator} on {day}"
