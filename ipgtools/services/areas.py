"""
Fetch the wijken and buurten of a gemeente, once, into a file that works without a network.

Source: CBS gebiedsindelingen (generalised borders) or the CBS wijk- en buurtkaart (with
inhabitants), by the WFS of PDOK; CC BY 4.0.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ServiceError
from ipgtools.nl import services as nl
from ipgtools.services import http, wfs

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["BORDERS", "PEOPLE", "Fetched", "fetch", "file_name", "write"]

BORDERS = "https://service.pdok.nl/cbs/gebiedsindelingen/{year}/wfs/v1_0"
PEOPLE = "https://service.pdok.nl/cbs/wijkenbuurten/{year}/wfs/v1_0"
_LAYERS = {
    False: {
        "gemeente": "gebiedsindelingen:gemeente_gegeneraliseerd",
        "wijk": "gebiedsindelingen:wijk_gegeneraliseerd",
        "buurt": "gebiedsindelingen:buurt_gegeneraliseerd",
    },
    True: {
        "gemeente": "wijkenbuurten:gemeenten",
        "wijk": "wijkenbuurten:wijken",
        "buurt": "wijkenbuurten:buurten",
    },
}
_FIELDS = {
    "code": ("statcode", "{level}code"),
    "name": ("statnaam", "{level}naam"),
    "water": ("water", "h2o"),
    "inhabitants": ("aantalinwoners", "aantalinw"),
    "households": ("aantalhuishoudens", "aantalhh"),
}
_PREFIX = {"gemeente": "GM", "wijk": "WK", "buurt": "BU"}
_LAYER_NAMES = {"buurt": "buurten", "wijk": "wijken"}
_SENTINEL = -99_000
"""CBS writes numbers below this for unknown."""
_ALIKE, _MOST_NAMES = 60, 3
_NOT_THERE = 404


@dataclass(frozen=True)
class Fetched:
    """
    What was fetched.

    Parameters
    ----------
    code, name : str
        Of the gemeente.
    year : int
        Of the division.
    host : str
        Where it came from.
    tables : dict of str to GeoDataFrame
        Under "wijk" and "buurt": code, name and parents under the names CBS gives them,
        `aantal_inwoners` and `aantal_huishoudens` (missing where the source has none), `jaar`.
    n_pages : int
        Questions asked.
    """

    code: str
    name: str
    year: int
    host: str
    tables: "dict[str, gpd.GeoDataFrame]" = field(repr=False)
    n_pages: int

    def lines(self) -> list[str]:
        """Return in Dutch what was fetched from where, and what it lacks."""
        counts = {level: len(table) for level, table in self.tables.items()}
        known = [table["aantal_inwoners"].notna() for table in self.tables.values()]
        n_known, n_all = sum(int(each.sum()) for each in known), sum(map(len, known))
        people = nl.inhabitants(n_known, n_all - n_known) if n_known else nl.WITHOUT_INHABITANTS
        return [nl.fetched(counts, self.name, self.code, self.year, self.host), people, nl.CREDIT]


def fetch(
    gemeente: str,
    *,
    year: int,
    inhabitants: bool = False,
    base: str | None = None,
    page: int = wfs.PAGE,
    **limits: Any,
) -> Fetched:
    """
    Fetch wijken and buurten of one gemeente.

    Only the name of the service's layers and the code of the gemeente leave the computer.
    """
    address = base or (PEOPLE if inhabitants else BORDERS)
    for mark in ("{year}", "{jaar}"):
        address = address.replace(mark, str(year))
    host, layers = http.host_of(address), _LAYERS[inhabitants]
    try:
        found = wfs.features(address, layers["gemeente"], page=page, **limits)
        code, name = _gemeente(_fields(found, "gemeente", host), gemeente, year)
        n_pages, tables = found.attrs["n_pages"], {}
        for level in ("wijk", "buurt"):
            prefix = f"{_PREFIX[level]}{code[2:]}"
            where = ("gemeentecode", code) if inhabitants else ("statcode", f"{prefix}*")
            found = _filtered(address, layers[level], where, page, limits)
            n_pages += found.attrs["n_pages"]
            tables[level] = _level(found, level, prefix, (code, name), year, host)
    except ServiceError as error:
        if error.code == "service_refused" and error.facts.get("status") == _NOT_THERE:
            msg = f"{host} has no division of {year}"
            raise ServiceError(
                msg, code="areas_none", host=host, found=gemeente, year=year
            ) from error
        if error.code != "service_unreachable":
            raise
        msg = f"no wijken and buurten: {error}"
        facts = {**error.facts, "year": year}
        raise ServiceError(msg, code="areas_unreachable", **facts) from error
    if not all(map(len, tables.values())):
        msg = f"{host} has no wijken and buurten of {name} for {year}"
        raise ServiceError(msg, code="areas_none", host=host, found=name, year=year)
    names = tables["wijk"].set_index("wijkcode")["wijknaam"]
    tables["buurt"]["wijknaam"] = tables["buurt"]["wijkcode"].map(names)
    return Fetched(code, name, year, host, tables, n_pages)


def file_name(fetched: Fetched) -> str:
    """
    Give a name for the file.

    Examples
    --------
    >>> file_name(Fetched("GM0518", "'s-Gravenhage", 2024, "service.pdok.nl", {}, 3))
    'gebieden_s-gravenhage_2024.gpkg'
    """
    name = re.sub(r"[^a-z0-9]+", "-", _plain(fetched.name)).strip("-")
    return f"gebieden_{name or fetched.code.lower()}_{fetched.year}.gpkg"


def write(fetched: Fetched, path: str | Path) -> Path:
    """Write what was fetched as a GeoPackage that `ipgtools.read_areas` reads."""
    from ipgtools.io.write import atomic

    path = Path(path)
    if path.suffix.lower() != ".gpkg":
        msg = f"{path.name} is no name for a GeoPackage, expected .gpkg at its end"
        raise ServiceError(msg, code="areas_suffix", found=path.name)
    with atomic(path) as temporary:
        temporary.unlink()
        for level, layer in _LAYER_NAMES.items():
            fetched.tables[level].to_file(temporary, layer=layer, driver="GPKG")
    return path


def _filtered(
    address: str, layer: str, where: tuple[str, str], page: int, limits: dict[str, Any]
) -> "gpd.GeoDataFrame":
    """Get a layer for one gemeente; whole, where the service can't filter."""
    try:
        return wfs.features(address, layer, where=where, page=page, **limits)
    except ServiceError as error:
        if error.code != "service_refused":
            raise
    return wfs.features(address, layer, page=page, **limits)


def _fields(found: "gpd.GeoDataFrame", level: str, host: str) -> "gpd.GeoDataFrame":
    """Give code, name and numbers under our names, water and codes of other levels left out."""
    import geopandas as gpd
    import pandas as pd

    by_plain = {str(name).casefold().replace("_", ""): name for name in found.columns}
    columns: dict[str, pd.Series] = {}
    for ours, spellings in _FIELDS.items():
        known = (by_plain.get(each.format(level=level)) for each in spellings)
        if name := next((each for each in known if each is not None), None):
            columns[ours] = found[name]
    if not {"code", "name"} <= set(columns):
        if found.empty:
            columns = {ours: pd.Series(dtype="str") for ours in ("code", "name")}
            return gpd.GeoDataFrame(columns, geometry=[], crs=found.crs)
        raise http.unusable(host, "not_features", has=", ".join(map(str, found.columns)))
    table = gpd.GeoDataFrame(pd.DataFrame(columns), geometry=found.geometry, crs=found.crs)
    for ours in ("code", "name"):
        given = table[ours]
        table[ours] = given.astype("str").str.strip().mask(given.isna())
    table["code"] = table["code"].str.upper()
    table["name"] = table["name"].fillna(table["code"])
    land = table.get("water", pd.Series("", index=table.index)).astype("str").str.upper() != "JA"
    right = table["code"].str.startswith(_PREFIX[level]).fillna(value=False)
    return table[land & right]


def _gemeente(table: "pd.DataFrame", asked: str, year: int) -> tuple[str, str]:
    """Find the gemeente of a code or of a name, also an informal one."""
    wanted = _plain(asked)
    wanted = f"gm{wanted:0>4}" if wanted.isdigit() else nl.ALSO_CALLED.get(wanted, wanted)
    table = table.drop_duplicates("code")
    hits = table[(table["code"].str.casefold() == wanted) | (table["name"].map(_plain) == wanted)]
    if len(hits) != 1:
        msg = f"no gemeente {asked!r} in {year}"
        meant = nl.meant(_close(asked, table["name"].tolist()))
        raise ServiceError(msg, code="gemeente_unknown", found=asked, year=year, meant=meant)
    return str(hits["code"].iloc[0]), str(hits["name"].iloc[0])


def _close(asked: str, names: Sequence[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(
        _plain(asked),
        {name: _plain(name) for name in names},
        scorer=fuzz.ratio,
        score_cutoff=_ALIKE,
        limit=_MOST_NAMES,
    )
    return [str(name) for _, _, name in found]


def _plain(name: str) -> str:
    import unicodedata

    flat = unicodedata.normalize("NFKD", name.casefold())
    flat = "".join(mark for mark in flat if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", flat).split()).removeprefix("gemeente ")


def _level(
    found: "gpd.GeoDataFrame",
    level: str,
    prefix: str,
    gemeente: tuple[str, str],
    year: int,
    host: str,
) -> "gpd.GeoDataFrame":
    """Give one level of one gemeente under the names CBS gives its columns."""
    import geopandas as gpd
    import pandas as pd

    fields = _fields(found, level, host)
    fields = fields[fields["code"].str.startswith(prefix)].sort_values("code")
    fields = fields.reset_index(drop=True)
    if not fields.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all():
        raise http.unusable(host, "no_surface", level=level)
    if fields.geometry.is_empty.any():
        raise http.unusable(host, "no_surface", level=level)
    if fields["code"].duplicated().any():
        raise http.unusable(host, "double", level=level)
    table = pd.DataFrame({f"{level}code": fields["code"], f"{level}naam": fields["name"]})
    if level == "buurt":
        table["wijkcode"] = "WK" + fields["code"].str[2:8]
    table["gemeentecode"], table["gemeentenaam"] = gemeente
    for ours, theirs in (("inhabitants", "aantal_inwoners"), ("households", "aantal_huishoudens")):
        given = fields[ours] if ours in fields else pd.Series(pd.NA, index=fields.index)
        numbers = pd.to_numeric(given, errors="coerce").astype("Float64")
        table[theirs] = numbers.mask(numbers < _SENTINEL).round().astype("Int64")
    table["jaar"] = year
    return gpd.GeoDataFrame(table, geometry=fields.geometry, crs=fields.crs)
