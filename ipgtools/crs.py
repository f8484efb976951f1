"""
Hold every table in one projected CRS in metres: the working CRS.

RD New (EPSG:28992) is the default, because Dutch police and CBS work in it. Any other
projected CRS in metres does as well; degrees never do, since distances and surfaces
computed in them are wrong.
"""

from typing import TYPE_CHECKING, Any

from ipgtools._renamed import renamed
from ipgtools.errors import ArgumentError, CrsError

if TYPE_CHECKING:
    import geopandas as gpd
    import pyproj

__all__ = ["WORK_CRS", "is_metric", "name", "require", "to_working_crs"]

WORK_CRS = "EPSG:28992"


def name(crs: Any) -> str:
    """
    Write a CRS the way a reader recognises it.

    Parameters
    ----------
    crs : anything pyproj understands, or None
        The CRS to name.

    Returns
    -------
    str
        ``"EPSG:28992 (Amersfoort / RD New)"``, or ``"no CRS"``.

    Examples
    --------
    >>> name("EPSG:28992")
    'EPSG:28992 (Amersfoort / RD New)'
    >>> name(None)
    'no CRS'
    """
    import pyproj

    if crs is None:
        return "no CRS"
    crs = pyproj.CRS.from_user_input(crs)
    authority = crs.to_authority()
    return f"{':'.join(authority)} ({crs.name})" if authority else str(crs.name)


def is_metric(crs: Any) -> bool:
    """
    Return whether a CRS is projected and counts in metres.

    Parameters
    ----------
    crs : anything pyproj understands, or None
        The CRS to judge.

    Returns
    -------
    bool
        False for None, for degrees and for feet.

    Examples
    --------
    >>> is_metric("EPSG:28992"), is_metric("EPSG:4326"), is_metric("EPSG:2263")
    (True, False, False)
    """
    import pyproj

    if crs is None:
        return False
    crs = pyproj.CRS.from_user_input(crs)
    return bool(crs.is_projected) and all(
        axis.unit_name in {"metre", "meter"} for axis in crs.axis_info[:2]
    )


def require(**tables: "gpd.GeoDataFrame | gpd.GeoSeries | None") -> "pyproj.CRS":
    """
    Require that tables share one projected CRS in metres.

    Parameters
    ----------
    **tables : GeoDataFrame or GeoSeries, any number of rows
        The tables under the names their user knows them by. None is passed over.

    Returns
    -------
    pyproj.CRS
        The CRS they share.

    Raises
    ------
    CrsError
        If a table has no CRS, is not in metres, or differs from the first.

    Examples
    --------
    >>> import geopandas as gpd
    >>> points = gpd.GeoSeries.from_xy([257000], [471000], crs=28992)
    >>> require(points=points).to_epsg()
    28992
    >>> try:
    ...     require(points=points.to_crs(4326))
    ... except CrsError as error:
    ...     error.code
    'crs_not_metric'
    """
    shared, first = None, ""
    for label, table in tables.items():
        if table is None:
            continue
        if not hasattr(table, "crs"):
            found = type(table).__name__
            msg = f"`{label}` is a {found}, expected a GeoDataFrame"
            raise ArgumentError(msg, code="geodataframe_expected", table=label, found=found)
        if not is_metric(table.crs):
            msg = (
                f"`{label}` is in {name(table.crs)}, expected a projected CRS in metres such as "
                f"{name(WORK_CRS)}. Reproject it first: {label}.to_crs({WORK_CRS[5:]})."
            )
            raise CrsError(msg, code="crs_not_metric", table=label, found=name(table.crs))
        if shared is None:
            shared, first = table.crs, label
        elif table.crs != shared:
            msg = (
                f"`{label}` is in {name(table.crs)} but `{first}` in {name(shared)}. "
                f"Bring them together first: {label}.to_crs({first}.crs)."
            )
            raise CrsError(
                msg,
                code="crs_differs",
                table=label,
                found=name(table.crs),
                other=first,
                expected=name(shared),
            )
    if shared is None:
        msg = "no table was given to take a CRS from"
        raise CrsError(msg, code="crs_missing", table="?")
    return shared


def to_working_crs(table: "gpd.GeoDataFrame", work_crs: Any = WORK_CRS) -> "gpd.GeoDataFrame":
    """
    Bring a table into the working CRS.

    Parameters
    ----------
    table : GeoDataFrame, n_rows
        In any CRS that it declares.
    work_crs : anything pyproj understands, default EPSG:28992
        A projected CRS in metres.

    Returns
    -------
    GeoDataFrame, n_rows
        The same rows; the table itself where it is there already.

    Raises
    ------
    CrsError
        If the table declares no CRS or `work_crs` is not in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> degrees = gpd.GeoDataFrame(geometry=gpd.points_from_xy([6.9], [52.2]), crs=4326)
    >>> to_working_crs(degrees).crs.to_epsg()
    28992
    """
    if not is_metric(work_crs):
        msg = f"the working CRS is {name(work_crs)}, expected a projected CRS in metres"
        raise CrsError(msg, code="crs_work", found=name(work_crs))
    if table.crs is None:
        msg = "the table declares no CRS, so it can't be reprojected. Set it first: set_crs(...)."
        raise CrsError(msg, code="crs_missing", table="?")
    return table if table.crs == work_crs else table.to_crs(work_crs)


if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"to_work": "to_working_crs"})
