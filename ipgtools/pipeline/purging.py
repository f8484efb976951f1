"""List what is past its term of keeping, and remove it on request."""

import datetime as dt
from dataclasses import dataclass

from ipgtools import retention
from ipgtools.audit import Register
from ipgtools.nl import purge as words
from ipgtools.pipeline import register_entries, retention_checks
from ipgtools.retention import first_reads, remove_files, remove_rows, survey
from ipgtools.retention.remove_files import Outcome
from ipgtools.retention.remove_rows import Rewritten
from ipgtools.retention.survey import OUTPUT, Item
from ipgtools.settings import Settings

__all__ = ["Purge", "purge"]


@dataclass(frozen=True)
class Purge:
    """
    What was found, and what was done about it.

    Parameters
    ----------
    on : date
        Today.
    folder : str
        Where briefings were looked for.
    found : tuple of Item
        Files that the settings name, and briefings, before anything was removed.
    outcomes : tuple of Outcome
        One per file that was to be removed; none on a dry run.
    rewritten : tuple of Rewritten
        One per file of which rows were to be dropped.
    after : tuple of Item or None
        What a second look found; None on a dry run.
    unread : tuple of str
        Names of files about persons that weren't opened: the module for persons is off.
    """

    on: dt.date
    folder: str
    found: tuple[Item, ...]
    outcomes: tuple[Outcome, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()
    after: tuple[Item, ...] | None = None
    unread: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something that was to be removed is still there."""
        return any(not one.removed for one in self.outcomes) or any(
            one.reason for one in self.rewritten
        )

    def lines(self) -> list[str]:
        """Say in Dutch what there is, what was removed, and what couldn't be and why."""
        return [*self._there(), "", *(self._dry() if self.after is None else self._done())]

    def _there(self) -> list[str]:
        briefings = [one for one in self.found if one.data_set == OUTPUT]
        named = [one for one in self.found if one.data_set != OUTPUT]
        lines = [line for one in briefings for line in _of_briefing(one)]
        return [
            words.heading(self.on),
            words.HEADING_DATA,
            *map(_of_file, named),
            *([words.not_opened(self.unread)] if self.unread else []),
            words.HEADING_BRIEFINGS.format(folder=self.folder),
            *(lines or [words.NO_BRIEFINGS]),
            words.STAYS,
        ]

    def _dry(self) -> list[str]:
        due = [one for one in self.found if one.due and not one.barred]
        partly = [one for one in self.found if one.partly and not one.barred]
        line = [words.DRY] if due else [] if partly else [words.NOTHING]
        return [*line, words.DRY_ROWS] if partly else line

    def _done(self) -> list[str]:
        gone = [
            words.removed(str(one.path), one.size, one.sha256, one.reason)
            for one in self.outcomes
            if one.removed
        ]
        gone += [
            words.rows_removed(str(one.item.path), one.n_dropped, one.n_left)
            for one in self.rewritten
            if not one.reason
        ]
        stays = [
            words.not_removed(str(one.path), one.reason) for one in self.outcomes if not one.removed
        ]
        stays += [
            words.not_removed(str(one.item.path), one.reason)
            for one in self.rewritten
            if one.reason
        ]
        if not gone and not stays:
            return [words.NOTHING]
        still = sum(one.due or one.partly for one in self.after or ())
        n_gone = sum(one.removed for one in self.outcomes)
        return [
            *([words.REMOVED, *gone] if gone else []),
            *([words.REMAINS, *stays] if stays else []),
            words.looked_again(n_gone, still),
            words.OUT_OF_REACH,
        ]


def purge(
    settings: Settings, *, remove: bool = False, rows: bool = False, on: dt.date | None = None
) -> Purge:
    """List what is past its term of keeping, and remove it if asked."""
    on, unread = on or dt.date.today(), tuple[str, ...]()
    folder = str(settings.output.folder)
    if not settings.privacy.persons:
        unread = tuple(path.name for path in settings.input.offence_files)
        settings = settings.without_persons()
    with Register.open(settings.privacy.register) as register:
        with register_entries.on_failure(register, "consult"):
            found = _survey(settings, register, on)
        _record_consulted(settings, register, found)
        if not remove:
            return Purge(on, folder, found, unread=unread)
        outcomes = remove_files.remove(found, register)
        with register.transaction() as connection:
            for one in outcomes:
                if one.removed and one.item.data_set != OUTPUT:
                    first_reads.file_removed(
                        connection, one.item.data_set, one.sha256, reference_date=on
                    )
        partly = [item for item in found if rows and item.partly and not item.barred]
        rewritten = [_rewrite(settings, register, item, on) for item in partly]
        after = _survey(settings, register, on)
    return Purge(on, folder, found, tuple(outcomes), tuple(rewritten), after, unread)


def _survey(settings: Settings, register: Register, on: dt.date) -> tuple[Item, ...]:
    terms = settings.retention.model_dump()
    named = [
        survey.Named(
            name, paths, retention.stated_purpose(settings, name).ground,
            settings.columns.get(name),  # type: ignore[call-overload]
        )
        for name, paths in retention_checks.data_sets(settings).items()
    ]  # fmt: skip
    found = survey.data(named, register.transaction, reference_date=on, terms=terms)
    return (*found, *survey.briefings(settings.output.folder, reference_date=on, terms=terms))


def _record_consulted(settings: Settings, register: Register, found: tuple[Item, ...]) -> None:
    """Add an entry for each data set that was read."""
    with register.transaction():
        for name in dict.fromkeys(item.data_set for item in found if item.data_set != OUTPUT):
            read = [item for item in found if item.data_set == name and item.ages.n]
            if read:
                called = [survey.called(item.path, name) for item in read]
                n, why = sum(item.ages.n for item in read), register_entries.reasons(settings, name)
                register.record("consult", kind=name, files=called, n_read=n, **why)


def _rewrite(settings: Settings, register: Register, item: Item, on: dt.date) -> Rewritten:
    columns = settings.columns.get(item.data_set)  # type: ignore[call-overload]
    return remove_rows.drop_rows(item, register, reference_date=on, columns=columns)


def _of_file(item: Item) -> str:
    name, ages = item.path.name, item.ages
    if item.barred and not item.ages.n:
        return words.barred(name, item.data_set, item.barred)
    if item.keep_months is None:
        return words.no_term(name, item.data_set, item.ground)
    if item.data_set in {"photos", "schouw"} and ages.oldest is not None:
        line = words.document(name, item.data_set, ages.oldest, item.keep_months, due=item.due)
    else:
        line = words.in_file(
            name, item.data_set, n=ages.n, n_due=ages.n_keep, n_undated=ages.n_undated,
            oldest=ages.oldest, newest=ages.newest, dated_by=ages.dated_by,
            months=item.keep_months, until=item.until,
        )  # fmt: skip
    return f"{line}; {words.BARRED[item.barred]}" if item.barred else line


def _of_briefing(item: Item) -> list[str]:
    first = item.ages.oldest
    if first is None:
        return []
    line = words.briefing(
        item.path.name, first, item.keep_months, item.until, due=item.due, n_files=len(item.files)
    )
    names = [path.relative_to(item.path).as_posix() for path in item.left]
    return [line, words.left(names)] if item.due and names else [line]
