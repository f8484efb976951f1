"""
Write the incidents of the sample town the way a BVH export does.

Thirty-three columns, semicolons, UTF-8 with a byte-order mark, CRLF, dates as dd-mm-jjjj
uu:mm, whole RD metres, several objects in one quoted field on lines of their own. One row in
two hundred is spoilt on purpose, in ten ways; `waarheid.json` lists them. Text is built in
columns with pyarrow, so that ten million rows take minutes and little memory.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ipgtools import codes
from ipgtools.nl import sample as words
from ipgtools.nl.formats import WEEKDAYS
from ipgtools.periods import DAYPARTS
from ipgtools.sample import incidents, offence_types, planted_effects
from ipgtools.sample.incidents import Model
from ipgtools.sample.random_streams import uniform
from ipgtools.sample.town import to_degrees

__all__ = [
    "BAD_KINDS", "BAD_SHARE", "CHUNK", "QUARTERS", "Counts", "Spoilt", "hostile", "identification",
    "of_quarter", "spoilt", "text",
]  # fmt: skip

CHUNK = 200_000
QUARTERS = ("2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01", "2025-09-01", "2025-12-01")

"""Borders of the quarters that have at least half a year before them, the last one in focus."""
BAD_SHARE = 0.005

BAD_KINDS = {
    "no_coordinates": "X and Y are empty",
    "zero_coordinates": "X and Y are 0",
    "swapped_axes": "X holds the northing and Y the easting",
    "outside_netherlands": "200 km too far north",
    "degrees": "X and Y are longitude and latitude",
    "end_before_begin": "the end lies before the begin",
    "unreadable_date": "the begin is no date",
    "missing_id": "the identification is empty",
    "duplicate_id": "the identification of the row before it",
    "unknown_code": "a code that is in no list",
}
"""Ten ways in which rows are spoilt."""


class Spoilt(NamedTuple):
    """Which rows are spoilt, in row order, and in which of the ten ways."""

    rows: np.ndarray
    kind: np.ndarray


def spoilt(seed: int, size: int) -> Spoilt:
    """Choose the rows to spoil: one in every two hundred, ten at least."""
    n = max(len(BAD_KINDS), round(size * BAD_SHARE))
    stratum = np.arange(n)
    start = stratum * size // n
    room = (stratum + 1) * size // n - start - 4
    shift = (uniform(seed, "spoilt", stratum) * room).astype(np.int64)
    return Spoilt(start + 2 + shift, stratum % len(BAD_KINDS))


def hostile(size: int) -> np.ndarray:
    """Choose the rows that carry a hostile text; none of them is spoilt."""
    n = max(len(BAD_KINDS), round(size * BAD_SHARE))
    return (np.arange(len(words.HOSTILE)) * n // len(words.HOSTILE)) * size // n


def identification(rows: np.ndarray) -> np.ndarray:
    """Assign rows a number of seven digits; 7654321 has no factor in common with 10 million."""
    return (rows * 7_654_321 + 1_234_567) % 10_000_000


class Counts:
    """
    Count what was written, chunk by chunk.

    Parameters
    ----------
    model : Model
        What all rows share.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        n_buurten = len(model.town.code)
        self.buurt = np.zeros(n_buurten, dtype=np.int64)
        self.code = np.zeros(len(model.mk), dtype=np.int64)
        n_quarters = len(QUARTERS) - 1
        self.buurt_quarter = np.zeros((n_buurten, n_quarters), dtype=np.int64)
        self.role_buurt = np.zeros((len(incidents.ROLES), n_buurten), dtype=np.int64)
        self.role_quarter = np.zeros((len(incidents.ROLES), n_quarters), dtype=np.int64)
        self.heap = np.zeros(len(planted_effects.HEAPS), dtype=np.int64)
        self.flats = dict.fromkeys(model.streets.flats, 0)
        self.series = np.zeros(len(model.series), dtype=np.int64)
        self.stacked = dict.fromkeys(model.stacked, 0)

    def add(self, drawn: dict[str, Any], sound: np.ndarray) -> None:
        """Count the sound rows of a chunk."""
        quarter, role, buurt = of_quarter(drawn["begin"]), drawn["role"], drawn["buurt"]
        inside, for_role = sound & (quarter >= 0), sound & (role >= 0)
        self.buurt += np.bincount(buurt[sound], minlength=len(self.buurt))
        np.add.at(self.buurt_quarter, (buurt[inside], quarter[inside]), 1)
        np.add.at(self.role_buurt, (role[for_role], buurt[for_role]), 1)
        inside &= for_role
        np.add.at(self.role_quarter, (role[inside], quarter[inside]), 1)
        self.code += np.bincount(drawn["mk"][sound], minlength=len(self.code))
        heap = drawn["heap"]
        self.heap += np.bincount(heap[sound & (heap >= 0)], minlength=len(self.heap))
        stretch = self.model.streets.address_stretch[drawn["address"][sound]]
        for name, own in self.model.streets.flats.items():
            self.flats[name] += int(np.isin(stretch, own).sum())
        series = drawn["series"][sound & (role == -2)]
        self.series += np.bincount(series, minlength=len(self.series))
        for name, address in self.model.stacked.items():
            self.stacked[name] += int((drawn["address"][sound] == address).sum())


def of_quarter(begin: np.ndarray) -> np.ndarray:
    """Return the position in `QUARTERS` of moments; -1 if in none."""
    borders = [incidents.hours_after(day) * 60 for day in QUARTERS]
    at = np.searchsorted(borders, begin, "right") - 1
    return np.where(at < len(QUARTERS) - 1, at, -1)


def text(
    model: Model,
    *,
    chunk: int = CHUNK,
    counts: Counts | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[bytes]:
    """Write the export piece by piece."""
    yield ("\ufeff" + ";".join(words.BVH_COLUMNS) + "\r\n").encode("utf-8")
    bad = spoilt(model.seed, model.size)
    tables = _Tables(model)
    for start in range(0, model.size, chunk):
        rows = np.arange(start, min(start + chunk, model.size))
        drawn = incidents.draw(model, rows)
        own = slice(*np.searchsorted(bad.rows, [start, start + len(rows)]))
        at, kind = bad.rows[own] - start, bad.kind[own]
        if counts is not None:
            sound = np.ones(len(rows), dtype=bool)
            sound[at] = False
            counts.add(drawn, sound)
        yield _chunk(model, tables, rows, drawn, at, kind)
        if progress is not None:
            progress(start + len(rows), model.size)


class _Tables:
    """The texts that columns are looked up in, made once."""

    def __init__(self, model: Model) -> None:
        days = incidents.LAST // 1440 + 2
        first = offence_types.START.astype("datetime64[D]")
        self.before = 800  # days: a spoilt end lies before the period
        dates = [str(first + day - self.before) for day in range(days + self.before)]
        self.day = pa.array([f"{date[8:]}-{date[5:7]}-{date[:4]}" for date in dates])
        self.clock = pa.array([f"{m // 60:02d}:{m % 60:02d}" for m in range(1440)])
        self.weekday = pa.array(WEEKDAYS)
        self.daypart = pa.array(DAYPARTS)
        self.yes_no = pa.array(["N", "J"])
        self.mk = pa.array(model.mk)
        self.label = pa.array([_quoted(codes.label(code)) for code in model.mk])
        self.street = pa.array(model.streets.name)
        self.postcode = pa.array([*model.streets.postcode, ""])
        self.wijk = pa.array([*map(_quoted, model.town.wijk_name), words.UNKNOWN])
        self.buurt = pa.array([*map(_quoted, model.town.name), words.UNKNOWN])
        self.addition = pa.array(["", " A", " B", "-1"])
        self.weather = pa.array([*words.WEATHER, words.SNOW])
        self.objects, self.object_first, self.object_n = _objects(model)
        self.projects = pa.array(["", *map(_quoted, words.PROJECTS)])


def _objects(model: Model) -> tuple[pa.Array, np.ndarray, np.ndarray]:
    every, first, n = [""], [], []
    for of in model.of_class:
        own = words.OBJECTS.get(of, ("",))
        first.append(len(every))
        n.append(len(own))
        every += map(_quoted, own)
    return pa.array(every), np.array(first), np.array(n)


def _quoted(value: str) -> str:
    if any(sign in value for sign in ';"\n\r'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _chunk(
    model: Model,
    tables: _Tables,
    rows: np.ndarray,
    drawn: dict[str, Any],
    at: np.ndarray,
    kind: np.ndarray,
) -> bytes:
    bad = {name: at[kind == number] for number, name in enumerate(BAD_KINDS)}
    begin, end = drawn["begin"], drawn["end"].copy()
    wrong = bad["end_before_begin"]
    end[wrong] = begin[wrong] - np.clip(end[wrong] - begin[wrong], 60, 600 * 1440)
    column: dict[str, Any] = {
        "Bronregistratie": words.SYSTEM,
        "Incidentsoort code": tables.mk.take(pa.array(drawn["mk"])),
        "Incidentsoort": tables.label.take(pa.array(drawn["mk"])),
        "Pleegplaats": words.TOWN,
        "Pleeggemeente": words.TOWN,
        "Pleegprovincie": words.PROVINCE,
        "Pleegsubbuurt": "",
    }
    column |= _identity(rows, bad)
    column |= _place(model, tables, rows, drawn)
    for name, moment in (
        ("Begin-pleegda", begin),
        ("Eind-pleegda", end),
        ("Kennisnameda", drawn["known"]),
    ):
        column |= _moment(tables, name, moment)
    column |= _handling(model, tables, rows, drawn)
    column |= _points(drawn, bad)
    _replace(column, "Begin-pleegdatum/tijd", bad["unreadable_date"], rows, words.BAD_DATES)
    _replace(column, "Incidentsoort code", bad["unknown_code"], rows, words.BAD_CODES)
    _replace(column, "Incidentsoort", bad["unknown_code"], rows, (words.UNKNOWN,))
    for row, (name, value) in zip(hostile(model.size), words.HOSTILE, strict=True):
        _replace(column, name, np.flatnonzero(rows == row), rows, (_quoted(value),))
    last = pc.binary_join_element_wise(column["Y"], pa.scalar("\r\n"), "")
    columns = [column[name] for name in words.BVH_COLUMNS[:-1]]
    columns = [pa.scalar(each) if isinstance(each, str) else each for each in columns]
    lines = pc.binary_join_element_wise(*columns, last, ";")
    return _joined(lines)


def _joined(lines: pa.Array) -> bytes:
    """Take the text of an array of strings as it lies in memory: end to end."""
    _, offsets, data = lines.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return bytes(memoryview(data)[int(ends[0]) : int(ends[-1])])


def _replace(
    column: dict[str, Any], name: str, at: np.ndarray, rows: np.ndarray, values: tuple[str, ...]
) -> None:
    if len(at) == 0:
        return
    mask = np.zeros(len(rows), dtype=bool)
    mask[at] = True
    chosen = [values[int(row) // 7 % len(values)] for row in rows[np.sort(at)]]
    column[name] = pc.replace_with_mask(column[name], pa.array(mask), pa.array(chosen))


def _identity(rows: np.ndarray, bad: dict[str, np.ndarray]) -> dict[str, Any]:
    number = identification(rows)
    number[bad["duplicate_id"]] = identification(rows[bad["duplicate_id"]] - 1)
    digits = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), 7, "0")
    column = {
        "Incident Identificatie": pc.binary_join_element_wise(pa.scalar("PL0600_BVH_"), digits, "")
    }
    _replace(column, "Incident Identificatie", bad["missing_id"], rows, ("",))
    return column


def _place(
    model: Model, tables: _Tables, rows: np.ndarray, drawn: dict[str, Any]
) -> dict[str, Any]:
    stretch = model.streets.address_stretch[drawn["address"]]
    extra = np.where(model.draw("addition", rows) < 0.06, 1 + rows % 3, 0)
    number = pc.binary_join_element_wise(
        pc.cast(pa.array(model.streets.address_number[drawn["address"]]), pa.string()),
        tables.addition.take(pa.array(extra)),
        "",
    )
    nameless = drawn["nameless"]
    unsure = model.draw("postcode", rows)
    no_postcode = (nameless & (unsure < 0.99)) | (~nameless & (unsure < 0.015))
    postcode = tables.postcode.take(
        pa.array(np.where(no_postcode, len(model.streets.postcode), stretch))
    )
    short = ~no_postcode & (unsure > 0.9998)
    postcode = pc.if_else(pa.array(short), pc.utf8_slice_codeunits(postcode, 0, 4), postcode)
    unknown = model.draw("wijk unknown", rows) < 0.02
    buurt = np.where(unknown, len(model.town.code), drawn["buurt"])
    return {
        "Pleegstraatnaam": tables.street.take(pa.array(stretch)),
        "Pleeghuisnummer met toev.": pc.if_else(pa.array(nameless), pa.scalar(""), number),
        "Pleegpostcode": postcode,
        "Pleegwijk": tables.wijk.take(pa.array(buurt)),
        "Pleegbuurt": tables.buurt.take(pa.array(buurt)),
    }


def _moment(tables: _Tables, name: str, moment: np.ndarray) -> dict[str, Any]:
    day, minute = np.divmod(moment, 1440)
    return {
        f"{name}g v/d week": tables.weekday.take(pa.array(day % 7)),
        f"{name}gdeel": tables.daypart.take(pa.array(minute // 360)),
        f"{name}tum/tijd": pc.binary_join_element_wise(
            tables.day.take(pa.array(day + tables.before)),
            tables.clock.take(pa.array(minute)),
            " ",
        ),
    }


def _handling(
    model: Model, tables: _Tables, rows: np.ndarray, drawn: dict[str, Any]
) -> dict[str, Any]:
    mk = drawn["mk"]
    of = [offence_types.KINDS[code] for code in model.of_class]
    reported = model.draw("aangifte", rows) < np.array([kind.reported for kind in of])[mk]
    theft = np.array([kind.span == "theft" for kind in of])[mk]
    attempt = model.draw("poging", rows) < np.where(theft, 0.025, 0.003)
    solved = np.array([kind.solved for kind in of])[mk]
    u = model.draw("verdachten", rows)
    suspects = np.where(u < solved, 1 + (u < solved * 0.2) + (u < solved * 0.05), 0)
    held = np.where(model.draw("aanhoudingen", rows) < 0.4, suspects, 0)
    cleared = (suspects > 0) & (model.draw("opgehelderd", rows) < 0.9)
    which = (model.draw("object", rows) * tables.object_n[mk]).astype(np.int64)
    project = model.draw("project", rows)
    project = np.where(project < 0.06, 1 + (project / 0.06 * len(words.PROJECTS)), 0)
    day, minute = np.divmod(drawn["begin"], 1440)
    warm = 10.5 - 8.5 * np.cos(2 * np.pi * (day - 18) / 365.25)
    warm = warm + 9 * (model.draw("day", day) - 0.5) - 3 * np.cos(2 * np.pi * (minute - 870) / 1440)
    tenth = np.round(10 * warm).astype(np.int64)
    sky = (model.draw("sky", day) * len(words.WEATHER)).astype(np.int64)
    sky = np.where((sky == 2) & (tenth < 0), len(words.WEATHER), sky)
    return {
        "Aangifte": tables.yes_no.take(pa.array(reported.astype(np.int8))),
        "Poging": tables.yes_no.take(pa.array(attempt.astype(np.int8))),
        "Verdachten": pc.cast(pa.array(suspects), pa.string()),
        "Aanhoudingen": pc.cast(pa.array(held), pa.string()),
        "Opgehelderd": tables.yes_no.take(pa.array(cleared.astype(np.int8))),
        "Object": tables.objects.take(pa.array(tables.object_first[mk] + which)),
        "Project(en)": tables.projects.take(pa.array(project.astype(np.int64))),
        "Temperatuur": _tenths(tenth, model.draw("no weather", rows) < 0.04),
        "Weer": tables.weather.take(pa.array(sky)),
    }


def _tenths(tenth: np.ndarray, missing: np.ndarray) -> pa.Array:
    """Write tenths of a degree with a decimal point, as BVH does."""
    whole, rest = np.divmod(np.abs(tenth), 10)
    sign = pc.if_else(pa.array(tenth < 0), pa.scalar("-"), pa.scalar(""))
    joined = pc.binary_join_element_wise(
        sign,
        pc.cast(pa.array(whole), pa.string()),
        pa.scalar("."),
        pc.cast(pa.array(rest), pa.string()),
        "",
    )
    return pc.if_else(pa.array(missing), pa.scalar(""), joined)


def _points(drawn: dict[str, Any], bad: dict[str, np.ndarray]) -> dict[str, Any]:
    x, y = drawn["x"].copy(), drawn["y"].copy()
    zero, swapped = bad["zero_coordinates"], bad["swapped_axes"]
    x[zero], y[zero] = 0, 0
    x[swapped], y[swapped] = drawn["y"][swapped], drawn["x"][swapped]
    away = bad["outside_netherlands"]
    y[away] += 200_000
    column = {
        "X": pc.cast(pa.array(x), pa.string()),
        "Y": pc.cast(pa.array(y), pa.string()),
    }
    nothing, degrees = bad["no_coordinates"], np.sort(bad["degrees"])
    lon, lat = to_degrees(drawn["x"][degrees], drawn["y"][degrees])
    for name, values in (("X", lon), ("Y", lat)):
        mask = np.zeros(len(x), dtype=bool)
        mask[nothing] = True
        column[name] = pc.if_else(pa.array(mask), pa.scalar(""), column[name])
        mask[:] = False
        mask[degrees] = True
        written = pa.array([f"{value:.6f}" for value in values], type=pa.string())
        column[name] = pc.replace_with_mask(column[name], pa.array(mask), written)
    return column
