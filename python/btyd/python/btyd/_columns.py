"""Columns in, columns out: numpy arrays, pandas and polars Series and frames, lists and plain numbers.

Nothing here imports pandas or polars; whoever hands in a frame has imported it already.
"""

from __future__ import annotations

import sys
from typing import Any, Callable, NamedTuple, Optional, Sequence

import numpy as np

from ._native import BtydError

#: Other names under which a column is looked for in a frame.
ALIASES = {
    "frequency": ("x",),
    "recency": ("t_x",),
    "age": ("T",),
    "occasions": ("n_periods", "periods", "n"),
    "count": ("counts", "weights"),
    "mean_value": ("monetary_value", "value"),
}


def library(thing: Any) -> str:
    """The package a value belongs to: "pandas", "polars", "numpy" or anything else."""
    return type(thing).__module__.split(".")[0]


def is_frame(thing: Any) -> bool:
    """True for a table with named columns: a DataFrame, a dict of columns."""
    return isinstance(thing, dict) or (library(thing) in ("pandas", "polars") and hasattr(thing, "columns"))


def numbers(values: Any) -> np.ndarray:
    """Floats in one piece; what is missing becomes NaN, which the models refuse by row."""
    try:
        if library(values) == "pandas":
            values = values.to_numpy(dtype=np.float64, na_value=np.nan)
        elif library(values) == "polars":
            values = values.to_numpy()
        array = np.asarray(values, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise BtydError(f"a column holds something that is no number: {error}") from error
    if array.ndim > 1:
        raise BtydError(f"a column has one dimension, this has {array.ndim}")
    return array


def column(frame: Any, name: str) -> Any:
    """A column of a frame by its name or one of its other names; None without it."""
    for candidate in (name, *ALIASES.get(name, ())):
        if candidate in (frame if isinstance(frame, dict) else frame.columns):
            return frame[candidate]
    return None


class Customers(NamedTuple):
    """Columns of customers as arrays of one length, and how to hand answers back as they came."""

    columns: tuple[np.ndarray, ...]
    back: Callable[[np.ndarray, str], Any]
    frame: Any


def customers(first: Any, others: Sequence[Any], names: Sequence[str]) -> Customers:
    """Columns from a frame, or from one argument per column (numbers are repeated to the common length)."""
    frame = None
    if is_frame(first):
        if any(other is not None for other in others):
            raise BtydError("give a frame or columns, not both")
        frame, values = first, [column(first, name) for name in names]
    else:
        values = [first, *others]
    missing = [name for name, value in zip(names, values) if value is None]
    if missing:
        raise BtydError(f"there is no column {', '.join(missing)}; the model needs {', '.join(names)}")
    arrays = [numbers(value) for value in values]
    sizes = {array.size for array in arrays if array.ndim == 1}
    if len(sizes) > 1:
        raise BtydError("the columns differ in length; give one value per row")
    like = next((value for value in values if library(value) in ("pandas", "polars")), None)
    size = sizes.pop() if sizes else None
    if size is not None:
        arrays = [np.ascontiguousarray(np.broadcast_to(array, size)) for array in arrays]
    else:
        arrays = [array.reshape(1) for array in arrays]
    return Customers(tuple(arrays), lambda found, name: handed_back(found, name, like, size is None), frame)


def handed_back(found: np.ndarray, name: str, like: Any, scalar: bool) -> Any:
    """An answer in the kind of its question: Series with the same index, polars Series, array or number."""
    if scalar:
        return found[0].item()
    if like is None:
        return found
    if library(like) == "pandas":
        return sys.modules["pandas"].Series(found, index=like.index, name=name)
    return sys.modules["polars"].Series(name, found)


def table(columns: dict[str, Any], like: Any) -> Any:
    """Columns as the kind of frame that came in; a dict of arrays where none did."""
    if library(like) == "pandas":
        return sys.modules["pandas"].DataFrame(columns)
    if library(like) == "polars":
        return sys.modules["polars"].DataFrame(columns)
    return columns


def counts_of(given: Any, frame: Any, size: int) -> Optional[np.ndarray]:
    """How many customers share each row: the argument, else the column of a frame, else none."""
    if given is None and frame is not None:
        given = column(frame, "count")
    if given is None:
        return None
    found = numbers(given)
    return np.ascontiguousarray(np.broadcast_to(found, size)) if found.ndim == 0 else found
