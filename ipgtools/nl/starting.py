"""Write the first ipg.toml, and list what was found for it."""

from collections.abc import Mapping, Sequence

from ipgtools.nl.checking import WORDS
from ipgtools.nl.formats import joined
from ipgtools.nl.formats import period as in_words
from ipgtools.periods import Period

__all__ = ["second", "settings", "started"]

_WORDS = WORDS | {"inhabitants": "inwoners", "key": "de sleutel voor antecedenten"}
_LISTED = 12
_PLACEHOLDERS = {"incidents": "incidenten.csv", "areas": "gebieden.gpkg"}


def second(kind: str, other: str) -> str:
    """
    State that a file of its kind is named already.

    Examples
    --------
    >>> second("streets", "nwb.gpkg")
    'ook straten, maar daarvan kan er maar een in ipg.toml: nwb.gpkg'
    """
    return f"ook {_WORDS[kind]}, maar daarvan kan er maar een in ipg.toml: {other}"


def settings(
    files: Mapping[str, str], *, period: Period | None, areas: Sequence[tuple[str, str]]
) -> str:
    """
    Write settings.

    Examples
    --------
    >>> text = settings({"incidents": '"a.csv"', "areas": '"b.gpkg"'},
    ...                 period=Period.quarter("2025-Q3"), areas=[("WK015301", "Velve")])
    >>> print(text.split("[period]")[1].splitlines()[1])
    start = 2025-07-01  # 1 juli t/m 30 september 2025
    """
    lines = ["# Gemaakt met: ipgtools init. Alles wat hier kan staan: docs/instellingen.md", ""]
    lines.append("[input]")
    lines += [
        f'# {name} = "{example}"  # nodig: {_WORDS[name]}'
        for name, example in _PLACEHOLDERS.items()
        if name not in files
    ]
    for name, written in files.items():
        if name == "offences" and "key" not in files:
            lines.append(f"# offences = {written}  # pas met een sleutel (key): ipgtools key")
        else:
            lines.append(f"{name} = {written}")
    lines += ["", "[area]"]
    if len(areas) > 1:
        lines.append("# Kies een gebied; zonder keuze gaat de briefing over alles, alleen politie.")
        lines += [f'# code = "{code}"  # {name}' for code, name in areas[:_LISTED]]
        if len(areas) > _LISTED:
            lines.append(f"# en nog {len(areas) - _LISTED} andere")
    lines += ["", "[period]"]
    if period is None:
        lines += ["# start = 2025-09-01  # nodig", "# end = 2025-12-01  # hoort er niet bij"]
    else:
        lines += [
            f"start = {period.start.date()}  # {in_words(period)}",
            f"end = {period.end.date()}  # hoort er niet bij",
        ]
    lines += [
        "", "[output]",
        'audience = "politie"  # of partner, openbaar en andere: docs/publiek.md', "",
    ]  # fmt: skip
    return "\n".join(lines)


def started(
    path: str,
    files: Sequence[tuple[str, Sequence[str]]],
    left: Sequence[tuple[str, str]],
    lacking: Sequence[str],
) -> list[str]:
    """
    State what was found and what to do next.

    Examples
    --------
    >>> started("ipg.toml", [("incidents", ["a.csv"])], [], ["areas"])[-1]
    'Vul in ipg.toml aan: gebieden (areas). Maak daarna de briefing met: ipgtools briefing'
    """
    lines = [f"Gemaakt: {path}"]
    lines += [f"  {name}: {joined(names)} ({_WORDS[name]})" for name, names in files]
    lines += [f"  niet gebruikt: {name}: {why}" for name, why in left]
    kinds = [name for name, _ in files]
    if "offences" in kinds and "key" not in kinds:
        lines.append("  Antecedenten worden pas gelezen met een sleutel: ipgtools key")
    config = "" if path == "ipg.toml" else f" --config {path}"
    if lacking:
        needed = joined(f"{_WORDS[name]} ({name})" for name in lacking)
        lines.append(
            f"Vul in {path} aan: {needed}. Maak daarna de briefing met: ipgtools briefing{config}"
        )
    else:
        lines.append(
            f"Kies in {path} een gebied en kijk de periode na. Maak dan de briefing met: "
            f"ipgtools briefing{config}"
        )
    return lines
