"""
Draw interactive maps that open without a network.

`hotspot_map` lays places, hotspots, areas, findings of a schouw and streets over each other;
`save` writes a map as one file that asks nothing of any network, `show` puts it in a
notebook. The tables are drawn as they are given: releasing them for an audience
(`ipgtools.privacy.release`) comes before.
"""

import html
import os
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools import _checks, crs, privacy
from ipgtools.nl import charts as chart_words
from ipgtools.nl import maps as words

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    import pandas as pd

    from ipgtools.periods import Period
    from ipgtools.privacy import Profile

__all__ = ["Picture", "hotspot_map", "page", "place_facts", "save", "show"]

_HEAD = """{% macro header(this, kwargs) %}
<title>{{ this.values.title|e }}</title>
<style>
{{ this.values.sheet }}
</style>
<script>
{{ this.values.script }}
</script>
{% endmacro %}
{% macro html(this, kwargs) %}
<header class="ipg-head">
<div class="ipg-marks">
{%- for mark in this.values.marks %}
<span class="ipg-mark {{ mark[0] }}">{{ mark[1]|e }}</span>
{%- endfor %}
</div>
<h1>{{ this.values.title|e }}</h1>
{% if this.values.subtitle %}<p>{{ this.values.subtitle|e }}</p>{% endif %}
</header>
<noscript>{{ this.values.no_script|e }}</noscript>
{% if this.values.footer or this.values.listed %}
<footer>
{% if this.values.footer %}
<details class="ipg-foot" open><summary>{{ this.values.about|e }}</summary>
{%- for part in this.values.footer %}<span>{{ part|e }}</span>{% endfor -%}
</details>
{% endif %}
{{ this.values.listed }}
</footer>
{% endif %}
{% endmacro %}"""
_SCRIPTS = ("page.js", "markers.js", "numbers.js", "incidents.js")
_CONTROLS = """{% macro script(this, kwargs) %}
ipg.controls({{ this._parent.get_name() }}, {{ this.values.arguments }});
{% endmacro %}"""


def hotspot_map(
    cells: "gpd.GeoDataFrame | None" = None,
    areas: "gpd.GeoDataFrame | None" = None,
    *,
    places: "gpd.GeoDataFrame | None" = None,
    findings: "gpd.GeoDataFrame | None" = None,
    actions: "pd.DataFrame | None" = None,
    density: "gpd.GeoDataFrame | None" = None,
    streets: "gpd.GeoDataFrame | None" = None,
    counts: "gpd.GeoDataFrame | None" = None,
    changes: "gpd.GeoDataFrame | None" = None,
    repeats: "pd.DataFrame | None" = None,
    windows: "gpd.GeoDataFrame | None" = None,
    incidents: "gpd.GeoDataFrame | None" = None,
    base: "gpd.GeoDataFrame | None" = None,
    title: str = words.TITLE,
    subtitle: str = "",
    period: "Period | str | None" = None,
    n: int | str | None = None,
    left_out: Mapping[str, int] | str | None = None,
    source: str | Mapping[str, str] = "",
    method: str = "",
    note: str = "",
    audience: "str | Profile | None" = "auto",
    sample: bool = False,
) -> "folium.Map":
    """
    Lay places, hotspots, areas, findings and streets over each other on an interactive map.

    Every table may be missing; a layer that has one can be switched on and off. The map has
    no tiles: streets and areas are its base.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows, optional
        Polygons with `hotspot_class`, as `hotspots.gi_star` gives them; `n` is shown where
        the audience may see it. Cells of class "none" are not drawn.
    areas : GeoDataFrame, n_areas rows, optional
        Polygons with `area_name`.
    places : GeoDataFrame, n_places rows, optional
        PLACES, released: outlines with `number`, and `name`, `claim`, `n`, `n_before`,
        `n_last_year`, `kinds`, `when`, `since`, `findings` and `open_actions` where known. A
        click on one opens what the table knows of it; what is missing is left out.
    findings : GeoDataFrame, n_findings rows, optional
        FINDINGS; those without a place are counted in the legend.
    actions : DataFrame, n_actions rows, optional
        ACTIONS on the findings, shown with them.
    density : GeoDataFrame, n_cells rows, optional
        Cells with `per_km2`, as `hotspots.density` gives them; a layer that starts switched off.
    streets : GeoDataFrame, n_streets rows, optional
        STREETS: the base of the map. `kind` sets their width, `street_name` is written.
    counts : GeoDataFrame, n_areas rows, optional
        Areas with `n`, and `n_before` and `n_last_year` where known, which the reader chooses
        between; the classes are of all together. Starts switched off, as all that follow do.
    changes : GeoDataFrame, n_cells rows, optional
        Cells with `change_class`, as `hotspots.change` gives them: those with clearly more and
        clearly fewer incidents, each as one shape.
    repeats : GeoDataFrame or DataFrame, optional
        As `repeats.places` gives them: points with `n`, drawn where `n` is two or more. A table
        of streets with `street_name` and `n` is drawn along `streets`.
    windows : GeoDataFrame, n_windows rows, optional
        As `repeats.alert_windows` gives them, drawn as circles of `radius_m`.
    incidents : GeoDataFrame, n_incidents rows, optional
        INCIDENTS, drawn as points by `category_label` or `category`, up to a million or so. The
        reader chooses kinds, a week and a part of the day.
    base : GeoDataFrame, n_shapes rows, optional
        Water, green, railways and buildings by `kind`, as `io.read_base` gives them: under all
        else, in quiet tones.
    title, subtitle : str
        Above the map; the title states what was found.
    period : Period or str, optional
        What the map is about.
    n : int or str, optional
        Number of incidents; a text where something else was counted.
    left_out : mapping of str to int or str, optional
        Rows left out by reason, in Dutch.
    source : str or mapping of str to str
        Under the map. A mapping names the source of each table; of `areas`, `streets`, `findings`
        and the like only what is drawn is named.
    method, note : str
        Under the map.
    audience : str, Profile or None, default "auto"
        Whose label the map has. By default that of the audience for which the tables were
        released; a map of tables that were not has no label. Numbers of cells and places are
        shown as its profile says: those of cells where it names `n` of them, small ones as
        small, others rounded; without a label as they are.
    sample : bool, default False
        Whether the data are made up; the map then says so.

    Returns
    -------
    folium.Map
        Shows itself in a notebook without a network; more layers can be added.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    ReleaseError
        If there is no such audience.
    ValueError
        If no table was given.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> square = box(257000, 471000, 257100, 471100)
    >>> cells = gpd.GeoDataFrame({"hotspot_class": ["hot_sure"]}, geometry=[square], crs=28992)
    >>> drawn = hotspot_map(cells, title="Eén plek springt eruit", source="BVH")
    >>> "Bron: BVH" in page(drawn)
    True
    """
    import folium

    from ipgtools.maps import _cells, _incidents, _layers, _numbers, _places
    from ipgtools.maps._legend import Legend

    tables = [areas, places, density, cells, streets, findings]
    tables += [counts, changes, windows, incidents, base]
    label, profile = _audience(audience, [*tables, repeats, actions])
    if all(table is None for table in tables):
        msg = "give at least one table to draw"
        raise ValueError(msg)
    if cells is not None:
        made_by = "hotspots.gi_star"
        _checks.columns(cells, ("hotspot_class",), made_by=made_by, name="cells")
    crs.require(
        areas=areas, places=places, density=density, cells=cells, streets=streets,
        findings=findings, counts=counts, changes=changes, windows=windows, incidents=incidents,
        base=base,
    )  # fmt: skip

    drawn = _layers.OfflineMap(
        tiles=None, zoom_control=False, minZoom=8, maxZoom=19, zoomSnap=0.25, font_size="16px"
    )
    marks = [("", label)] if label else []
    marks += [("sample", chart_words.SAMPLE)] if sample else []
    layers = {
        "areas": areas, "streets": streets, "findings": findings, "places": places,
        "cells": cells, "density": density, "actions": actions, "counts": counts,
        "changes": changes, "repeats": repeats, "windows": windows, "incidents": incidents,
    }  # fmt: skip
    drawn_tables = {name for name, table in layers.items() if table is not None and len(table)}
    footer = chart_words.footer(
        period=period,
        n=n,
        left_out=left_out,
        source=chart_words.sources(source, drawn_tables),
        method=method,
        note=note,
    )
    here = resources.files("ipgtools.maps")
    head = _layers.Part(
        _HEAD,
        title=title,
        subtitle=subtitle,
        marks=marks,
        footer=footer,
        no_script=words.NO_SCRIPT,
        about=words.ABOUT,
        listed="" if places is None else _places.listed(places, profile.incidents),
        sheet=(here / "page.css").read_text(encoding="utf-8"),
        script="\n".join((here / name).read_text(encoding="utf-8") for name in _SCRIPTS),
    )
    drawn.add_child(head)
    legend = Legend()
    if places is not None:
        _places.add_places(drawn, places, profile.incidents, legend)
    if cells is not None:
        _cells.add_hotspots(drawn, cells, profile, legend)
    if findings is not None:
        _layers.add_findings(drawn, findings, actions, legend)
    if incidents is not None:
        _incidents.add_incidents(drawn, incidents, legend)
    if counts is not None:
        _numbers.add_counts(drawn, counts, legend)
    if changes is not None:
        _numbers.add_changes(drawn, changes, legend)
    if repeats is not None:
        _numbers.add_repeats(drawn, repeats, streets, legend)
    if windows is not None:
        _numbers.add_windows(drawn, windows, legend)
    if density is not None:
        _cells.add_density(drawn, density, legend)
    if areas is not None:
        _layers.add_areas(drawn, areas, legend)
    if base is not None:
        _layers.add_base(drawn, base)
    if streets is not None:
        _layers.add_streets(drawn, streets)
    _layers.add_names(drawn, areas, streets)
    folium.LayerControl(collapsed=False, position="topright").add_to(drawn)
    hidden = [words.LAYERS[layer] for layer in words.OFF]
    said = (words.CONTROLS, legend.html(), hidden)
    arguments = ", ".join(_layers.as_script(part) for part in said)
    drawn.add_child(_layers.Part(_CONTROLS, arguments=arguments))
    drawn.fit_bounds(_layers.bounds(tables), padding=(12, 12))
    return drawn


def _audience(
    asked: "str | Profile | None", tables: "Sequence[pd.DataFrame | None]"
) -> "tuple[str, Profile]":
    """Return the label of a map, and the profile that says how its numbers are shown."""
    if asked is not None and not privacy.is_auto(asked):
        profile = privacy.profile(asked)
        return profile.label, profile
    given = [table for table in tables if table is not None]
    results = [table for table in given if _RESULTS & set(table.columns)]
    found = privacy.released_for(*given)
    if len(found) != 1 or not all(privacy.released_for(table) for table in results):
        return "", privacy.profile("politie")
    ((name, label),) = found
    return (label if asked else ""), privacy.profile(name)


_RESULTS = {
    "hotspot_class", "per_km2", "claim", "finding_id", "change_class", "n", "until", "incident_id",
}  # fmt: skip
"""Columns of tables that tell of incidents or a schouw, unlike areas and streets."""


def place_facts(
    places: "gpd.GeoDataFrame", audience: "str | Profile"
) -> list[tuple[str, list[tuple[str, str]]]]:
    """
    Say of each place what its card on the map does.

    Parameters
    ----------
    places : GeoDataFrame, n_places rows
        As for `hotspot_map`.
    audience : str or Profile
        Who reads it.

    Returns
    -------
    list of (str, list of (str, str))
        The name of a place, and what is known of it as labels and texts; Dutch.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> one = gpd.GeoDataFrame({"name": ["Leijdsweg"], "n": [12]}, geometry=[box(0, 0, 9, 9)])
    >>> place_facts(one, "politie")
    [('1. Leijdsweg', [('Deze periode', '12')])]
    """
    from ipgtools.maps import _places

    return _places.facts(places, privacy.profile(audience).incidents)


def page(drawn: "folium.Map") -> str:
    """
    Write a map as one page that opens without a network.

    Parameters
    ----------
    drawn : folium.Map
        From `hotspot_map`, or any other whose layers carry their data.

    Returns
    -------
    str
        HTML; the same map gives the same page.

    Raises
    ------
    IpgError
        If the map would fetch a script, style sheet, image or tiles from elsewhere.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> wijk = gpd.GeoDataFrame({"area_name": ["Velve"]}, geometry=[box(0, 0, 9, 9)], crs=28992)
    >>> page(hotspot_map(areas=wijk)).startswith("<!DOCTYPE html>")
    True
    """
    from ipgtools.maps import _offline

    return _offline.page(drawn)


def save(drawn: "folium.Map", path: str | os.PathLike[str]) -> Path:
    """
    Write a map to one file that opens without a network and asks nothing of any.

    The file is written whole or not at all; what stood there before stays if it fails.

    Parameters
    ----------
    drawn : folium.Map
        From `hotspot_map`, or any other whose layers carry their data.
    path : path
        The file, with ``.html``. Its folder is made where it is missing.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    IpgError
        If the map would fetch a script, style sheet, image or tiles from elsewhere.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> wijk = gpd.GeoDataFrame({"area_name": ["Velve"]}, geometry=[box(0, 0, 9, 9)], crs=28992)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(hotspot_map(areas=wijk), f"{folder}/kaart.html").name
    'kaart.html'
    """
    path = Path(path)
    content = page(drawn).encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def show(drawn: "folium.Map", *, height: int = 700) -> "Picture":
    """
    Show a map in a notebook, without a network.

    Parameters
    ----------
    drawn : folium.Map
        From `hotspot_map`, or any other whose layers carry their data.
    height : int, default 700
        Height in pixels.

    Returns
    -------
    Picture
        Drawn by a notebook; don't display it inside an `ipywidgets.Output`, which is slow
        with large pages.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> wijk = gpd.GeoDataFrame({"area_name": ["Velve"]}, geometry=[box(0, 0, 9, 9)], crs=28992)
    >>> show(hotspot_map(areas=wijk), height=500).height
    500
    """
    return Picture(page(drawn), height)


class Picture:
    """
    A page within a notebook, kept apart from it in a frame.

    Parameters
    ----------
    page : str
        HTML that needs nothing else.
    height : int
        Height in pixels.
    """

    def __init__(self, page: str, height: int) -> None:
        self.page = page
        self.height = height

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" sandbox="allow-scripts" '
            f'style="width:100%;height:{self.height}px;border:1px solid #bcc3cb"></iframe>'
        )
