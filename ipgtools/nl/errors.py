"""
Words of errors in Dutch, by code.

The texts are in ``errors.toml``: what was found, and what to do. The keys are the codes that
errors carry; the names between braces are their facts. Here are the choices between texts.
"""

import re

from ipgtools.nl.formats import joined
from ipgtools.nl.messages import catalogue
from ipgtools.nl.read_report import MEANINGS

__all__ = ["BREAKS", "HINTS", "KINDS_OF_FILES", "SETTINGS_FAULTS", "TEXTS", "VALUES", "say"]

TEXTS = {
    code: text
    for section, texts in catalogue("errors.toml").items()
    if section not in ("settings_faults", "missing_columns")
    for code, text in texts.items()
}
SETTINGS_FAULTS = catalogue("errors.toml")["settings_faults"]
HINTS = catalogue("errors.toml")["missing_columns"]
"""What to do about a column that is missing; `column` for those without a hint of their own."""

BREAKS = {
    "months": ("maand", "maanden", "de eerste van een maand"),
    "weeks": ("week", "weken", "een maandag"),
}
"""Calendars in words: one step, more of them, and where a period begins."""


def say(code: str, facts: dict[str, object]) -> str:
    """
    Return an error in Dutch.

    Examples
    --------
    >>> say("file_empty", {"path": "a.csv"})
    'Het bestand a.csv is leeg. Maak de uitvoer opnieuw.'
    """
    facts = dict(facts)
    if code == "dates_unknown" and "###" in str(facts["examples"]):
        code = "dates_hidden"
    if code == "columns_doubt":
        column, found = str(facts["column"]), str(facts["found"])
        facts |= {"meaning": MEANINGS.get(column, column), "first": found.split(", ")[0]}
        facts["section"] = f"[columns.{facts['table']}]" if "table" in facts else "[columns]"
    for name in ("close", "known"):
        if isinstance(names := facts.get(name), list):
            facts[name] = joined(map(str, names)) or "geen"
            if name == "close":
                facts[name] = f"Bedoelde u {joined(map(str, names), 'of')}? " if names else ""
    if code == "columns_missing":
        facts |= _missing(str(facts["columns"]), str(facts.get("likely", "")))
    if code == "file_kind":
        code = "file_shortcut" if _SHORTCUT.search(str(facts["path"])) else code
        facts["kinds"] = KINDS_OF_FILES
    if code == "header_missing":
        kinds = str(facts["found"]).split(", ")
        facts["found"] = ", ".join(VALUES.get(kind, kind) for kind in kinds)
    if code == "settings_toml":
        facts["hint"] = _toml_hint(facts)
    if code == "period_reversed":
        facts |= {name: str(facts[name]).removesuffix(" 00:00:00") for name in ("start", "end")}
    if code == "settings_invalid":
        options: dict[str, list[str]] = facts.pop("options", {})  # type: ignore[assignment]
        faults: list[tuple[str, str, str]] = facts.pop("faults")  # type: ignore[assignment]
        facts["problems"] = "; ".join(
            _fault(*fault, options=options.get(fault[0], [])) for fault in faults
        )
    if code == "profile_looser":
        facts["problems"] = "; ".join(_looser(*one) for one in facts.pop("looser"))  # type: ignore[attr-defined]
    if code.startswith("calendar_"):
        facts |= _calendar(facts)
    if code.startswith("xy_"):
        x, y = facts["x"], facts["y"]
        facts["columns"] = f"de kolom {x}" if x == y else f"{x} en {y}"
    text = TEXTS[code].format_map(facts)
    if code == "xy_outside_file" and facts.get("british"):
        text += ' Zijn het Britse coördinaten, geef dan crs = "EPSG:27700" op.'
    if code.startswith("dates_") and (ours := facts.get("ours")) in _NOT_NEEDED:
        text += f' Kunt u zonder, zet dan in ipg.toml onder [columns.incidents]: {ours} = "".'
    return text


def _calendar(facts: dict[str, object]) -> dict[str, str]:
    """Name a calendar in words, and the periods that are allowed."""
    text = {}
    if (breaks := facts.get("breaks")) in BREAKS:
        text["point"] = BREAKS[str(breaks)][2]
    for name in ("known", "found"):
        if (calendar := facts.get(name)) in BREAKS:
            text[name] = BREAKS[str(calendar)][0]
    if (breaks := facts.get("known")) in BREAKS:
        text["known_many"] = BREAKS[str(breaks)][1]
    allowed: list[str] = facts.get("allowed", [])  # type: ignore[assignment]
    text["hint"] = "Kies een periode die al eerder is uitgegeven, of een die erop volgt."
    if allowed:
        text["hint"] = f"Wel kan: {joined(allowed, 'of')}."
    return text


_NOT_NEEDED = ("occurred_to", "reported_at", "first_processed")
"""Columns of times without which incidents can be read."""


def _fault(where: str, kind: str, found: str, *, options: list[str]) -> str:
    """State what is wrong with a setting, and what is allowed there."""
    plain = "date" if kind.startswith("date") else kind
    text = SETTINGS_FAULTS.get(plain, "{where} heeft een onbruikbare waarde ({found})")
    text = text.format(where=where, found=found)
    if not options:
        return text
    if kind == "extra_forbidden":
        return f"{text} (is {options[0]} bedoeld?)"
    return f"{text}; kies uit {joined(options, 'of')}"


def _looser(setting: str, found: str, expected: str) -> str:
    """State what a profile allows more than the profile it should be as strict as."""
    if not found:
        return f"{setting} laat {expected} weg"
    if not expected:
        return f"{setting} noemt {found}, dat daar niet bij is"
    return f"{setting} is {_yes(found)}, daar {_yes(expected)}"


def _yes(value: str) -> str:
    """Format true and false as in a file."""
    return value.lower() if value in ("True", "False") else value


def _toml_hint(facts: dict[str, object]) -> str:
    """State where a file with settings goes wrong, and how to write it."""
    text = str(facts.get("text", ""))
    if not facts.get("line"):
        return f"Is het een tekstbestand met instellingen ({facts['reason']})?"
    where = f"Regel {facts['line']} klopt niet: {text}. "
    if "\\" in text:
        return f'{where}Schrijf een pad met schuine strepen: "C:/map/bestand.csv".'
    if set(text) & set("“”„‘’"):
        return f'{where}Gebruik rechte aanhalingstekens (") in plaats van gekrulde.'
    return f"{where}Schrijf tekst tussen aanhalingstekens en een datum zonder: start = 2025-09-01."


_SHORTCUT = re.compile(r"\.(lnk|url|webloc)$", re.IGNORECASE)
KINDS_OF_FILES = (
    "CSV en andere tekst, Excel (.xlsx, .xls), OpenDocument (.ods), Parquet, GeoPackage, GeoJSON, "
    "Shapefile, KML, en een zip daarvan; voor een schouwverslag ook Word en PDF, en voor foto's "
    "ook e-mails"
)
VALUES = {"date": "datum", "number": "getal", "text": "tekst"}
"""Kinds of values in words."""


def _missing(columns: str, likely: str = "") -> dict[str, str]:
    """Name missing columns in Dutch, and what to do about them."""
    names = columns.split(", ")
    hints = [HINTS[name] for name in names if name in HINTS] or [HINTS["column"]]
    if likely and "occurred_from" in names:
        may_be = HINTS["likely"].format(likely=likely, first=likely.split(", ")[0])
        hints = [may_be if hint == HINTS["occurred_from"] else hint for hint in hints]
    return {
        "columns": joined(f"{MEANINGS.get(name, name).split(' (')[0]} ({name})" for name in names),
        "hint": " ".join(hints),
    }
