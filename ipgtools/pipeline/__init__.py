"""
Run a briefing from files to slides: the only place that orders the steps.

``analyse`` reads, computes, releases, draws and describes; ``run`` does that and writes. What
is written appears whole or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from ipgtools import nl
from ipgtools.errors import ReadError, ReleaseError
from ipgtools.nl import cli as words
from ipgtools.nl import methods
from ipgtools.nl import privacy as privacy_words
from ipgtools.settings import Choices, Crs, Settings

if TYPE_CHECKING:
    import folium

    from ipgtools.briefing import Briefing, Facts
    from ipgtools.gazetteer import PublicPlaces
    from ipgtools.highlights import Highlight
    from ipgtools.io.report import ReadReport
    from ipgtools.pipeline.inputs import Inputs

__all__ = ["Run", "analyse", "check", "run"]


class Progress(Protocol):
    """What is told how far a run is."""

    def __call__(self, done: float, total: float, text: str = "") -> None:
        """Take steps done, steps in all, and what is being done, in Dutch."""


@dataclass(frozen=True)
class Run:
    """
    What a run made.

    Parameters
    ----------
    settings : Settings
        What was asked.
    area_name : str
        Name of the area.
    reports : dict of str to ReadReport
        What became of every row of every file.
    tables : dict of str to DataFrame
        Released results by their Dutch names; the files in ``tabellen/`` hold the same.
    facts : Facts
        The numbers that the sentences speak of.
    highlights : tuple of Highlight
        What the briefing tells, in that order.
    briefing : Briefing
        The description of slides and page.
    pictures : dict of str to bytes
        PNG by name.
    map : folium.Map
        The interactive map.
    left_out : tuple of str
        What is not in the figures, and what the gate withheld; Dutch.
    counted : str
        How many incidents the briefing is about, of how many; Dutch.
    files : tuple of Path
        What was written; empty after `analyse`.
    """

    settings: Settings
    area_name: str
    reports: "dict[str, ReadReport]"
    tables: dict[str, Any]
    facts: "Facts"
    highlights: "tuple[Highlight, ...]"
    briefing: "Briefing"
    pictures: dict[str, bytes]
    map: "folium.Map"
    left_out: tuple[str, ...]
    counted: str
    files: tuple[Path, ...] = field(default=())

    def lines(self) -> list[str]:
        """
        Say in Dutch what was read, what stands out, what was left out, and where it all is.

        Returns
        -------
        list of str
            A line a fact.
        """
        read = [report.lines()[0] for report in self.reports.values()]
        made = [f"  {path}" for path in self.files if path.suffix in (".pptx", ".html")]
        rest = [words.beside(*self._beside())] if self.files else []
        return [
            *read,
            "",
            self.counted,
            "",
            *words.highlights([one.text for one in self.highlights]),
            "",
            *words.left_out(self.left_out),
            "",
            *([words.made(str(self.settings.output.folder)), *made, *rest] if self.files else []),
        ]

    def _beside(self) -> tuple[int, int]:
        suffixes = [path.suffix for path in self.files]
        return suffixes.count(".csv"), suffixes.count(".png")


def run(settings: Settings, *, progress: Progress | None = None) -> Run:
    """
    Make a briefing and write it to the folder of the settings.

    Parameters
    ----------
    settings : Settings
        What it is about, and where it goes.
    progress : callable, optional
        Called as ``progress(done, total, text)`` at each step.

    Returns
    -------
    Run
        With the files written.

    Raises
    ------
    IpgError
        If input, settings or audience don't allow a briefing; nothing is written then.
    """
    from ipgtools.pipeline import output

    made, inputs = _analyse(settings, progress)
    _step(progress, "write")
    return output.write(made, inputs)


def analyse(settings: Settings, *, progress: Progress | None = None) -> Run:
    """
    Do all of a run except writing.

    Parameters
    ----------
    settings : Settings
        What it is about.
    progress : callable, optional
        As for `run`.

    Returns
    -------
    Run
        Without files.
    """
    return _analyse(settings, progress)[0]


def check(
    path: str | Path,
    *,
    kind: str | None = None,
    key: Path | None = None,
    crs: str | None = None,
    choices: Choices | None = None,
) -> "tuple[str, ReadReport]":
    """
    Read a file and report, without doing anything with it.

    Parameters
    ----------
    path : path
        The file, or a folder with exports of incidents or with mails and photos.
    kind : {"incidents", "areas", "streets", "addresses", "schouw", "offences", "photos"}, optional
        What it holds; recognised if not given.
    key : Path, optional
        Key for antecedents; goes before that of `choices`.
    crs : str, optional
        CRS, where the file declares none; goes before that of `choices`.
    choices : Choices, optional
        How to read it.

    Returns
    -------
    kind : str
        As what it was read.
    report : ReadReport
        What became of its rows. ``details["taken"]`` says in Dutch why it was taken for that,
        and what else it could be.

    Raises
    ------
    ReadError
        If it can't be told what the file holds, or it can't be used.
    SettingsError
        If `crs` is none.
    """
    from ipgtools import io
    from ipgtools.nl import checking
    from ipgtools.pipeline import recognising

    choices = choices or Choices()
    if crs is not None:
        Crs(incidents=crs).require_known()
    if kind is None:
        found = recognising.taken(
            path,
            columns=choices.columns.get("incidents"),
            persons=choices.columns.get("offences"),
        )
    else:
        found = recognising.Taken(kind, checking.BECAUSE["given"])
    options: dict[str, Any] = {
        "columns": choices.columns.get(found.kind),  # type: ignore[call-overload]
        "crs": crs or getattr(choices.crs, found.kind, None),
        "work_crs": choices.crs.work,
    }
    if found.kind in {"schouw", "photos"}:
        from ipgtools import photos, schouw
        from ipgtools.pipeline import inputs

        streets, addresses, _ = inputs.read_known_places(
            choices.input, choices.crs, choices.columns
        )
        places: dict[str, Any] = {"streets": streets, "addresses": addresses}
        if found.kind == "schouw":
            report = schouw.read_schouw(path, actors=choices.input.actors, **places)[2]
        else:
            with TemporaryDirectory(prefix="ipgtools-") as copies:
                report = photos.read_photos(path, copies, **places)[1]
    elif found.kind == "offences":
        key = key or choices.input.key
        if key is None:
            msg = "antecedents need a key"
            raise ReadError(msg, code="key_not_given", path=Path(path).name)
        report = io.read_offences(path, key=key, **options)[1]
    elif found.kind == "incidents":
        how = choices.input
        options |= {"duplicates": how.duplicates, "keep": how.keep}
        report = io.read_incidents(path, **options)[1]
    elif found.kind == "areas":
        report = io.read_areas(path, level=choices.input.level, **options)[1]
    else:
        from ipgtools.pipeline import inputs

        readers: dict[str, Callable[..., Any]]
        readers = {"streets": inputs.read_street_names, "addresses": io.read_addresses}
        report = readers[found.kind](path, **options)[1]
    said = [checking.taken(found.kind, found.why)]
    if found.also:
        said.append(checking.also(found.also))
    return found.kind, replace(report, details={**report.details, "taken": tuple(said)})


def _analyse(settings: Settings, progress: Progress | None) -> "tuple[Run, Inputs]":
    from ipgtools.pipeline import describe, highlighted, inputs, pictures, results

    with TemporaryDirectory(prefix="ipgtools-") as photos:
        _step(progress, "read")
        given = inputs.read(settings, photo_folder=Path(photos))
        computed = results.compute(given, lambda name: _step(progress, name))
        _step(progress, "release")
        _require_enough(len(given.now), settings)
        computed.tables["bronnen"] = describe.source_table(given)
        computed.tables["kerncijfers"] = describe.fact_table(computed.facts)
        tables, withheld = _release(computed.tables, settings.output.audience, given.public_places)
        _step(progress, "maps")
        told = highlighted.select(given, computed, tables)
        titles = highlighted.titles(told, computed.facts, tables, settings.output.subject)
        drawn = pictures.draw(given, tables, titles)
        drawing = pictures.interactive(given, tables, titles["plekken"])
        if given.n_sensitive:
            withheld = (privacy_words.withheld(given.n_sensitive), *withheld)
        described = describe.describe(given, computed, tables, drawn, withheld, told, titles)
    rejected = [
        methods.rejected(row.n, report.source, row.reason)
        for report in given.reports.values()
        for row in report.reasons().itertuples()
    ]
    subject = settings.output.subject
    made = Run(
        settings=settings,
        area_name=given.study.name,
        reports=given.reports,
        tables=tables,
        facts=computed.facts,
        highlights=told,
        briefing=described,
        pictures=drawn,
        map=drawing,
        left_out=(*rejected, *describe.left_out(given), *computed.limits, *withheld),
        counted=words.counted(
            computed.facts.n, len(given.incidents), given.n_read, subject, given.study.name
        ),
    )
    return made, given


def _step(progress: Progress | None, name: str) -> None:
    if progress is not None:
        steps = list(words.STEPS)
        progress(steps.index(name), len(steps), words.STEPS[name])


def _require_enough(n: int, settings: Settings) -> None:
    """Fail rather than tell an audience a total that is small enough to point at someone."""
    from ipgtools.privacy import RULES

    smallest = RULES[settings.output.audience].smallest
    if n < smallest:
        msg = f"{n} incidents are too few to release for {settings.output.audience!r}"
        raise ReleaseError(
            msg, code="release_few", smallest=smallest, audience=settings.output.audience,
            subject=settings.output.subject,
        )  # fmt: skip


def _release(
    tables: dict[str, Any], audience: str, streets: "PublicPlaces | None" = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Release every table; one that may not leave in any form is left out, and that is said."""
    from ipgtools import privacy

    shown, done = {}, []
    for name, table in tables.items():
        try:
            released = privacy.release(table, audience, streets=streets)
        except ReleaseError as refused:
            if refused.code == "release_unknown":
                raise
            done.append(methods.withheld_table(name))
            continue
        shown[name] = released.table
        done += released.suppressed
    return shown, tuple(nl.sentence(one) for one in dict.fromkeys(done))
