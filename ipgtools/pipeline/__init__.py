"""
Run a briefing from files to slides: the only place that orders the steps.

``analyse`` reads, computes, releases, draws and describes; ``run`` does that and writes. What
is written is one new folder, which appears whole or not at all.
"""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ipgtools import _scratch, nl
from ipgtools._parallel import load_beside
from ipgtools.errors import ReadError, ReleaseError
from ipgtools.nl import briefing as briefing_words
from ipgtools.nl import cli as words
from ipgtools.nl import folders, methods
from ipgtools.nl import privacy as privacy_words
from ipgtools.nl import retention as keeping_words
from ipgtools.nl.messages import message
from ipgtools.pipeline.lines import for_police
from ipgtools.settings import Choices, Crs, Settings

if TYPE_CHECKING:
    import folium

    from ipgtools.briefing import Briefing, Facts
    from ipgtools.highlights import Highlight
    from ipgtools.io.report import ReadReport
    from ipgtools.pipeline.inputs import Inputs
    from ipgtools.pipeline.protection import Protected
    from ipgtools.pipeline.sharing import Agreement

__all__ = ["Run", "analyse", "check", "print_progress", "run"]

_OF_VIEWS = ("numba", "matplotlib.backends.backend_agg", "folium", "pptx")
"""Libraries that take long to load, and are not needed to read files."""


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
    inside : tuple of str
        What whoever makes the briefing should know, and nobody else; Dutch.
    protected : tuple of str
        What the gate left out or made coarser, for the cover note; Dutch.
    credit : str
        Organisation and date of the data; Dutch.
    readers : str
        Who may have what is shared; Dutch.
    mark : str
        Number and hash of the register's last entry when the tables were released; for
        ``ipgtools audit --known``.
    folder : Path or None
        The new folder, with `delen` and `intern` in it; None after `analyse`.
    files : tuple of Path
        What was written in it, what may be shared first; empty after `analyse`.
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
    inside: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    credit: str = ""
    readers: str = ""
    mark: str = ""
    folder: Path | None = None
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
        return [
            *read,
            "",
            self.counted,
            "",
            *words.highlights([one.text for one in self.highlights]),
            "",
            *words.left_out(self.left_out),
            "",
            *([*self.inside, ""] if self.inside else []),
            *(self._written() if self.folder is not None else []),
        ]

    def _written(self) -> list[str]:
        """Say where the briefing is, which part may be shared and which stays."""
        shared = [path for path in self.files if path.parent.name == folders.SHARED]
        parts = [path.parent.name for path in self.files]
        return [
            words.made(str(self.folder)),
            words.shared(self.readers),
            *(f"    {path}" for path in shared if path.suffix in (".pptx", ".html")),
            words.accompanied_by(parts.count(folders.TABLES), parts.count(folders.PICTURES)),
            f"    {briefing_words.seconds_of_all(self.briefing.seconds)}",
            words.kept(),
        ]


def run(
    settings: Settings, *, progress: Progress | None = None, agreed: "Agreement | None" = None
) -> Run:
    """
    Make a briefing and write it to a new folder in that of the settings.

    Parameters
    ----------
    settings : Settings
        What it is about, and where it goes.
    progress : callable, optional
        Called as ``progress(done, total, text)`` at each step.
    agreed : Agreement, optional
        What is agreed with the one partner that it goes to; `share` gives it.

    Returns
    -------
    Run
        With the files written.

    Raises
    ------
    IpgError
        If input, settings or audience don't allow a briefing; nothing is written then.

    Examples
    --------
    >>> made = run(Settings.sample())  # doctest: +SKIP
    >>> len(list((made.folder / "delen").glob("*.pptx")))  # doctest: +SKIP
    1
    """
    from ipgtools.pipeline import atomic_folder

    atomic_folder.require(settings.output.folder)
    if settings.output.pdf:
        from ipgtools.briefing import pdf

        pdf.browser()
    made, inputs = _analyse(settings, progress)
    from ipgtools.pipeline import output

    _step(progress, "write")
    return output.write(made, inputs, agreed=agreed)


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

    Examples
    --------
    >>> made = analyse(Settings.sample())  # doctest: +SKIP
    >>> [slide.key for slide in made.briefing.slides][:2]  # doctest: +SKIP
    ['titel', 'wat_valt_op']
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
        If it can't be told what the file holds, it can't be used, or it is about persons and
        the module for persons is off.
    SettingsError
        If `crs` is none.
    RegisterError
        If the register can't be written to; then nothing is read.

    Examples
    --------
    >>> kind, report = check(Settings.sample().input.areas)
    >>> kind, report.n_rejected
    ('areas', 0)
    """
    from ipgtools.audit import Register
    from ipgtools.pipeline import register_entries, retention_checks

    held, choices = choices, choices or Choices()
    if crs is not None:
        Crs(incidents=crs).require_known()
    with (
        Register.open(choices.privacy.register) as register,
        register_entries.at_end(
            register,
            "consult",
            **register_entries.suffix(path),
            **register_entries.reasons(choices),
        ) as facts,
    ):
        found, report, table = _check(path, kind, key, crs, choices)
        if held is not None and table is not None:
            added = retention_checks.notes(held, found, table, on=dt.date.today())
            said = [message("retention", text=line) for line in added]
            report = replace(report, messages=(*report.messages, *said))
        facts.update(register_entries.report(found, report))
    return found, report


def _check(
    path: str | Path, kind: str | None, key: Path | None, crs: str | None, choices: Choices
) -> "tuple[str, ReadReport, Any]":
    """Read a file; give what it is, its report, and the table where that is about persons."""
    from ipgtools import io
    from ipgtools.nl import checking
    from ipgtools.pipeline import file_kind

    table: Any = None
    if kind is None:
        found = file_kind.detect(
            path,
            columns=choices.columns.get("incidents"),
            persons=choices.columns.get("offences"),
        )
    else:
        found = file_kind.FileKind(kind, checking.BECAUSE["given"])
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
            with _scratch.temporary() as copies:
                table, report = photos.read_photos(path, copies, **places)
    elif found.kind == "offences":
        choices.privacy.require_persons(Path(path))
        key = key or choices.input.key
        if key is None:
            msg = "antecedents need a key"
            raise ReadError(msg, code="key_not_given", path=Path(path).name)
        table, report = io.read_offences(path, key=key, **options)
    elif found.kind == "incidents":
        how = choices.input
        options |= {"duplicates": how.duplicates, "keep": how.keep}
        table, report = io.read_incidents(path, **options)
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
    return found.kind, replace(report, details={**report.details, "taken": tuple(said)}), table


def _analyse(settings: Settings, progress: Progress | None) -> "tuple[Run, Inputs]":
    from ipgtools.pipeline import inputs, results

    with _scratch.temporary() as photos:
        _step(progress, "read")
        load_beside(*_OF_VIEWS)
        given = inputs.read(settings, photo_folder=photos)
        computed = results.compute(given, lambda name: _step(progress, name))
        from ipgtools.pipeline import (
            describe,
            highlight_selection,
            interactive_map,
            pictures,
            sentence_input,
        )

        _step(progress, "release")
        computed.tables["bronnen"] = describe.source_table(given)
        computed.tables["kerncijfers"] = describe.fact_table(computed.facts)
        interactive_map.add(given, computed)
        released, mark = _release(computed.tables, given)
        tables, withheld = released.tables, released.done
        _step(progress, "maps")
        told_of, spoken = (
            sentence_input.results(computed, released, given),
            sentence_input.tables_for_sentences(tables, given),
        )
        told = highlight_selection.select(given, told_of, spoken)
        titles = highlight_selection.titles(told, told_of.facts, spoken, settings.output.subject)
        drawn = pictures.draw(given, tables, titles, n=released.total)
        drawing = interactive_map.draw(given, tables, titles["plekken"], n=released.total)
        tables = {name: one for name, one in tables.items() if name not in interactive_map.ALONE}
        protected = withheld
        if given.profile.kinds.withheld:  # said whether there were any or not
            withheld = (nl.sentence(privacy_words.withheld_kinds()), *withheld)
        described = describe.describe(given, told_of, spoken, drawn, withheld, told, titles)
    rejected = [
        str(message("left_rejected", n=row.n, file=report.source, reason=row.reason))
        for report in given.reports.values()
        for row in report.reasons().itertuples()
    ]
    unread = [methods.persons_off(given.unread)] if given.unread else []
    subject = settings.output.subject
    made = Run(
        settings=given.settings,
        area_name=given.study.name,
        reports=given.reports,
        tables=tables,
        facts=told_of.facts,
        highlights=told,
        briefing=described,
        pictures=drawn,
        map=drawing,
        left_out=(
            *rejected,
            *unread,
            *describe.left_out(given),
            *for_police(told_of.limits),
            *withheld,
        ),
        counted=words.counted(
            len(given.now), len(given.incidents), given.n_read, subject, given.study.name
        ),
        inside=(
            *keeping_words.notices(given.notices),
            *computed.kept,
            *(() if given.profile.internal.left_out else describe.not_counted(given)),
            *privacy_words.unknown_kinds(list(given.unknown_kinds), subject),
        ),
        protected=protected,
        credit=pictures.source(given),
        readers=folders.readers(given.profile.readers, given.profile.label),
        mark=mark,
    )
    return made, given


def print_progress(done: float, total: float, text: str = "") -> None:
    """
    Print a step of a run: what notebooks give to `run` as ``progress``.

    Parameters
    ----------
    done, total : float
        Steps done, and steps in all.
    text : str
        What begins now.

    Examples
    --------
    >>> print_progress(0, 10, "Bestanden lezen")
    stap 1 van 10: Bestanden lezen
    """
    sys.stdout.write(f"{words.step(done + 1, total, text)}\n")
    sys.stdout.flush()


def _step(progress: Progress | None, name: str) -> None:
    if progress is not None:
        steps = list(words.STEPS)
        progress(steps.index(name), len(steps), words.STEPS[name])


def _require_enough(n: int, inputs: "Inputs") -> None:
    """Fail rather than tell an audience a total that is small enough to point at someone."""
    profile = inputs.profile
    if n < profile.incidents.fewest:
        msg = f"{n} incidents are too few to release for {profile.name!r}"
        raise ReleaseError(
            msg, code="release_few", smallest=profile.incidents.fewest, audience=profile.name,
            subject=inputs.settings.output.subject,
        )  # fmt: skip


def _release(tables: dict[str, Any], given: "Inputs") -> "tuple[Protected, str]":
    """Release every table, or none; give the register's mark of the entry that says so."""
    from ipgtools.audit import Register
    from ipgtools.pipeline import protection, register_entries

    settings = given.settings
    asked: dict[str, Any] = {"audience": settings.output.audience, "area": given.study.code}
    asked |= register_entries.reasons(settings)
    with Register.open(settings.privacy.register) as register:
        with register_entries.on_failure(register, "release", **asked), register.transaction():
            _require_enough(len(given.now), given)
            released = protection.release(tables, given, register, _released)
            left = sorted(set(tables) - set(released.tables))
            register.record(
                "release", **asked, tables=sorted(released.tables), withheld=left,
                numbers=released.n_numbers, coarser=released.n_coarser,
                known=released.n_known, differing=released.n_differing,
            )  # fmt: skip
        return released, register.head().mark


def _released(
    tables: dict[str, Any], inputs: "Inputs", **how: Any
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Release every table; one that may not leave in any form is left out, and that is said."""
    from ipgtools import privacy

    shown: dict[str, Any] = {}
    done: list[str] = []
    kept_back: list[str] = []
    for name, table in tables.items():
        try:
            released = privacy.gate(
                table,
                inputs.profile,
                period=inputs.period,
                streets=inputs.public_places,
                actors=inputs.settings.input.actors,
                **how,
            )
        except ReleaseError as refused:
            if refused.code == "release_unknown" or not refused.code.startswith("release_"):
                raise
            if refused.code == "release_households":
                done.append(privacy_words.no_households())
            elif name not in _INSIDE:
                kept_back.append(name)
            continue
        shown[name] = released.table
        done += released.suppressed
    if kept_back:
        done.append(methods.withheld_tables(kept_back))
    return shown, tuple(nl.sentence(one) for one in dict.fromkeys(done))


_INSIDE = ("bronnen", "kerncijfers")
"""Tables that nobody misses who may not see them."""
