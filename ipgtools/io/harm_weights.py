"""
Read the weights that a user gives to offences.

No Dutch table of harm weights has been published, so ipgtools has none: who weighs offences
says by what, in a file of one row per code.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipgtools.io import files
from ipgtools.io.parse import numbers, text_values
from ipgtools.io.report import ReadReport
from ipgtools.io.source import open_source
from ipgtools.nl import reading

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "read_weights"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "mk", "mk_code", "klasse", "incidentsoort code", "category", "categorie"),
    "weight": ("weight", "gewicht", "dagen", "days", "score"),
    "unit": ("unit", "eenheid"),
    "origin": ("origin", "bron", "source", "herkomst"),
}


def read_weights(
    path: "files.Given", *, columns: Mapping[str, str] | None = None, layer: str | None = None
) -> "tuple[pd.DataFrame, ReadReport]":
    """
    Read the weight of each offence code.

    Parameters
    ----------
    path : path or DataFrame
        CSV, Excel or Parquet with a code and a weight on each row, and perhaps the unit and
        where the weight comes from.
    columns : mapping of str to str, optional
        ``code``, ``weight``, ``unit`` and ``origin`` to file column, where the names aren't
        recognised.
    layer : str, optional
        Sheet; the first one if not given.

    Returns
    -------
    weights : DataFrame, n_used rows
        `code` (MK code or class, in capitals, unique), `weight` (0 or more) and, where the
        file has them, `unit` and `origin`.
    report : ReadReport
        Rows without a code, with a code seen before, or without a weight of 0 or more.

    Raises
    ------
    ReadError
        If the file is missing, empty, or has no codes or no weights.

    Examples
    --------
    >>> import pandas as pd
    >>> weights, report = read_weights(pd.DataFrame({"code": ["a20"], "gewicht": ["10"]}))
    >>> weights.values.tolist()
    [['A20', 10.0]]
    """
    import numpy as np
    import pandas as pd

    path = files.one(path)
    source = open_source(path, COLUMNS, needed=("code", "weight"), columns=columns, layer=layer)
    rows, found, collected = source.rows, source.found, source.collected
    code = text_values.text(rows[found["code"]]).str.upper()
    collected.where(code.isna(), found["code"], "code_missing")
    weight = pd.Series(numbers.numbers(rows[found["weight"]]), index=rows.index)
    wrong = ~(np.isfinite(weight) & (weight >= 0))
    collected.where(wrong, found["weight"], "weight_unreadable", found=rows[found["weight"]])
    double = code[collected.good].duplicated().reindex(rows.index, fill_value=False)
    collected.where(double, found["code"], "code_double", found=code)
    table = pd.DataFrame({"code": code, "weight": weight})
    for ours in ("unit", "origin"):
        if ours in found:
            table[ours] = text_values.text(rows[found[ours]])
    table = table[collected.good].reset_index(drop=True)
    return table, source.report(len(table), [reading.mapping(found)], {})
