"""
Describe the ground truth of the sample town: planted effects, realised counts.

Counts are of the sound rows that were written.
"""

from typing import Any

import numpy as np
import shapely

from ipgtools.nl import sample as words
from ipgtools.sample import background_activity, export, offence_types, planted_effects
from ipgtools.sample.export import QUARTERS, Counts
from ipgtools.sample.incidents import Model
from ipgtools.sample.planted_effects import HotPlace

__all__ = ["gather"]


def gather(model: Model, counts: Counts) -> dict[str, Any]:
    """Gather the truth about the incidents."""
    town = model.town
    per_class: dict[str, int] = {}
    for of, n in zip(model.of_class, counts.code.tolist(), strict=True):
        per_class[of] = per_class.get(of, 0) + n
    focus = counts.buurt_quarter[:, -1].tolist()
    return {
        "notice": words.CREDIT,
        "seed": model.seed,
        "incidents": model.size,
        "source_row": "rows of data counted from 1 after the header",
        "period": {"start": planted_effects.START, "end": planted_effects.END},
        "focus_period": {"start": QUARTERS[-2], "end": QUARTERS[-1]},
        "quarters": list(QUARTERS),
        **_rows(model),
        "interval_classes": list(offence_types.WITH_INTERVAL),
        "per_buurt": {
            code: {"n": n, "n_focus_period": n_focus}
            for code, n, n_focus in zip(town.code, counts.buurt.tolist(), focus, strict=True)
        },
        "per_class": per_class,
        "per_code": dict(zip(model.mk, counts.code.tolist(), strict=True)),
        "hot_places": [
            _hot_place(model, counts, role) for role in range(len(planted_effects.HOT_PLACES))
        ],
        "hot_time": {
            "categories": ["E35", "E38"],
            "weekdays": ["vrijdag", "zaterdag"],
            "hours": [20, 3],
            "at": ["jeugd Pluimstraat", "uitgaan City"],
        },
        "near_repeat": {
            "mk": planted_effects.NEAR_REPEAT_MK,
            "n": int(counts.series.sum()),
            "n_series": int((counts.series > 1).sum()),
            "distance_m": 200,
            "days": 14,
            "spread_m": 2 * planted_effects.NEAR_REPEAT_SPREAD,
            "spread_days": planted_effects.NEAR_REPEAT_DAYS,
            "last_series": _last_series(model, counts),
        },
        "trends": _trends(model, counts),
        "unknown_times": [
            {
                "class": of.of_class,
                "clock": f"{of.minute // 60:02d}:{of.minute % 60:02d}",
                "share": of.share,
                "n": n,
            }
            for of, n in zip(planted_effects.HEAPS, counts.heap.tolist(), strict=True)
        ],
        "stacked_places": [
            {
                "name": name,
                "x": int(model.streets.address_x[address]),
                "y": int(model.streets.address_y[address]),
                "n": counts.stacked[name],
            }
            for name, address in model.stacked.items()
        ],
        "flats": _flats(model, counts),
        "quiet_wijk": _quiet_wijk(model, counts),
        "busy_by_nature": background_activity.busy_places(model),
        "wijk_quarters": _wijk_quarters(model, counts),
    }


def _rows(model: Model) -> dict[str, Any]:
    bad = export.spoilt(model.seed, model.size)
    return {
        "bad_rows": {
            "n": len(bad.rows),
            "kinds": {
                name: {
                    "meaning": meaning,
                    "kept_as_unknown": name == "unknown_code",
                    "n": int((bad.kind == number).sum()),
                    "source_rows": (bad.rows[bad.kind == number] + 1).tolist(),
                }
                for number, (name, meaning) in enumerate(export.BAD_KINDS.items())
            },
        },
        "hostile_rows": (export.hostile(model.size) + 1).tolist(),
    }


def _hot_place(model: Model, counts: Counts, role: int) -> dict[str, Any]:
    place, town = planted_effects.HOT_PLACES[role], model.town
    within = model.spread[role][0]
    x, y = model.streets.address_x[within], model.streets.address_y[within]
    at: dict[str, Any] = {"x": place.x, "y": place.y, "radius_m": place.radius}
    if place.shape in ("address", "line"):
        stretch = int(model.streets.address_stretch[within[0]])
        at = {"x": _middle(x), "y": _middle(y), "radius_m": place.radius}
        at["street"] = model.streets.name[stretch]
    if place.shape == "address":
        at["house_number"] = int(model.streets.address_number[within[0]])
    if place.shape == "line":
        line = _line(model, role)
        at["line"] = [[round(part, 1) for part in point] for point in line.coords]
        at["length_m"] = round(line.length)
    buurt, _ = town.locate([at["x"]], [at["y"]])
    return {
        "name": place.name,
        "mk": place.mk,
        "shape": place.shape,
        **at,
        "start": place.start,
        "end": place.end,
        "story": place.story,
        "claims": list(place.claims) or [words.NOTHING],
        "buurt": town.code[int(buurt[0])],
        "wijk": town.wijk_code[int(buurt[0])],
        "share": place.share,
        "n": int(counts.role_buurt[role].sum()),
        "n_focus_period": int(counts.role_quarter[role, -1]),
        "n_per_quarter": counts.role_quarter[role].tolist(),
        "n_per_wijk": _per_wijk(model, counts.role_buurt[role]),
    }


def _middle(values: np.ndarray) -> int:
    return round((int(values.min()) + int(values.max())) / 2)


def _line(model: Model, role: int) -> shapely.LineString:
    """Follow the street of a planted line as far as its incidents go."""
    place, streets = planted_effects.HOT_PLACES[role], model.streets
    stretches = np.unique(streets.address_stretch[model.spread[role][0]]).tolist()
    corners = [streets.line[stretches[0]].coords[0]]
    corners += [streets.line[stretch].coords[-1] for stretch in stretches]
    reach = shapely.Point(place.x, place.y).buffer(place.radius)
    line = shapely.intersection(shapely.LineString(corners), reach)
    return max(shapely.get_parts(line), key=shapely.length)


def _per_wijk(model: Model, per_buurt: np.ndarray) -> dict[str, int]:
    n: dict[str, int] = {}
    for wijk, of_buurt in zip(model.town.wijk_code, per_buurt.tolist(), strict=True):
        n[wijk] = n.get(wijk, 0) + of_buurt
    return {wijk: of_wijk for wijk, of_wijk in n.items() if of_wijk}


def _last_series(model: Model, counts: Counts) -> dict[str, Any]:
    """Describe the near-repeat series at the end of the period."""
    address, day = model.series[0].tolist()
    buurt = int(model.streets.address_buurt[address])
    return {
        "x": int(model.streets.address_x[address]),
        "y": int(model.streets.address_y[address]),
        "buurt": model.town.code[buurt],
        "wijk": model.town.wijk_code[buurt],
        "start": str(offence_types.START.astype("datetime64[D]") + day),
        "n": int(counts.series[0]),
    }


def _trends(model: Model, counts: Counts) -> list[dict[str, Any]]:
    trends = []
    for role, part in enumerate(planted_effects.TRENDS, start=len(planted_effects.HOT_PLACES)):
        at = [model.town.code.index(code) for code in part.buurten]
        trends.append(
            {
                "name": part.name,
                "mk": part.mk,
                "direction": "up" if part.ramp[1] > part.ramp[0] else "down",
                "ramp": list(part.ramp),
                "buurten": list(part.buurten),
                "wijk": model.town.wijk_code[at[0]],
                "share": part.share,
                "n": int(counts.role_buurt[role].sum()),
                "n_per_quarter": counts.role_quarter[role].tolist(),
                "claims": [words.NOTHING],
            }
        )
    return trends


def _flats(model: Model, counts: Counts) -> list[dict[str, Any]]:
    streets, town = model.streets, model.town
    expected = background_activity.per_address(model)
    found = []
    for name, stretches in streets.flats.items():
        own = np.isin(streets.address_stretch, stretches)
        buurt = int(streets.middle_buurt[stretches[0]])
        length = sum(streets.line[stretch].length for stretch in stretches)
        there = streets.address_buurt == buurt
        found.append(
            {
                "name": name,
                "buurt": town.code[buurt],
                "wijk": town.wijk_code[buurt],
                "streets": sorted({streets.name[stretch] for stretch in stretches}),
                "lines": [
                    [[round(part, 1) for part in point] for point in streets.line[stretch].coords]
                    for stretch in stretches
                ],
                "homes": int(own.sum()),
                "homes_per_metre": round(float(own.sum()) / length, 2),
                "homes_in_buurt": int(there.sum()),
                "n": counts.flats[name],
                "n_expected": round(float(expected[own].sum()), 1),
                "claims": [words.NOTHING],
            }
        )
    return found


def _quiet_wijk(model: Model, counts: Counts) -> dict[str, Any]:
    there = np.array(model.town.wijk_code) == planted_effects.QUIET_WIJK
    return {
        "wijk": planted_effects.QUIET_WIJK,
        "n_addresses": int(there[model.streets.address_buurt].sum()),
        "n": int(counts.buurt[there].sum()),
        "n_per_quarter": counts.buurt_quarter[there].sum(axis=0).tolist(),
        "claims": [words.NOTHING],
    }


def _wijk_quarters(model: Model, counts: Counts) -> list[dict[str, Any]]:
    """Return per wijk and quarter which places are new, lasting or gone."""
    listed = []
    wijken = np.array(model.town.wijk_code)
    at = [
        _per_wijk(model, counts.role_buurt[role]) for role in range(len(planted_effects.HOT_PLACES))
    ]
    for code in sorted(set(model.town.wijk_code)):
        own = [
            place
            for place, n in zip(planted_effects.HOT_PLACES, at, strict=True)
            if n.get(code, 0) >= 0.2 * sum(n.values())
        ]
        n_quarter = counts.buurt_quarter[wijken == code].sum(axis=0).tolist()
        for number, n in enumerate(n_quarter):
            start, end = QUARTERS[number : number + 2]
            listed.append(
                {
                    "wijk": code,
                    "start": start,
                    "end": end,
                    "n": n,
                    "new_or_rising": [place.name for place in own if _new(place, start)],
                    "lasting": [place.name for place in own if _lasting(place, end)],
                    "fallen": [place.name for place in own if place.end == start],
                }
            )
    return listed


def _new(place: HotPlace, start: str) -> bool:
    return place.start == start != planted_effects.START


def _lasting(place: HotPlace, end: str) -> bool:
    return place.start == planted_effects.START and place.end >= end
