"""Read the inhabitants of areas from a table of their own, by code or by name."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files
from ipgtools.io.areas import codes as area_codes
from ipgtools.io.parse import numbers
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["look_up", "parse_counts"]

_YEAR = re.compile(r"(19|20)\d\d$").search
_SENTINEL = -99_000
"""CBS writes numbers below this for unknown."""
_THOUSANDS = r"-?\d{1,3}(?:\.\d{3})+"


def parse_counts(column: "pd.Series") -> "pd.Series":
    """
    Read counts: whole numbers, with or without dots between the thousands.

    Examples
    --------
    >>> import pandas as pd
    >>> parse_counts(pd.Series(["4.805", "285", "-99997", "geheim"])).tolist()
    [4805.0, 285.0, nan, nan]
    """
    import pandas as pd

    dots = False
    if not pd.api.types.is_numeric_dtype(column):
        text = column.dropna().astype("str").str.strip()
        with_dot = text[text.str.contains(".", regex=False)]
        dots = bool(len(with_dot) and with_dot.str.fullmatch(_THOUSANDS).all())
    found = pd.Series(numbers.numbers(column, thousands=dots), index=column.index)
    return found.mask(found < _SENTINEL).round()


def look_up(path: "files.Given", table: "pd.DataFrame") -> "tuple[pd.Series, Message]":
    """Look up the inhabitants of areas."""
    with files.open_path(files.one(path)) as (local, layer):
        return _look_up(local, layer, table)


def _look_up(path: Path, layer: str | None, table: "pd.DataFrame") -> "tuple[pd.Series, Message]":
    names = files.header(path, layer=layer)
    found = _columns(path, layer, names, table)
    by = next((key for key in ("area_code", "area_name") if key in found), None)
    if by is None or "inhabitants" not in found:
        known = {key: columns_.INHABITANTS[key] for key in ("area_code", "inhabitants")}
        lacking = {key: value for key, value in known.items() if key not in found}
        raise columns_.missing(lacking, names, path.name)
    rows, _ = files.read(path, columns=[found[by], found["inhabitants"]], layer=layer)
    keys = _keys(rows[found[by]], table, by)
    values = parse_counts(rows[found["inhabitants"]]).set_axis(keys).dropna()
    values = values[values.index.isin(table[by].dropna())]
    several = values.groupby(level=0).nunique()
    if (several > 1).any():
        name = several.index[several > 1][0]
        examples = ", ".join(reading.number(int(one)) for one in values[name].unique()[:3])
        msg = f"{path.name} gives {name!r} several numbers of inhabitants: {examples}"
        raise ReadError(
            msg, code="inhabitants_several", path=path.name, area=name, examples=examples
        )
    values = values[~values.index.duplicated()]
    result = table[by].map(values)
    return result, message(
        "inhabitants", n=int(result.notna().sum()), missing=int(result.isna().sum())
    )


def _keys(column: "pd.Series", table: "pd.DataFrame", by: str) -> "pd.Series":
    """Give codes or names of the table as those of the map are written."""
    if by == "area_name":
        return column.astype("str").str.strip()
    levels = area_codes.level_of(table["area_code"].dropna()).unique()
    return area_codes.normalise_codes(column, levels[0] if len(levels) == 1 else None)


def _columns(
    path: Path, layer: str | None, names: list[str], table: "pd.DataFrame"
) -> dict[str, str]:
    """Recognise columns; of codes of several levels those count that the map has, too."""
    known = {columns_.normalise_name(name) for name in columns_.INHABITANTS["area_code"]}
    counts = {columns_.normalise_name(name) for name in columns_.INHABITANTS["inhabitants"]}
    codes = [name for name in names if columns_.normalise_name(name) in known]
    of_a_year = [
        name for name in names if columns_.normalise_name(name)[:-4] in counts and _YEAR(name)
    ]
    given = {"inhabitants": of_a_year[0]} if len(of_a_year) == 1 else {}
    wanted = columns_.INHABITANTS
    if len(codes) > 1:
        rows, _ = files.read(path, columns=codes, layer=layer)
        here = set(table["area_code"].dropna())
        shared = {name: int(_keys(rows[name], table, "area_code").isin(here).sum())
                  for name in codes}  # fmt: skip
        best = [name for name in codes if shared[name] == max(shared.values())]
        given |= {"area_code": best[0]} if len(best) == 1 else {}
        wanted = {key: wanted[key] for key in ("area_code", "inhabitants")}
    return columns_.recognise(names, wanted, source=path.name, given=given)
