"""Write to the register what a run reads, combines, shows and releases."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import retention
from ipgtools.audit import Register
from ipgtools.errors import IpgError, RegisterError, SettingsError
from ipgtools.settings import Choices, Settings

if TYPE_CHECKING:
    from ipgtools.io.report import ReadReport
    from ipgtools.pipeline.sharing import Agreement

__all__ = [
    "add_reads", "around_export", "at_end", "before_and_after", "on_failure", "reasons", "report",
    "suffix",
]  # fmt: skip

_NAMELESS = {"photos", "cases"}
"""Kinds whose files are named by and after people."""
_PART_OF = {"photo_status": "photos"}
"""Kinds that have the purpose and ground of another."""

_SUFFIXES = {
    ".csv", ".docx", ".eml", ".fgb", ".geojson", ".gml", ".gpkg", ".gz", ".heic", ".jpeg", ".jpg",
    ".json", ".kml", ".mbox", ".msg", ".ods", ".parquet", ".pdf", ".png", ".shp", ".tsv", ".txt",
    ".xls", ".xlsx", ".zip",
}  # fmt: skip


@contextmanager
def on_failure(register: Register, action: str, **facts: Any) -> Iterator[None]:
    """
    Add an entry if a block fails: with the code of the error, never its text.

    A file that isn't there and settings that are wrong make no entry: nothing was read.
    """
    try:
        yield
    except BaseException as error:
        code = _code(error)
        if not (isinstance(error, SettingsError | RegisterError) or code == "file_missing"):
            with suppress(RegisterError):
                register.record(action, state="failed", reason=code, **facts)
        raise


@contextmanager
def at_end(register: Register, action: str, **facts: Any) -> Iterator[dict[str, Any]]:
    """Add one entry when a block ends: done, or failed as `on_failure` has it."""
    more: dict[str, Any] = {}
    with on_failure(register, action, **facts):
        yield more
    register.record(action, **facts, **more)


@contextmanager
def before_and_after(register: Register, action: str, **facts: Any) -> Iterator[dict[str, Any]]:
    """Add an entry before a block changes something, and one after: done or failed."""
    entry, more = register.begun(action, **facts), dict[str, Any]()
    try:
        yield more
    except BaseException as error:
        with suppress(RegisterError):
            register.failed(entry, _code(error))
        raise
    try:
        register.done(entry, **more)
    except RegisterError as cause:
        msg = f"what was begun as entry {entry} is done, but that can't be recorded: {cause}"
        raise RegisterError(
            msg, code="register_unfinished", path=str(register.path), number=entry
        ) from cause


def reasons(settings: Settings | Choices, kind: str = "incidents") -> dict[str, str]:
    """Give purpose and ground of a kind of data as the settings have them."""
    return retention.stated_purpose(settings, kind).model_dump()


def suffix(path: str | Path) -> dict[str, str]:
    """
    Say what kind of file was tried, where that is known: not its name, which may be a person's.

    Examples
    --------
    >>> suffix("klacht mw. Jansen.EML"), suffix("van mw. Jansen")
    ({'suffix': '.eml'}, {})
    """
    found = Path(path).suffix.lower()
    return {"suffix": found} if found in _SUFFIXES else {}


def report(kind: str, report: "ReadReport") -> dict[str, Any]:
    """Say of a file what it is called and what became of its rows; of photos and cases no name."""
    name = {} if kind in _NAMELESS else {"file": report.source}
    return {"kind": kind, **name, "n_read": report.n_read, "n_used": report.n_used}


def add_reads(
    register: Register, reports: "Mapping[str, ReadReport]", *, area: str, settings: Settings
) -> None:
    """Add what was read, an entry a file, and that it was combined for an area."""
    with register.transaction():
        for kind, one in reports.items():
            why = reasons(settings, _PART_OF.get(kind, kind.split("_")[0]))
            register.record("load", **report(kind, one), **why)
        register.record("combine", kinds=list(reports), area=area, **reasons(settings))


@contextmanager
def around_export(
    settings: Settings, agreed: "Agreement | None" = None
) -> "Iterator[Callable[..., None]]":
    """Add that a folder goes to its place before that happens, and after."""
    with Register.open(settings.privacy.register) as register, ExitStack() as stack:

        def begin(name: str, files: Sequence[Path], **facts: Any) -> None:
            action = "export" if agreed is None else "share"
            why = reasons(settings)
            if agreed is not None:
                facts["valid_until"] = agreed.valid_until.isoformat()
                why = {"purpose": agreed.purpose, "ground": agreed.ground}
            facts |= {"folder": name, "files": [one.as_posix() for one in files]}
            audience = settings.output.audience
            stack.enter_context(
                before_and_after(register, action, audience=audience, **facts, **why)
            )

        yield begin


def _code(error: BaseException) -> str:
    return error.code if isinstance(error, IpgError) else type(error).__name__
