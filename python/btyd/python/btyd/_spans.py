"""Lengths of time with their unit, so that weeks are never read as days."""

from __future__ import annotations

import datetime
import math
from typing import NamedTuple, Union

from ._native import BtydError, convert

UNITS = ("day", "week", "month", "year")


class Span(NamedTuple):
    """So many units of time; a month is a twelfth of a year and a year 365.25 days.

    >>> model.expected_purchases(summary, within=Span(3, "month"))
    """

    length: float
    unit: str


#: A length of time: a plain number is in the unit of the model.
Length = Union[float, int, Span, datetime.timedelta]


def in_unit(length: Length, unit: str) -> float:
    """A length as a number of units."""
    if isinstance(length, datetime.timedelta):
        return convert(length / datetime.timedelta(days=1), "day", unit)
    if isinstance(length, tuple):
        return convert(float(length[0]), length[1], unit)
    return float(length)


def continuous(discount: float, per: Length, unit: str) -> float:
    """The continuously compounded rate of a discount such as 0.15 per ``Span(1, "year")``, per unit."""
    if not math.isfinite(discount) or discount <= -1.0:
        raise BtydError(f"a discount of {discount} is no rate; 0.15 is fifteen per cent")
    return math.log1p(discount) / in_unit(per, unit)
