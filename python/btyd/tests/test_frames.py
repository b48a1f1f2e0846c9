"""Whatever kind of columns goes in comes out, with the same numbers."""

import datetime

import numpy as np
import pandas as pd
import polars as pl
import pytest

import btyd
from shelf import simulated

MODEL = btyd.BgNbd([0.8, 6.0, 0.5, 2.0])
COLUMNS = {"frequency": [0, 2, 7], "recency": [0.0, 11.0, 49.5], "age": [52.0, 40.0, 52.0]}


def test_lists_arrays_series_and_frames_agree():
    want = MODEL.probability_active(*COLUMNS.values())
    assert isinstance(want, np.ndarray)
    index = ["ann", "bob", "cem"]
    pandas = pd.DataFrame(COLUMNS, index=index)
    polars = pl.DataFrame(COLUMNS)
    by_frame = MODEL.probability_active(pandas)
    assert isinstance(by_frame, pd.Series) and list(by_frame.index) == index and by_frame.name == "probability_active"
    by_series = MODEL.probability_active(pandas["frequency"], pandas["recency"], pandas["age"])
    pd.testing.assert_series_equal(by_frame, by_series)
    assert isinstance(MODEL.probability_active(polars), pl.Series)
    for found in (by_frame.to_numpy(), MODEL.probability_active(polars).to_numpy(), MODEL.probability_active(COLUMNS)):
        assert (found == want).all()
    alone = MODEL.probability_active(2, 11.0, 40.0)
    assert isinstance(alone, float) and alone == want[1]


def test_names_of_the_papers_and_nullable_columns_do():
    frame = pd.DataFrame({"x": pd.array([0, 2], dtype="Int64"), "t_x": [0.0, 11.0], "T": [52.0, 40.0]})
    assert MODEL.expected_purchases(frame, within=10).iloc[1] == MODEL.expected_purchases(2, 11.0, 40.0, within=10)
    frame.loc[1, "x"] = pd.NA
    with pytest.raises(btyd.InputError, match="row 1: frequency is NaN"):
        MODEL.expected_purchases(frame, within=10)


def test_rows_with_a_count_are_so_many_customers():
    base = pd.DataFrame(simulated())
    cells = base.groupby(["frequency", "recency", "age"]).size().reset_index(name="count")
    doubled = pd.concat([base, base])
    one, two = btyd.MbgNbd.fit(doubled), btyd.MbgNbd.fit(cells.assign(count=2 * cells["count"]))
    assert one.parameters == two.parameters and one.customers == two.customers == 4000


def test_a_score_is_its_two_answers():
    base = pl.DataFrame(simulated(500))
    for kind in (btyd.Nbd, btyd.BgNbd, btyd.MbgNbd, btyd.ParetoNbd):
        fit = kind.fit(base)
        active, expected = fit.score(base, within=btyd.Span(1, "year"))
        assert np.allclose(active, fit.probability_active(base), rtol=1e-12)
        week = fit.expected_purchases(base, within=datetime.timedelta(days=365.25))
        assert np.allclose(expected, week, rtol=1e-9)


def test_a_window_is_the_difference_of_two():
    far, near = (MODEL.expected_purchases(7, 49.5, 52.0, within=t) for t in (30, 20))
    assert MODEL.expected_purchases(7, 49.5, 52.0, start=20, within=30) == pytest.approx(far - near, rel=1e-9)


LOG = {
    "who": ["ann", "bob", "ann", "ann", "ann", "cem", "bob"],
    "day": ["2024-01-01", "2024-01-15", "2024-01-15", "2024-01-15", "2024-05-01", "2024-02-01", "2024-07-09"],
    "spent": [10.0, 5.0, 30.0, 4.0, 8.0, 3.0, 1.0],
}


@pytest.mark.parametrize(
    "frame",
    [
        LOG,
        pd.DataFrame(LOG),
        pd.DataFrame(LOG).assign(day=pd.to_datetime(LOG["day"])),
        pl.DataFrame(LOG),
        pl.DataFrame(LOG).with_columns(pl.col("day").str.to_date()),
        pd.DataFrame(LOG).sample(frac=1, random_state=3),
    ],
    ids=["dict", "pandas text", "pandas dates", "polars text", "polars dates", "unsorted"],
)
def test_transactions_of_every_kind_become_the_same_summary(frame):
    found = btyd.summarize(
        frame, id="who", date="day", amount="spent", unit="week", end="2024-03-31", holdout_end="2024-06-30"
    )
    assert type(found) is type(frame)
    rows = {who: place for place, who in enumerate(found["who"])}
    assert sorted(rows) == ["ann", "bob", "cem"]
    values = {name: np.asarray(found[name]) for name in list(found)} if isinstance(found, dict) else {
        name: found[name].to_numpy() for name in found.columns
    }
    ann = {name: column[rows["ann"]] for name, column in values.items()}
    assert (ann["frequency"], ann["recency"], ann["mean_value"]) == (1, 2.0, 34.0)
    assert (ann["holdout"], ann["holdout_value"]) == (1, 8.0)
    assert values["holdout"][rows["bob"]] == 0


def test_calendar_weeks_where_lifetimes_counts_them():
    log = {"who": [1, 1, 1], "day": ["2024-01-01", "2024-01-06", "2024-01-08"]}
    textbook = btyd.summarize(log, id="who", date="day", end="2024-01-31")
    calendar = btyd.summarize(log, id="who", date="day", end="2024-01-31", convention="lifetimes")
    assert (textbook["frequency"][0], textbook["recency"][0]) == (2, 1.0)
    assert (calendar["frequency"][0], calendar["recency"][0], calendar["age"][0]) == (1, 1.0, 4.0)
