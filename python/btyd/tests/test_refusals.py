"""Bad input is refused by name; nothing is answered by a NaN."""

import numpy as np
import pandas
import polars
import pytest

import btyd

MODEL = btyd.ParetoNbd([0.55, 10.6, 0.6, 11.7])
GOOD = {"frequency": [1.0, 2.0], "recency": [3.0, 4.0], "age": [9.0, 9.0]}


@pytest.mark.parametrize(
    "column,value,words",
    [
        ("frequency", 1.5, "frequency is 1.5"),
        ("frequency", -1, "frequency is -1"),
        ("frequency", np.nan, "frequency is NaN"),
        ("frequency", 0, "recency is zero exactly when"),
        ("recency", 10.0, "check the units"),
        ("recency", -2.0, "recency is -2"),
        ("recency", np.nan, "recency is NaN"),
        ("age", np.inf, "age is inf"),
        ("age", 2e6, "fitting unit"),
    ],
)
def test_a_row_that_cannot_be_true_is_named(column, value, words):
    bad = {name: list(values) for name, values in GOOD.items()}
    bad[column][1] = value
    questions = [
        lambda: MODEL.probability_active(bad),
        lambda: MODEL.expected_purchases(bad, within=9),
        lambda: MODEL.score(bad, within=9),
        lambda: btyd.BgNbd.fit(bad),
        lambda: MODEL.log_likelihood_of(bad),
    ]
    for question in questions:
        with pytest.raises(btyd.InputError, match=words) as caught:
            question()
        assert caught.value.row == 1 and isinstance(caught.value, ValueError)


def test_columns_must_be_numbers_of_one_length():
    with pytest.raises(btyd.BtydError, match="differ in length"):
        MODEL.probability_active([1, 2], [3.0], [9.0, 9.0])
    with pytest.raises(btyd.BtydError, match="no number"):
        MODEL.probability_active(["one"], [3.0], [9.0])
    with pytest.raises(btyd.BtydError, match="no column age"):
        MODEL.probability_active({"frequency": [1], "recency": [3.0]})
    with pytest.raises(btyd.BtydError, match="differ in length"):
        btyd.BgNbd.fit(**GOOD, counts=[1])


@pytest.mark.parametrize(
    "columns,reason",
    [
        (([0, 0], [0, 0], [9, 9]), "no_repeat_purchases"),
        (([0, 0], [0, 0], [0, 0]), "no_time_observed"),
    ],
)
def test_a_base_that_cannot_carry_a_model_says_why(columns, reason):
    for kind in (btyd.Nbd, btyd.BgNbd, btyd.MbgNbd, btyd.ParetoNbd):
        with pytest.raises(btyd.FitError) as caught:
            kind.fit(*columns)
        assert caught.value.reason == reason


def test_an_empty_base_is_refused():
    with pytest.raises(btyd.InputError, match="no rows"):
        btyd.BgNbd.fit([], [], [])


def test_parameters_are_checked():
    with pytest.raises(btyd.ParameterError, match="alpha is -1"):
        btyd.BgNbd([1.0, -1.0, 1.0, 1.0])
    with pytest.raises(btyd.ParameterError):
        btyd.BgNbd([1.0, 1.0])
    with pytest.raises(btyd.BtydError, match="no unit"):
        btyd.BgNbd([1.0, 1.0, 1.0, 1.0], unit="fortnight")
    with pytest.raises(btyd.BtydError, match="not fitted"):
        _ = MODEL.standard_errors


def test_a_mean_that_does_not_exist_is_no_number():
    wide = btyd.GammaGamma([2.0, 0.9, 30.0])
    with pytest.raises(btyd.MeanUndefined, match="median"):
        wide.expected_value(0, 0.0)
    assert wide.median_value(0, 0.0) > 0
    with pytest.raises(btyd.InputError):
        btyd.GammaGamma.fit([1, 0, 2], [3.0, 0.0, 4.0])


def test_transactions_are_checked():
    with pytest.raises(btyd.LedgerError, match="row 1: .* is no date"):
        btyd.summarize({"who": [1, 2], "day": ["2024-02-29", "2023-02-29"]}, id="who", date="day")
    with pytest.raises(btyd.LedgerError, match="row 0: the date is missing"):
        btyd.summarize({"who": [1], "day": np.array(["NaT"], dtype="datetime64[D]")}, id="who", date="day")
    for frame in ({"who": ["ann", None], "day": ["2024-02-29"] * 2}, pandas.DataFrame, polars.DataFrame):
        log = frame if isinstance(frame, dict) else frame({"who": ["ann", None], "day": ["2024-02-29"] * 2})
        with pytest.raises(btyd.LedgerError, match="row 1: the customer is missing"):
            btyd.summarize(log, id="who", date="day")
    with pytest.raises(btyd.LedgerError, match="row 0: .*amount"):
        log = {"who": [1], "day": ["2024-02-29"], "spent": [np.nan]}
        btyd.summarize(log, id="who", date="day", amount="spent")


def test_absurd_customers_get_finite_answers():
    for kind in (btyd.Nbd, btyd.BgNbd, btyd.MbgNbd, btyd.ParetoNbd):
        model = kind([1e-6, 1e6, 1e-6, 1e6][: len(kind.names)])
        for who in [(1_000_000, 1e5, 1e6), (1, 1e-6, 1e6), (0, 0.0, 0.0)]:
            active, expected = model.score(*who, within=1e9)
            assert 0 <= active <= 1 and np.isfinite(expected) and expected >= 0
