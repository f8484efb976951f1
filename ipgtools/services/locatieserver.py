"""
Ask PDOK's Locatieserver for addresses that our own files don't know.

Only a street, a house number and a town are sent, never the words around them, and only for
the places of schouw findings. What comes back counts only if it is the street, the number and
the town that were asked for: the service always answers with what it finds most alike.

Source: PDOK Locatieserver v3.1, ``/free`` with `q`, `fq` and `rows`; it refuses parameters it
doesn't know.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ServiceError
from ipgtools.geocoder.location_grammar import read_place
from ipgtools.geocoder.street_matching import slips
from ipgtools.geocoder.string_similarity import Match, Names, normalise_name, similarity
from ipgtools.nl import schouw
from ipgtools.nl import services as nl
from ipgtools.services import http

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["BASE", "Answer", "fill", "find", "question"]

BASE = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
_ROWS = 5
_SURE, _STREET_SURE, _WITHOUT_SUFFIX = 0.95, 0.6, 0.9
_POINT = re.compile(r"^POINT\s*\(\s*(\d+(?:\.\d+)?)\s+(\d+(?:\.\d+)?)\s*\)$")
_WEST, _SOUTH, _EAST, _NORTH = 3.2, 50.7, 7.3, 53.7
"""The Netherlands, in degrees."""
_STEM_ALIKE = 0.8
_NUMBERED = {"address", "opposite", "level", "rear"}
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Answer:
    """
    What the service knows of an address.

    Parameters
    ----------
    reason : str
        Key of `ipgtools.nl.services.PLACES`; "found", "no_suffix" or "street" if there is a
        point.
    street : str
        As the service spells it.
    lon, lat : float or None
        Degrees, EPSG:4326.
    score : float
        How sure, 0 to 1: by how alike the street is, never by the service's own score.
    """

    reason: str
    street: str = ""
    lon: float | None = None
    lat: float | None = None
    score: float = 0.0


def find(
    street: str,
    number: int | None = None,
    suffix: str = "",
    *,
    city: str,
    base: str = BASE,
    cutoff: float = 90,
    **limits: Any,
) -> Answer:
    """Ask for one address, or for a street."""
    params = {
        "q": question(street, number, suffix, city),
        "fq": "type:adres" if number is not None else "type:weg",
        "rows": _ROWS,
    }
    address = f"{base.rstrip('/')}/free"
    answer = http.get_json(address, params, **{"max_bytes": _MOST_BYTES, **limits})
    response = answer.get("response") if isinstance(answer, dict) else None
    docs = response.get("docs") if isinstance(response, dict) else None
    if not isinstance(docs, list):
        raise http.unusable(http.host_of(base), "not_places")
    return _chosen([doc for doc in docs if isinstance(doc, dict)], street, number, suffix, city,
                   cutoff / 100)  # fmt: skip


def question(street: str, number: int | None, suffix: str, city: str) -> str:
    """
    Write all that is sent.

    Examples
    --------
    >>> question("Oostveenweg", 52, "a", "Enschede"), question("Pluimstraat", None, "", "Enschede")
    ('Oostveenweg 52a, Enschede', 'Pluimstraat, Enschede')
    """
    house = "" if number is None else f" {number}{suffix}"
    return f"{street}{house}, {city}"


def fill(
    found: "gpd.GeoDataFrame",
    *,
    city: str,
    base: str = BASE,
    cache: str | Path | None = None,
    **limits: Any,
) -> "gpd.GeoDataFrame":
    """Ask about the places that the gazetteer knows no address of."""
    import geopandas as gpd

    host = http.host_of(base)
    known = _read_cache(cache)
    table = found.copy()
    told: dict[str, Any] = {
        "host": host, "n_asked": 0, "n_found": 0, "n_not_asked": 0, "failed": None,
    }  # fmt: skip
    seen: dict[str, Answer] = {}
    sent: set[str] = set()
    points: dict[Any, tuple[float, float]] = {}
    for at, row in zip(table.index, table.itertuples(), strict=True):
        asked = _asked(row)
        if asked is None:
            continue
        town = row.city if isinstance(getattr(row, "city", None), str) else city
        key = f"{base} {question(*asked, town)}"
        if key not in seen and key in known:
            seen[key] = known[key]
        if key not in seen and told["failed"]:
            told["n_not_asked"] += 1
            continue
        if key not in seen:
            sent.add(key)
            told["n_asked"] += 1
            try:
                seen[key] = find(*asked, city=town, base=base, **limits)
            except ServiceError as error:
                told["failed"] = str(error.facts.get("reason") or error.facts.get("status", ""))
                continue
        answer = seen[key]
        told["n_found"] += bool(key in sent and answer.lon is not None)
        sent.discard(key)
        reason = nl.place(answer.reason, answer.street)
        if answer.lon is None or answer.lat is None:
            table.loc[at, "reason"] = f"{row.reason}; {reason}"
            continue
        points[at] = (answer.lon, answer.lat)
        house = answer.reason != "street"
        table.loc[at, "street"] = answer.street
        table.loc[at, "precision"] = schouw.PRECISION["address" if house else "street"]
        table.loc[at, "location_score"] = round(answer.score, 3)
        table.loc[at, "reason"] = reason
        if row.kind != row.kind:
            table.loc[at, "kind"] = "address" if house else "street"
    if points:
        placed = gpd.GeoSeries(
            gpd.points_from_xy(*zip(*points.values(), strict=True)), index=[*points], crs=4326
        ).to_crs(table.crs)
        for at, point in placed.items():
            table.loc[[at], table.geometry.name] = gpd.GeoSeries([point], [at], crs=table.crs)
    _write_cache(cache, known | seen)
    table.attrs["locatieserver"] = told
    return table


def _asked(row: Any) -> tuple[str, int | None, str] | None:
    """Give street, number and letter to ask for; None where the gazetteer knows enough."""
    text = row.location_text
    if not isinstance(text, str) or row.precision == schouw.PRECISION["address"]:
        return None
    words = text.replace(schouw.LOST, " ").split()
    place = read_place(words, _surely_street)
    if isinstance(row.street, str) and row.kind in _NUMBERED:
        number = _number_in(words, row.street)
        return (row.street, *number) if number else None
    if isinstance(row.street, str) or len(place.streets) != 1:
        return None
    street = place.streets[0]
    if place.kind not in _NUMBERED | {"street", "place"} or place.unexplained > len(words) // 2:
        return None
    return street.name.rstrip(".,;:"), place.number, place.suffix


def _surely_street(phrase: str) -> Match | None:
    """Judge a name without a list: what could be the name of a person isn't sent as a street."""
    last = normalise_name(phrase).rpartition(" ")[2]
    ending = next((each for each in schouw.SURE_ENDINGS if last.endswith(each)), None)
    sure = ending is not None and len(last) >= len(ending) + 3 and phrase[:1].isupper()
    return Match(phrase, 0.9 if " " not in phrase else 0.85) if sure else None


def _number_in(words: list[str], street: str) -> tuple[int, str] | None:
    """Read the house number in a text whose street is known."""
    place = read_place(words, Names.of([street]).best)
    return None if place.number is None else (place.number, place.suffix)


def _chosen(
    docs: list[dict[str, Any]],
    street: str,
    number: int | None,
    suffix: str,
    city: str,
    cutoff: float,
) -> Answer:
    """Choose the document that matches, or return how the best one differs."""
    if not docs:
        return Answer("nothing")
    here = [doc for doc in docs if _town(str(doc.get("woonplaatsnaam", ""))) == _town(city)]
    if not here:
        return Answer("other_city")
    alike = [(_alike(street, str(doc.get("straatnaam", ""))), doc) for doc in here]
    alike = [(score, doc) for score, doc in alike if score >= cutoff]
    if not alike:
        return Answer("other_street")
    if number is not None:
        alike = [(score, doc) for score, doc in alike if str(doc.get("huisnummer")) == str(number)]
        if not alike:
            return Answer("other_number")
    placed = [(score, doc, at) for score, doc in alike if (at := _point_of(doc))]
    if not placed:
        return Answer("no_point")
    wanted = _bare(suffix)
    score, doc, (lon, lat) = max(placed, key=lambda each: (_suffix_of(each[1]) == wanted, each[0]))
    reason, sure = ("street", _STREET_SURE) if number is None else ("found", _SURE)
    if number is not None and wanted and _suffix_of(doc) != wanted:
        reason, sure = "no_suffix", _WITHOUT_SUFFIX
    return Answer(reason, str(doc["straatnaam"]), lon, lat, score * sure)


def _alike(asked: str, given: str) -> float:
    """Return the similarity of two streets; 0 if the distinctive word differs."""
    _, score = slips(asked, given) if normalise_name(given) else (0.0, 0.0)
    if score == 1:
        return 1.0
    return similarity(asked, given) if score >= _STEM_ALIKE else 0.0


def _town(name: str) -> str:
    return nl.ALSO_CALLED.get(normalise_name(name), normalise_name(name))


def _point_of(doc: dict[str, Any]) -> tuple[float, float] | None:
    """Return the point of a document in degrees; None if it has none in the Netherlands."""
    found = _POINT.match(str(doc.get("centroide_ll", "")))
    if found is None:
        return None
    lon, lat = float(found[1]), float(found[2])
    return (lon, lat) if _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH else None


def _suffix_of(doc: dict[str, Any]) -> str:
    return _bare(f"{doc.get('huisletter') or ''}{doc.get('huisnummertoevoeging') or ''}")


def _bare(text: str) -> str:
    return "".join(mark for mark in normalise_name(text) if mark.isalnum())


def _read_cache(path: str | Path | None) -> dict[str, Answer]:
    """Read kept answers; a file that isn't ours counts as empty."""
    if path is None or not Path(path).is_file():
        return {}
    try:
        given = json.loads(Path(path).read_text(encoding="utf-8"))
        return {str(key): Answer(**value) for key, value in given.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_cache(path: str | Path | None, answers: dict[str, Answer]) -> None:
    from dataclasses import asdict

    from ipgtools.io.write import atomic

    if path is None or not answers:
        return
    with atomic(path) as temporary:
        kept = {key: asdict(answer) for key, answer in answers.items()}
        temporary.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
