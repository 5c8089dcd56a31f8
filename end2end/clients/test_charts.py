"""pandas reproduces charts from their CSV files alone: growth stops where the files say that a series has a break or another basis."""

import io
from decimal import Decimal

import pandas
import pytest

SERIES = [
    "domestic-market-revenue.china.iimedia",
    "domestic-market-revenue.china.dataeye",
    "cinema-box-office.china.china-film-administration",
    "company-revenue.col-group.col-group",
    "app-iap-revenue.reelshort.appfigures",
]


def chart(get, series, **parameters):
    """Returns the rows of a chart of one series, by period."""
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    answer = get(f"/en/explore/data.csv?series={series}&bom=0&header=names&{query}")
    rows = pandas.read_csv(io.BytesIO(answer.content), dtype=str, keep_default_na=False)
    for day in ("period_start", "period_end"):
        rows[day] = pandas.to_datetime(rows[day])
    gaps = rows.value.eq("") & rows.value_high.eq("")
    assert rows[gaps].missing.ne("").all(), "a gap says why it is one"
    return rows[~gaps]


def a_year_before(rows, row):
    """Returns the row of the same period of the year before, if it is comparable."""
    start, end = (row[day] - pandas.DateOffset(years=1) for day in ("period_start", "period_end"))
    # The 28th may stand for the 29th of February.
    same = rows[(rows.period_start == start) & ((rows.period_end - end).abs() <= pandas.Timedelta(days=1))]
    same = same[(same.break_from == row.break_from) & (same.basis == row.basis)]
    return None if same.empty else same.iloc[0]


@pytest.mark.parametrize("series", SERIES)
def test_growth_is_worked_out_from_the_file(get, series):
    levels = chart(get, series)
    assert len(levels) > 1
    own = {}
    for _, row in levels.iterrows():
        before = a_year_before(levels, row)
        if before is not None and not (row.value_high or before.value_high):
            own[row.period_end] = (Decimal(row.value) / Decimal(before.value) - 1) * 100
    drawn = chart(get, series, units="percent-year")
    shown = drawn[drawn.value_high.eq("")]
    assert list(shown.period_end) == list(own)
    for _, row in shown.iterrows():
        assert abs(Decimal(row.value) - own[row.period_end]) < Decimal("1e-6"), row.period_end


@pytest.mark.parametrize("series", SERIES)
def test_a_row_says_what_it_rests_on(get, series):
    for _, row in chart(get, series).iterrows():
        assert row.source_ids
        assert row.derived == "false"
        assert row.text and row.unit
