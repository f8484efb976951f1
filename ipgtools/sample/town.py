"""
Draw the sample town: Enschede's 70 buurten as schematic cells around their real centres.

Names, codes, inhabitants, households and centres are figures of CBS (`enschede.csv`). The
borders are ours: every point belongs to the nearest centre, and the town ends where a ring
of discs around the outer centres ends. They are not the real borders and are labelled so.
"""

import csv
import importlib.resources
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from scipy.spatial import cKDTree

from ipgtools.nl import sample as words

__all__ = ["Town", "areas_geojson", "geojson", "load", "outline", "to_degrees", "wijken"]

_TO_DEGREES = (
    "+proj=pipeline +step +inv +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 "
    "+k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel "
    "+step +proj=push +v_3 +step +proj=cart +ellps=bessel "
    "+step +proj=helmert +x=565.4171 +y=50.3319 +z=465.5524 "
    "+rx=0.398957388243134 +ry=-0.343987817378283 +rz=1.87740163998045 +s=4.0725 "
    "+convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
"""RD to WGS84 by the seven parameters of "Amersfoort to WGS 84 (4)", with or without grid files."""


@dataclass(frozen=True)
class Town:
    """
    The 70 buurten; arrays are in the order of the codes.

    Parameters
    ----------
    code, name, wijk_code, wijk_name : list of str
        As CBS writes them.
    inhabitants, households : array of int64
        Inhabitants 2024 (rounded to 5 by CBS), households 2021.
    centre : array of float, n by 2
        RD metres, rounded to 10 m.
    cells : list of Polygon
        Schematic surface in RD, corners on decimetres.
    """

    code: list[str]
    name: list[str]
    wijk_code: list[str]
    wijk_name: list[str]
    inhabitants: np.ndarray
    households: np.ndarray
    centre: np.ndarray
    cells: list[shapely.Polygon]

    def locate(self, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        """Find the buurt of points: that of the nearest centre."""
        distance, nearest = cKDTree(self.centre).query(np.column_stack([x, y]), k=2)
        between = np.linalg.norm(self.centre[nearest[:, 0]] - self.centre[nearest[:, 1]], axis=1)
        return nearest[:, 0], (distance[:, 1] ** 2 - distance[:, 0] ** 2) / (2 * between)


def load() -> Town:
    """Read the facts and draw the cells."""
    text = importlib.resources.files("ipgtools.sample").joinpath("enschede.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    centre = np.array([[float(row["x"]), float(row["y"])] for row in rows])
    return Town(
        code=[row["buurtcode"] for row in rows],
        name=[row["buurtnaam"] for row in rows],
        wijk_code=[row["wijkcode"] for row in rows],
        wijk_name=[row["wijknaam"] for row in rows],
        inhabitants=np.array([int(row["inwoners_2024"]) for row in rows]),
        households=np.array([int(row["huishoudens_2021"]) for row in rows]),
        centre=centre,
        cells=_cells(centre),
    )


def outline(centre: np.ndarray) -> shapely.Polygon:
    """
    Draw the edge of the town around its centres.

    Each centre gets a disc that reaches as far as its third neighbour, within bounds; the
    discs are joined, gaps between them closed and the edge simplified.
    """
    distance, _ = cKDTree(centre).query(centre, k=4)
    reach = np.clip(0.75 * distance[:, 3], 500, 2200)
    discs = shapely.buffer(shapely.points(centre), reach, quad_segs=8)
    joined = shapely.union_all(discs).buffer(900).buffer(-900)
    return shapely.Polygon(joined.exterior).simplify(70)


def _cells(centre: np.ndarray) -> list[shapely.Polygon]:
    edge = outline(centre)
    around = shapely.voronoi_polygons(
        shapely.multipoints(centre), extend_to=edge.buffer(5000), ordered=True
    )
    return [_tidy(shapely.intersection(cell, edge)) for cell in around.geoms]


def _tidy(cell: shapely.Polygon) -> shapely.Polygon:
    """Round corners to decimetres and write the ring in one way whoever computed it."""
    ring = np.round(np.asarray(cell.exterior.coords)[:-1], 1)
    ring = ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]
    if shapely.LinearRing(ring).is_ccw is False:
        ring = ring[::-1]
    first = np.lexsort((ring[:, 1], ring[:, 0]))[0]
    return shapely.Polygon(np.roll(ring, -first, axis=0))


def wijken(town: Town) -> dict[str, shapely.Polygon]:
    """Join the cells of each wijk, by code."""
    joined = {}
    for code in sorted(set(town.wijk_code)):
        cells = [cell for cell, of in zip(town.cells, town.wijk_code, strict=True) if of == code]
        joined[code] = shapely.coverage_union_all(cells)
    return joined


def to_degrees(x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Turn RD metres into longitude and latitude (WGS84), rounded to 7 decimals (1 cm)."""
    transformer = pyproj.Transformer.from_pipeline(_TO_DEGREES)
    lon, lat = transformer.transform(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    return np.round(lon, 7), np.round(lat, 7)


def areas_geojson(town: Town) -> dict[str, str]:
    """Write buurten and wijken as GeoJSON."""
    year = {"gemeentecode": "GM0153", "gemeentenaam": "Enschede", "jaar": 2024}
    buurten = [
        (
            {
                "buurtcode": town.code[row],
                "buurtnaam": town.name[row],
                "wijkcode": town.wijk_code[row],
                "wijknaam": town.wijk_name[row],
                **year,
                "aantal_inwoners": int(town.inhabitants[row]),
                "aantal_huishoudens": int(town.households[row]),
            },
            cell,
        )
        for row, cell in enumerate(town.cells)
    ]
    names = dict(zip(town.wijk_code, town.wijk_name, strict=True))
    joined = []
    for code, surface in wijken(town).items():
        inside = np.array([of == code for of in town.wijk_code])
        facts = {
            "wijkcode": code,
            "wijknaam": names[code],
            **year,
            "aantal_inwoners": int(town.inhabitants[inside].sum()),
            "aantal_huishoudens": int(town.households[inside].sum()),
        }
        joined.append((facts, surface))
    return {
        "buurten.geojson": geojson("buurten", buurten),
        "wijken.geojson": geojson("wijken", joined),
    }


def geojson(name: str, features: list[tuple[dict[str, Any], Any]]) -> str:
    """Write shapes in RD as GeoJSON text, one feature a line."""
    head = {"type": "FeatureCollection", "name": name, "bron": words.CREDIT}
    lines = []
    shapes = np.array([shape for _, shape in features])
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    degrees = np.column_stack(to_degrees(points[:, 0], points[:, 1]))
    starts = np.searchsorted(owner, np.arange(len(shapes) + 1))
    for row, (facts, shape) in enumerate(features):
        own = shapely.set_coordinates(shape, degrees[starts[row] : starts[row + 1]])
        feature = {
            "type": "Feature",
            "properties": facts,
            "geometry": shapely.geometry.mapping(own),
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{opening}, "features": [\n' + ",\n".join(lines) + "\n]}\n"
