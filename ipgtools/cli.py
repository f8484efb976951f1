"""
Run ipgtools from the command line.

Input and output only: commands read what was typed, call the package, and say in Dutch what
came of it. Exit code 0 is done, 2 is something the user can mend, 1 is a fault of ours.
"""

import contextlib
import datetime as dt
import gc
import io
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from ipgtools import _scratch
from ipgtools._closest import closest
from ipgtools.errors import IpgError, ReadError, SettingsError
from ipgtools.nl import checking
from ipgtools.nl import cli as nl
from ipgtools.nl import errors as dutch
from ipgtools.nl import number as format_number
from ipgtools.periods import as_day

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "app", "areas", "audit", "briefing", "check", "init", "key", "main", "papieren", "photos",
    "purge", "run", "sample", "share", "zaken",
]  # fmt: skip

_CONFIG = Path("ipg.toml")
"""Settings that count where none are named: those in the folder one works in."""
_GARBAGE = 100_000
"""
New objects after which Python looks for cycles.

At its own 700 it does so some thousand times while libraries load, a fifteenth of a run's time.
"""
_SHOWN = 50
"""How many entries of the register are shown if no number is asked."""


def _help(show: Any, context: Any, formatter: Any) -> None:
    """Print the library's help with its own English words in Dutch."""
    from typer import rich_utils

    for panel, title in nl.PANELS.items():
        setattr(rich_utils, f"{panel}_PANEL_TITLE", title)
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        show(context, formatter)
    for line in page.getvalue().splitlines():
        sys.stdout.write(_in_dutch(line) + "\n")


def _in_dutch(line: str) -> str:
    """Put Dutch for English words in a line of help, its frame kept in place."""
    said = line
    for english, ours in nl.HELP.items():
        said = said.replace(english, ours)
    if said.endswith("│"):
        said = f"{said[:-1].rstrip():{len(line) - 1}}│"
    return said


class _Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _help(super().format_help, ctx, formatter)


class _Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        _help(super().format_help, ctx, formatter)


app = typer.Typer(
    cls=_Group, help=nl.APP, add_completion=False, no_args_is_help=True, rich_markup_mode="rich"
)


def _version(asked: bool) -> None:  # noqa: FBT001 - the library calls it so
    if asked:
        from ipgtools import __version__

        sys.stdout.write(f"ipgtools {__version__}\n")
        raise typer.Exit


@app.callback()
def _top(
    *,
    version: Annotated[
        bool, typer.Option("--version", help=nl.VERSION, is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Take what stands before a command."""


@app.command(cls=_Command, help=nl.CHECK)
def check(
    files: Annotated[list[Path], typer.Argument(help=nl.CHECK_FILES, metavar="BESTAND...")],
    *,
    kind: Annotated[
        str | None, typer.Option("--soort", help=nl.CHECK_KIND, metavar="SOORT")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--sleutel", help=nl.CHECK_KEY, metavar="BESTAND")
    ] = None,
    crs: Annotated[str | None, typer.Option("--crs", help=nl.CHECK_CRS, metavar="STELSEL")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help=nl.CHECK_CONFIG, metavar="BESTAND")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--rapport", help=nl.CHECK_PAGE, metavar="BESTAND")
    ] = None,
    rejected: Annotated[
        Path | None, typer.Option("--verworpen", help=nl.CHECK_REJECTED, metavar="BESTAND")
    ] = None,
) -> int:
    """Read files and print their reports."""
    from ipgtools import pipeline
    from ipgtools.io import report as reports_
    from ipgtools.pipeline import file_kind
    from ipgtools.settings import Choices

    if kind is not None and kind not in checking.KINDS:
        msg = f"the kind is {kind!r}, expected one of {', '.join(checking.KINDS)}"
        raise ReadError(msg, code="kind_wrong", found=kind, kinds=", ".join(checking.KINDS))
    reports_.require_kind(rejected)
    reports_.require_page(page)
    console = _console()
    if config is None and _CONFIG.is_file():
        config = _CONFIG
        console.print(checking.with_settings(str(config)), markup=False)
    choices = Choices.read(config) if config is not None else None
    parts: list[Path] = []
    for path in files:
        inside = [path] if kind is not None else file_kind.parts(path)
        if len(inside) > 1:
            console.print(checking.folder(path.name, len(inside)), markup=False)
        parts += inside
    reports, n_failed = [], 0
    for path in parts:
        try:
            found, report = pipeline.check(
                path, kind=checking.KINDS.get(kind or ""), key=key, crs=crs, choices=choices
            )
        except IpgError as error:
            if len(parts) == 1:
                raise
            n_failed += 1
            _fail(checking.failed(path.name, dutch.say(error.code, error.facts)), 2)
            continue
        head, *rest = report.lines()
        console.print(head, style="bold", markup=False)
        for line in rest:
            console.print(f"  {line}", markup=False)
        reports.append((_word(found), report))
    if page is not None and reports:
        console.print(checking.page_written(str(reports_.write_page(reports, page))), markup=False)
    if rejected is not None and reports:
        n = sum(report.n_rejected for _, report in reports)
        where = str(reports_.write_rejected(reports, rejected))
        console.print(checking.rejected_written(n, where), markup=False)
    return _fail(checking.not_done(n_failed, len(parts)), 2) if n_failed else 0


def _word(kind: str) -> str:
    return next(ours for ours, theirs in checking.KINDS.items() if theirs == kind)


@app.command(cls=_Command, help=nl.INIT)
def init(
    files: Annotated[list[Path], typer.Argument(help=nl.INIT_FILES, metavar="BESTAND...")],
    *,
    out: Annotated[Path, typer.Option("--uit", help=nl.INIT_OUT, metavar="BESTAND")] = _CONFIG,
) -> None:
    """Make settings from files, and say what was found."""
    from ipgtools.pipeline import starting

    for line in starting.start(files, out).lines():
        _console().print(line, markup=False)


@app.command(cls=_Command, help=nl.BRIEFING)
def briefing(
    *,
    config: Annotated[
        Path, typer.Option("--config", help=nl.BRIEFING_CONFIG, metavar="BESTAND")
    ] = _CONFIG,
    audience: Annotated[
        str | None, typer.Option("--audience", help=nl.BRIEFING_AUDIENCE, metavar="PUBLIEK")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help=nl.BRIEFING_OUT, metavar="MAP")] = None,
) -> None:
    """Make a briefing and say what was read, stands out, was made and left out."""
    from ipgtools import privacy
    from ipgtools.settings import Settings

    settings = Settings.read(config)
    given = {"audience": audience, "folder": out}
    settings = settings.changed(**{name: value for name, value in given.items() if value})
    privacy.profile(settings.output.audience, settings.privacy.profiles)
    console = _console()
    if settings.gazetteer.locatieserver is not None and settings.input.schouwen:
        from ipgtools.nl import schouw_notes
        from ipgtools.services import http

        host = http.host_of(settings.gazetteer.locatieserver)
        console.print(str(schouw_notes.leaves(host)), style="bold", markup=False)
    with _progress(console) as progress:
        from ipgtools import pipeline

        run = pipeline.run(settings, progress=progress)
    for line in run.lines():
        console.print(line, markup=False)


@app.command(cls=_Command, help=nl.AREAS)
def areas(
    *,
    gemeente: Annotated[
        str, typer.Option("--gemeente", help=nl.AREAS_GEMEENTE, metavar="GEMEENTE")
    ],
    year: Annotated[
        int, typer.Option("--jaar", help=nl.AREAS_YEAR, metavar="JAAR", min=1995, max=2100)
    ],
    out: Annotated[Path | None, typer.Option("--uit", help=nl.AREAS_OUT, metavar="BESTAND")] = None,
    inhabitants: Annotated[bool, typer.Option("--inwoners", help=nl.AREAS_PEOPLE)] = False,
    base: Annotated[str | None, typer.Option("--bron", help=nl.AREAS_BASE, metavar="ADRES")] = None,
) -> None:
    """Fetch wijken and buurten, and say what came from where."""
    from ipgtools.nl import services as network
    from ipgtools.services import areas as areas_

    fetched = areas_.fetch(gemeente, year=year, inhabitants=inhabitants, base=base)
    path = areas_.write(fetched, out or Path(areas_.file_name(fetched)))
    console = _console()
    for line in [*fetched.lines(), network.areas_written(str(path))]:
        console.print(line, markup=False)


@app.command(cls=_Command, help=nl.PHOTOS)
def photos(
    photo: Annotated[str | None, typer.Argument(help=nl.PHOTOS_PHOTO, metavar="NUMMER")] = None,
    status: Annotated[
        list[str] | None, typer.Argument(help=nl.PHOTOS_STATUS, metavar="STATUS")
    ] = None,
    *,
    config: Annotated[
        Path, typer.Option("--config", help=nl.BRIEFING_CONFIG, metavar="BESTAND")
    ] = _CONFIG,
    day: Annotated[str | None, typer.Option("--datum", help=nl.PHOTOS_DAY, metavar="DATUM")] = None,
) -> None:
    """List the photos with their status, or give one its next."""
    from ipgtools.nl import photos as words
    from ipgtools.pipeline import photo_status
    from ipgtools.settings import Settings

    settings, console = Settings.read(config), _console()
    if photo is None or not status:
        found = photo_status.table(settings, source=str(config))
        if photo is not None:
            found = found[found["photo_id"].str.startswith(photo.lower())]
        for line in words.listed(found[["photo_id", "status", "on", "caption"]].itertuples()):
            console.print(line, markup=False)
        return
    after = " ".join(status)
    number, before, path = photo_status.step(
        settings, photo, after, on=_day(day, "--datum"), source=str(config)
    )
    console.print(words.stepped(number, before, after, str(path)), markup=False)


@app.command(cls=_Command, help=nl.SHARE)
def share(
    *,
    partner: Annotated[str, typer.Option("--partner", help=nl.SHARE_PARTNER, metavar="PROFIEL")],
    purpose: Annotated[str, typer.Option("--doel", help=nl.SHARE_PURPOSE, metavar="TEKST")] = "",
    ground: Annotated[str, typer.Option("--grond", help=nl.SHARE_GROUND, metavar="TEKST")] = "",
    until: Annotated[
        str | None, typer.Option("--geldig-tot", help=nl.SHARE_UNTIL, metavar="DATUM")
    ] = None,
    zipped: Annotated[bool, typer.Option("--zip", help=nl.SHARE_ZIP)] = False,
    config: Annotated[
        Path, typer.Option("--config", help=nl.BRIEFING_CONFIG, metavar="BESTAND")
    ] = _CONFIG,
    out: Annotated[Path | None, typer.Option("--out", help=nl.BRIEFING_OUT, metavar="MAP")] = None,
) -> None:
    """Make the folder for one partner, with a cover note of what is agreed."""
    from ipgtools.settings import Settings

    settings = Settings.read(config)
    if out is not None:
        settings = settings.changed(folder=out)
    console = _console()
    with _progress(console) as progress:
        from ipgtools.pipeline import sharing

        made = sharing.share(
            settings, partner, purpose=purpose, ground=ground, zipped=zipped, progress=progress,
            valid_until=_day(until, "--geldig-tot"),
        )  # fmt: skip
    for line in made.lines():
        console.print(line, markup=False)


@app.command(cls=_Command, help=nl.PURGE)
def purge(
    *,
    config: Annotated[
        Path, typer.Option("--config", help=nl.BRIEFING_CONFIG, metavar="BESTAND")
    ] = _CONFIG,
    remove: Annotated[bool, typer.Option("--remove", help=nl.PURGE_REMOVE)] = False,
    rows: Annotated[bool, typer.Option("--rijen", help=nl.PURGE_ROWS)] = False,
) -> int:
    """List what is past its term of keeping, and remove it if asked."""
    from ipgtools.pipeline import purging
    from ipgtools.settings import Settings

    done = purging.purge(Settings.read(config), remove=remove, rows=rows)
    console = _console()
    for line in done.lines():
        console.print(line, markup=False)
    return 2 if done.failed else 0


@app.command(cls=_Command, help=nl.KEY)
def key(
    path: Annotated[Path | None, typer.Argument(help=nl.KEY_PATH, metavar="BESTAND")] = None,
) -> None:
    """Make a key file, where there is none yet."""
    from ipgtools import privacy
    from ipgtools.settings import Choices

    if path is None and _CONFIG.is_file():
        path = Choices.read(_CONFIG).input.key
    made = privacy.new_key(path or Path(nl.KEY_FILE))
    for line in nl.key_made(str(made)):
        _console().print(line, markup=False)


@app.command(cls=_Command, help=nl.AUDIT)
def audit(
    *,
    since: Annotated[
        str | None, typer.Option("--since", help=nl.AUDIT_SINCE, metavar="DATUM")
    ] = None,
    audience: Annotated[
        str | None, typer.Option("--audience", help=nl.AUDIT_AUDIENCE, metavar="PUBLIEK")
    ] = None,
    last: Annotated[
        int | None, typer.Option("--last", help=nl.AUDIT_LAST, metavar="AANTAL", min=1)
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help=nl.AUDIT_VERIFY)] = False,
    known: Annotated[
        str | None, typer.Option("--known", help=nl.AUDIT_KNOWN, metavar="KENMERK")
    ] = None,
    acknowledge: Annotated[
        str | None, typer.Option("--acknowledge", help=nl.AUDIT_ACKNOWLEDGE, metavar="TEKST")
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help=nl.AUDIT_CSV, metavar="BESTAND")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help=nl.AUDIT_CONFIG, metavar="BESTAND")
    ] = None,
) -> int:
    """Show the register, or verify it."""
    from ipgtools.audit import Register, listing
    from ipgtools.io import write
    from ipgtools.nl import register as words
    from ipgtools.settings import Choices

    after = _day(since, "--since")
    if config is None and _CONFIG.is_file():
        config = _CONFIG
    path = (Choices.read(config) if config is not None else Choices()).privacy.register
    console = _console()
    if acknowledge is not None:
        with Register.open(path) as register:
            entry = register.acknowledge(acknowledge)
        said = words.NOTHING_TO_ACKNOWLEDGE if entry is None else words.acknowledged(entry)
        console.print(said, markup=False)
        return 0
    with Register.open(path, read_only=True) as register:
        if verify or known is not None:
            found = register.verify(known=known)
            whole = all(problem.acknowledged is not None for problem in found)
            lines = listing.verified(found, register.head() if whole else None)
            if not whole:
                return _fail("\n".join(lines), 1)
            console.print("\n".join(lines), markup=False)
            return 0
        shown = last if last is not None or csv is not None else _SHOWN
        entries = register.entries(since=after, audience=audience, last=shown)
        total, cut_off = register.count(), set(register.unfinished()["number"])
    if csv is not None:
        write.table(listing.for_csv(entries), csv)
        console.print(words.csv_written(len(entries), str(csv)), markup=False)
    elif entries.empty:
        console.print(words.NOTHING, markup=False)
    else:
        console.print(words.shown(len(entries), total, str(register.path)), markup=False)
        _print_table(console, words.COLUMNS, listing.rows(entries, cut_off=cut_off))
    return 0


@app.command(cls=_Command, help=nl.PAPERS)
def papieren(
    *,
    config: Annotated[
        Path, typer.Option("--config", help=nl.BRIEFING_CONFIG, metavar="BESTAND")
    ] = _CONFIG,
    out: Annotated[Path, typer.Option("--uit", help=nl.PAPERS_OUT, metavar="MAP")] = Path(
        "papieren"
    ),
) -> None:
    """Write the papers, and say what has still to be filled in."""
    from ipgtools import papers
    from ipgtools.nl.papers import pages
    from ipgtools.settings import Settings

    made = papers.write(Settings.read(config), out)
    console = _console()
    for line in pages.written(str(out), len(made.files), made.to_do, made.n_questions):
        console.print(line, markup=False)


@app.command(cls=_Command, help=nl.CASES)
def zaken(
    file: Annotated[Path, typer.Argument(help=nl.CASES_FILE, metavar="BESTAND")],
    *,
    kind: Annotated[
        str | None, typer.Option("--soort", help=nl.CASES_KIND, metavar="SOORT")
    ] = None,
    day: Annotated[str | None, typer.Option("--datum", help=nl.CASES_DAY, metavar="DATUM")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help=nl.CASES_CONFIG, metavar="BESTAND")
    ] = None,
) -> None:
    """Print an overview of persons' cases, for the police."""
    from ipgtools.pipeline import cases

    config = config or (_CONFIG if _CONFIG.is_file() else None)
    console = _console()
    for line in cases.lines(file, kind=kind, on=_day(day, "--datum"), config=config):
        console.print(line, markup=False)


@app.command(cls=_Command, help=nl.SAMPLE)
def sample(
    folder: Annotated[Path, typer.Argument(help=nl.SAMPLE_FOLDER, metavar="MAP")],
    *,
    incidents: Annotated[
        int, typer.Option("--incidents", help=nl.SAMPLE_INCIDENTS, metavar="AANTAL")
    ] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help=nl.SAMPLE_SEED, metavar="GETAL")] = 2007,
) -> None:
    """Write the sample town."""
    from ipgtools import sample as town

    if not town.FEWEST <= incidents <= town.MOST:
        msg = f"{incidents} incidents, expected {town.FEWEST} to {town.MOST}"
        sizes = [format_number(size) for size in (town.FEWEST, town.MOST, incidents)]
        raise SettingsError(
            msg, code="sample_size", **dict(zip(("low", "high", "found"), sizes, strict=True))
        )
    console = _console()
    with _progress(console) as progress:
        town.write(folder, incidents=incidents, seed=seed, progress=progress)
    console.print(nl.sample_made(incidents, str(folder)), markup=False)


def _commands() -> list[str]:
    """List the commands by the names that are typed."""
    named = (one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands)
    return [name.replace("_", "-") for name in named]


def _day(typed: str | None, name: str) -> dt.date | None:
    """Read a date as it was typed behind an option."""
    return None if typed is None else as_day(typed, name=name).date()


def main() -> None:
    """Run the command line; the entry point of `ipgtools`."""
    gc.set_threshold(_GARBAGE)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command and turn what goes wrong into a message."""
    usage_error = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "UsageError")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns in English of its caches
    _scratch.clean()
    try:
        with _scratch.caches():
            outcome = app(arguments, prog_name="ipgtools", standalone_mode=False)
    except IpgError as error:
        return _fail(dutch.say(error.code, error.facts), 2)
    except (KeyboardInterrupt, typer.Abort):
        return _fail(nl.STOPPED, 130)
    except usage_error as error:  # type: ignore[misc]
        parameter = getattr(error, "param", None)
        name = getattr(error, "option_name", None) or (
            parameter and (parameter.metavar or parameter.name)
        )
        if not arguments:
            return 2
        wrong = type(error).__name__ if name else "NoSuchCommand"
        typed = str(name or arguments[0]).strip(".")
        close = [] if name else closest(typed, _commands(), n=1)
        return _fail(nl.usage(wrong, name=typed, close="".join(close)), 2)
    except Exception as error:  # a coach is never shown a traceback
        if isinstance(error, OSError) and error.errno in _scratch.FULL:
            return _fail(dutch.say("disk_full", {}), 2)
        if os.environ.get("IPGTOOLS_DEBUG"):
            raise
        cause = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        return _fail(nl.UNEXPECTED.format(cause=cause), 1)
    return outcome if isinstance(outcome, int) else 0


def _print_table(
    console: "Console", columns: Sequence[str], rows: Sequence[tuple[str, ...]]
) -> None:
    """Print rows under their names, as wide as the terminal; a wide cell goes on below."""
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table, soft_wrap=False)


def _fail(text: str, code: int) -> int:
    _console(stderr=True).print(text, markup=False, highlight=False)
    return code


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


@contextlib.contextmanager
def _progress(console: "Console") -> Iterator[Any]:
    """Show a bar while something takes long; give what is to be called at each step."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None)

        def step(done: float, total: float, text: str = "") -> None:
            bar.update(task, completed=done, total=total, description=text)

        yield step


if __name__ == "__main__":
    main()
