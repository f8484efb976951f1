"""
Get features from a WFS, page by page, and make sure that none is missing.

Source: OGC 09-025r2, Web Feature Service 2.0, `GetFeature` with `count` and `startIndex`;
OGC 09-026r2, Filter Encoding 2.0.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ipgtools.services import http

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["PAGE", "features", "filter_of"]

PAGE = 1000
_MOST = 200_000


def features(
    base: str,
    layer: str,
    *,
    where: tuple[str, str] | None = None,
    crs: str = "EPSG:28992",
    page: int = PAGE,
    **limits: Any,
) -> "gpd.GeoDataFrame":
    """Get the features of a layer."""
    import geopandas as gpd
    from pyproj.exceptions import CRSError
    from shapely.errors import ShapelyError

    rows: list[dict[str, Any]] = []
    n_pages = 0
    declared = ""
    for found, said in _pages(base, layer, where, crs, page, limits):
        rows += found
        declared = said
        n_pages += 1
    if not rows:
        table = gpd.GeoDataFrame({}, geometry=[], crs=crs)
    else:
        try:
            table = _in_crs(gpd.GeoDataFrame.from_features(rows), declared, crs)
        except (ValueError, TypeError, AttributeError, ShapelyError, CRSError) as cause:
            raise http.unusable(http.host_of(base), "not_features", layer=layer) from cause
    table.attrs["n_pages"] = n_pages
    return table


def _in_crs(table: "gpd.GeoDataFrame", declared: str, crs: str) -> "gpd.GeoDataFrame":
    """Bring features into a CRS: from degrees if that is what they are in, else as declared."""
    west, south, east, north = table.total_bounds
    degrees = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    return table.set_crs("EPSG:4326" if degrees else declared or crs).to_crs(crs)


def _pages(
    base: str,
    layer: str,
    where: tuple[str, str] | None,
    crs: str,
    page: int,
    limits: dict[str, Any],
) -> Iterator[tuple[list[dict[str, Any]], str]]:
    host = http.host_of(base)
    asked: dict[str, Any] = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": layer,
        "outputFormat": "application/json",
        "srsName": crs,
        "count": page,
    }
    if where is not None:
        asked["filter"] = filter_of(*where)
    start, before = 0, None
    while True:
        answer = http.get_json(base, {**asked, "startIndex": start}, **limits)
        found = answer.get("features") if isinstance(answer, dict) else None
        if not isinstance(found, list) or not all(_is_feature(each) for each in found):
            raise http.unusable(host, "not_features", layer=layer)
        if found and found == before:
            raise http.unusable(host, "same_page", layer=layer)
        before = found
        start += len(found)
        yield found, _crs_of(answer)
        total = answer.get("numberMatched", answer.get("totalFeatures"))
        total = total if isinstance(total, int) else None
        if start > _MOST:
            raise http.unusable(host, "large", layer=layer)
        if not found or (len(found) < page if total is None else start >= total):
            break
    if total is not None and start != total:
        raise http.unusable(host, "incomplete", got=start, of=total)


def filter_of(field: str, pattern: str) -> str:
    """
    Write a filter that compares one field.

    Examples
    --------
    >>> print(filter_of("gemeentecode", "GM0153"))
    <fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"><fes:PropertyIsEqualTo>...GM0153...
    """
    field, pattern = escape(field), escape(pattern)
    inner = f"<fes:ValueReference>{field}</fes:ValueReference><fes:Literal>{pattern}</fes:Literal>"
    how, options = "PropertyIsEqualTo", ""
    if pattern.endswith("*"):
        how, options = "PropertyIsLike", ' wildCard="*" singleChar="." escapeChar="!"'
    inner = f"<fes:{how}{options}>{inner}</fes:{how}>"
    return f'<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0">{inner}</fes:Filter>'


def _is_feature(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and isinstance(given.get("properties"), dict)
        and isinstance(given.get("geometry"), dict | None)
    )


def _crs_of(answer: dict[str, Any]) -> str:
    """Return the CRS an answer declares: ``urn:ogc:def:crs:EPSG::28992``."""
    declared = answer.get("crs")
    named = declared.get("properties") if isinstance(declared, dict) else None
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    code = name.rpartition(":")[2]
    return f"EPSG:{code}" if "EPSG" in name and code.isdigit() else ""
