"""
Say in Dutch what an error's English message says to a programmer.

Each text tells what was found and what to do. The keys are the codes that errors carry;
the names between braces are their facts.
"""

TEXTS: dict[str, str] = {
    "contract": "De tabel {table} klopt niet: {breaches}.",
    "crs_not_metric": (
        "{table} staat in {found}, maar er is een projectie in meters nodig, "
        "bijvoorbeeld RD (EPSG:28992). Geef het juiste stelsel op met `crs` in ipg.toml."
    ),
    "crs_differs": (
        "{table} staat in {found} en {other} in {expected}. Zet beide in hetzelfde stelsel."
    ),
    "crs_missing": "{table} vermeldt geen coördinatenstelsel. Geef het op met `crs` in ipg.toml.",
    "crs_work": "Het werkstelsel {found} rekent niet in meters. Kies bijvoorbeeld EPSG:28992 (RD).",
    "period_unreadable": (
        "De datum '{found}' in de periode is niet te lezen. Schrijf hem als 2025-09-01."
    ),
    "period_reversed": "De periode begint op {start} en eindigt op {end}. Draai de datums om.",
}
