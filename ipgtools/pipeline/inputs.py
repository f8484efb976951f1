"""Read what the settings name, and cut it to the area, the period and the audience."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import areas as areas_
from ipgtools import codes, data_quality, io, nl, privacy
from ipgtools import coverage as coverage_
from ipgtools._closest import closest
from ipgtools.audit import Register
from ipgtools.errors import ReadError, ReleaseError, SettingsError
from ipgtools.io.report import ReadReport
from ipgtools.nl import methods
from ipgtools.nl import privacy as privacy_words
from ipgtools.nl.messages import message
from ipgtools.periods import Period
from ipgtools.pipeline import register_entries, retention_checks
from ipgtools.settings import Columns, Crs, Reading, Settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.geocoder import PublicPlaces

__all__ = [
    "Inputs", "Study", "of_categories", "read", "read_known_places", "read_street_names",
    "select_area",
]  # fmt: skip

_KINDS = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}
_LEVEL_NAMES = {"wijk": "wijknaam", "gemeente": "gemeentenaam"}
_CELL_SIZE = 100.0
_NAMED_KINDS = 8
_NUMBERED = re.compile(r"^Wijk \d+\s+")
"""CBS puts the number of a wijk before its name."""


@dataclass(frozen=True)
class Study:
    """
    What a briefing is about: an area and its parts.

    Parameters
    ----------
    code, name, kind : str
        Of the whole: code, name, and "wijk", "buurt", "gemeente" or "gebied".
    parts : GeoDataFrame
        AREAS of the finest level that it is made of.
    whole : GeoDataFrame
        AREAS with one row.
    """

    code: str
    name: str
    kind: str
    parts: "gpd.GeoDataFrame"
    whole: "gpd.GeoDataFrame"


@dataclass(frozen=True)
class Inputs:
    """
    Everything that was read, cut to what the briefing is about.

    Parameters
    ----------
    settings : Settings
        What was asked.
    period : Period
        The period.
    study : Study
        The area.
    areas : GeoDataFrame
        AREAS, all that were read.
    everywhere : GeoDataFrame
        INCIDENTS in any of the areas, of the kinds and for the audience asked, with
        `area_code`.
    incidents : GeoDataFrame
        Those in the study area, of all times.
    placed : GeoDataFrame
        All of them, those outside the areas too: a place can lie astride a border.
    streets, addresses, findings, actions, offences, photos : GeoDataFrame, DataFrame or None
        What else there is.
    names : GeoDataFrame or None
        The streets whose names are known: `streets`, or a list without lines.
    earlier : GeoDataFrame or None
        Findings of the schouw before, to compare with.
    reports : dict of str to ReadReport
        What became of each file's rows.
    n_read, n_sensitive, n_other_kinds, n_outside, n_without_time : int
        Usable incidents, and those left out: sensitive ones, other kinds, outside all areas,
        and in the study area without a time.
    unknown_kinds : tuple of (str, int)
        Kinds that were left out because they are not recognised, from `privacy.select`.
    files : Coverage or None
        The days that the files of incidents cover, told from all that was read.
    unread : tuple of str
        Names of the files about persons that were not opened, since the module for persons is
        off; then `settings` doesn't name them either.
    notices : tuple of str
        What purpose, terms and key ask to look at; Dutch, and not for others.
    as_read : GeoDataFrame or None
        All usable incidents, those that this audience may not see among them: only for the
        audit of what leaves, which must know what earlier numbers counted.
    base : GeoDataFrame or None
        Water, green, railways and buildings for under the map.
    """

    settings: Settings
    period: Period
    study: Study
    areas: "gpd.GeoDataFrame"
    everywhere: "gpd.GeoDataFrame"
    incidents: "gpd.GeoDataFrame"
    placed: "gpd.GeoDataFrame"
    n_read: int
    n_sensitive: int
    n_other_kinds: int
    n_outside: int
    n_without_time: int
    unknown_kinds: tuple[tuple[str, int], ...] = ()
    streets: "gpd.GeoDataFrame | None" = None
    addresses: "gpd.GeoDataFrame | None" = None
    findings: "gpd.GeoDataFrame | None" = None
    actions: "pd.DataFrame | None" = None
    earlier: "gpd.GeoDataFrame | None" = None
    offences: "gpd.GeoDataFrame | None" = None
    photos: "gpd.GeoDataFrame | None" = None
    names: "gpd.GeoDataFrame | None" = None
    n_photos_elsewhere: int = 0
    reports: dict[str, ReadReport] = field(default_factory=dict)
    files: coverage_.Coverage | None = None
    unread: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    as_read: "gpd.GeoDataFrame | None" = None
    base: "gpd.GeoDataFrame | None" = None

    @cached_property
    def profile(self) -> privacy.Profile:
        """What the audience may see."""
        return privacy.profile(self.settings.output.audience, self.settings.privacy.profiles)

    @property
    def cell_size(self) -> float:
        """Side of the cells in metres: as set, or else what the audience may see at the finest."""
        return self.settings.analysis.cell_size or max(_CELL_SIZE, self.profile.cells.size)

    @property
    def as_of(self) -> str:
        """Last day that the files of incidents cover, as ISO text."""
        import pandas as pd

        end = self.coverage.end
        day = self.period.end if pd.isna(end) else end
        return str((day - pd.Timedelta(days=1)).date())

    @cached_property
    def coverage(self) -> coverage_.Coverage:
        """The days that the files of incidents cover."""
        return self.files or coverage_.measure(self.everywhere)

    @cached_property
    def public_places(self) -> "PublicPlaces":
        """What places may be told by to others than the police."""
        from ipgtools.geocoder import PublicPlaces

        return PublicPlaces(self.names, addresses=self.addresses, areas=self.areas)

    @cached_property
    def now(self) -> "gpd.GeoDataFrame":
        """The incidents of the study area in the period."""
        return self.within(self.period)

    @cached_property
    def moved(self) -> "pd.Timestamp | None":
        """First day of the last month, before the period ends, in which the points moved."""
        times = self.placed["occurred_from"]
        return data_quality.moved_points(self.placed[(times < self.period.end).to_numpy()])

    def on_same_points(self, rows: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
        """Leave out what came before the points moved: places then are no places now."""
        if self.moved is None:
            return rows
        since = min(self.moved, self.period.start)
        return rows[(rows["occurred_from"] >= since).to_numpy()]

    def same_points(self, period: Period) -> bool:
        """Tell whether places of a period can be held against those of this one."""
        return self.moved is None or self.moved <= period.start

    @property
    def reference(self) -> "pd.Timestamp":
        """Day on which persons are classified: as set, or the last day of the period."""
        import pandas as pd

        last = self.period.end - pd.Timedelta(days=1)
        return pd.Timestamp(self.settings.analysis.reference_date or last).normalize()

    def within(self, period: Period) -> "gpd.GeoDataFrame":
        """Give the incidents of the study area in a period, by their earliest time."""
        return self.incidents[period.contains(self.incidents["occurred_from"])]


def read(
    settings: Settings, *, photo_folder: Path | None = None, today: dt.date | None = None
) -> Inputs:
    """Read all files of the settings."""
    unread: tuple[str, ...] = ()
    if not settings.privacy.persons:
        unread = tuple(path.name for path in settings.input.offence_files)
        settings = settings.without_persons()
    profile = privacy.profile(settings.output.audience, settings.privacy.profiles)
    _require_coarse(settings, profile)
    notices = retention_checks.require_purpose(settings)
    with (
        Register.open(settings.privacy.register) as register,
        register_entries.on_failure(register, "load", **register_entries.reasons(settings)),
    ):
        held, given = _read(settings, profile, photo_folder)
        notices += retention_checks.check_terms(
            settings, held, register, on=today or dt.date.today()
        )
        register_entries.add_reads(
            register, given.reports, area=given.study.code, settings=settings
        )
    return replace(given, notices=tuple(notices), unread=unread)


def _read(
    settings: Settings, profile: privacy.Profile, photo_folder: Path | None
) -> "tuple[dict[str, Any], Inputs]":
    """Read all files; give the data sets as they were read, and what is cut from them."""
    given, crs, columns = settings.input, settings.crs, settings.columns
    reports: dict[str, ReadReport] = {}
    work = crs.work
    areas, reports["areas"] = io.read_areas(
        given.areas,
        level=given.level,
        inhabitants=given.inhabitants,
        columns=columns.get("areas"),
        crs=crs.areas,
        work_crs=work,
    )
    study = select_area(areas, **settings.area.model_dump(), source=given.areas.name)
    incidents, reports["incidents"] = io.read_incidents(
        given.incidents,
        columns=columns.get("incidents"),
        crs=crs.incidents,
        work_crs=work,
        duplicates=given.duplicates,
        keep=given.keep,
    )
    _require_some(reports["incidents"])
    optional: dict[str, Any] = {}
    names, addresses, found_in = read_known_places(given, crs, columns)
    reports |= found_in
    optional["names"] = names
    if names is not None and names.geom_type.str.contains("Line").any():
        optional["streets"] = names
    if addresses is not None:
        optional["addresses"] = addresses
    if given.schouwen:
        from ipgtools.pipeline import schouw_input

        found = schouw_input.read(settings, names, study.parts, addresses)
        reports |= found.reports
        optional |= {
            "findings": found.findings, "actions": found.actions, "earlier": found.earlier
        }  # fmt: skip
    if given.base is not None:
        west, south, east, north = study.parts.total_bounds
        margin = 0.05 * max(east - west, north - south)
        around = (west - margin, south - margin, east + margin, north + margin)
        optional["base"] = io.read_base(given.base, within=around, work_crs=work)
    if given.offences is not None and given.key is not None:
        optional["offences"], reports["offences"] = io.read_offences(
            given.offences,
            key=given.key,
            columns=columns.get("offences"),
            crs=crs.offences,
            work_crs=work,
        )
    if given.photos is not None and photo_folder is not None:
        from ipgtools import photos

        found, reports["photos"] = photos.read_photos(
            given.photos,
            photo_folder,
            streets=names,
            area=study.parts,
            addresses=addresses,
            city=settings.gazetteer.city,
            regions=given.blur,
        )
        if given.photo_status is not None:
            steps, report = photos.read_status(given.photo_status)
            found = photos.join_status(found, steps)
            if n_steps := found.attrs.pop("n_steps_without_photo", 0):
                report = replace(
                    report, messages=(*report.messages, message("steps_without_photo", n=n_steps))
                )
            reports["photo_status"] = report
        elsewhere = found["photo_id"].isin(reports["photos"].details["photos_outside"])
        optional["photos"] = found[~elsewhere].reset_index(drop=True)
        optional["n_photos_elsewhere"] = int(elsewhere.sum())
    held: dict[str, Any] = {"incidents": incidents, "schouw": optional.get("findings")}
    held |= {name: optional.get(name) for name in ("offences", "photos")}
    n_read, everything = len(incidents), incidents
    incidents, n_sensitive, unknown = privacy.select(
        incidents, profile, named=settings.privacy.kinds
    )
    _require_known(incidents, unknown, settings)
    incidents, n_other = _of_kinds(incidents, settings)
    incidents = incidents.assign(area_code=areas_.assign(incidents, areas))
    everywhere = incidents[incidents["area_code"].notna()]
    local = everywhere[everywhere["area_code"].isin(study.parts["area_code"])]
    _require_overlap(incidents, local, study, settings)
    inputs = Inputs(
        settings=settings,
        period=settings.when,
        study=study,
        areas=areas,
        everywhere=everywhere,
        incidents=local,
        placed=incidents,
        n_read=n_read,
        n_sensitive=n_sensitive,
        n_other_kinds=n_other,
        n_outside=len(incidents) - len(everywhere),
        n_without_time=int(local["occurred_from"].isna().sum()),
        unknown_kinds=unknown,
        reports=reports,
        files=coverage_.measure(everything, used=everything.index.isin(local.index)),
        as_read=everything,
        **optional,
    )
    _require_period(inputs)
    return held, inputs


def read_known_places(
    given: Reading, crs: Crs, columns: Columns
) -> "tuple[gpd.GeoDataFrame | None, gpd.GeoDataFrame | None, dict[str, ReadReport]]":
    """Read the streets and addresses that places in words are looked up in."""
    streets, addresses, reports = None, None, {}
    if given.streets is not None:
        streets, reports["streets"] = read_street_names(
            given.streets, columns=columns.get("streets"), crs=crs.streets, work_crs=crs.work
        )
    if given.addresses is not None:
        addresses, reports["addresses"] = io.read_addresses(
            given.addresses, columns=columns.get("addresses"), crs=crs.addresses, work_crs=crs.work
        )
    return streets, addresses, reports


def read_street_names(path: Path, **options: Any) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """Read streets: as lines, or where a file has no shapes as a list of names."""
    from ipgtools.io import detect_kind

    bare = detect_kind.kind_of(path) is None
    return (io.read_street_list if bare else io.read_streets)(path, **options)


def select_area(
    areas: "gpd.GeoDataFrame",
    *,
    code: str | None = None,
    name: str | None = None,
    label: str | None = None,
    source: str = "",
) -> Study:
    """Choose the areas that a briefing is about."""
    if code is None and name is None:
        if len(areas) != 1:
            return _study("", label or methods.ALL_AREAS, "gebied", areas)
        code = str(areas["area_code"].iloc[0])
    code = code.strip() if code is not None else _code_of(str(name), areas, source)
    mine = areas["area_code"] == code
    mine |= areas["parent_code"].fillna("") == code
    if code.startswith("GM"):
        mine |= areas["area_code"].str[2:6] == code[2:]
    parts = areas[mine]
    if parts.empty:
        raise _unknown(code, areas, source)
    kind = _KINDS.get(code[:2], "gebied")
    return _study(code, label or _name_of(code, kind, parts), kind, parts)


def _code_of(name: str, areas: "gpd.GeoDataFrame", source: str) -> str:
    """Find the one area, or the one wijk, of a name; CBS's number before it may be left out."""

    def named(column: str) -> "pd.Series":
        names = areas[column].astype("str").str.replace(_NUMBERED, "", regex=True)
        return names.str.casefold() == _NUMBERED.sub("", name).casefold()

    hits = areas.loc[named("area_name"), "area_code"]
    if hits.empty and _LEVEL_NAMES["wijk"] in areas:
        hits = areas.loc[named(_LEVEL_NAMES["wijk"]), "parent_code"].drop_duplicates()
    if len(hits) > 1:
        msg = f"`name` {name!r} fits {', '.join(hits)}; give the code"
        raise SettingsError(msg, code="area_double", found=name, codes=", ".join(hits))
    if hits.empty:
        raise _unknown(name, areas, source)
    return str(hits.iloc[0])


def _name_of(code: str, kind: str, parts: "gpd.GeoDataFrame") -> str:
    same = parts.loc[parts["area_code"] == code, "area_name"]
    column = _LEVEL_NAMES.get(kind, "")
    name = code
    if len(same):
        name = str(same.iloc[0])
    elif column in parts:
        name = str(parts[column].iloc[0])
    return _NUMBERED.sub("", name)


def _study(code: str, name: str, kind: str, parts: "gpd.GeoDataFrame") -> Study:
    import geopandas as gpd
    import pandas as pd

    whole = gpd.GeoDataFrame(
        {
            "area_code": [code or "gebied"],
            "area_name": [name],
            "level": [kind],
            "parent_code": pd.Series([None], dtype="str"),
            "inhabitants": pd.array([parts["inhabitants"].sum(min_count=1)], dtype="Int64"),
            "households": pd.array([parts["households"].sum(min_count=1)], dtype="Int64"),
            "indeling_jaar": pd.array([parts["indeling_jaar"].max()], dtype="Int64"),
        },
        geometry=[parts.union_all()],
        crs=parts.crs,
    )
    return Study(code, name, kind, parts.reset_index(drop=True), whole)


def _unknown(found: str, areas: "gpd.GeoDataFrame", source: str) -> SettingsError:
    names = dict(zip(areas["area_name"].astype("str"), areas["area_code"], strict=True))
    for kind in _LEVEL_NAMES.values():
        if kind == "wijknaam" and kind in areas:
            larger = (_NUMBERED.sub("", str(name)) for name in areas[kind])
            names |= dict(zip(larger, areas["parent_code"], strict=True))
    near = closest(found, [*names, *areas["area_code"], *areas["parent_code"].dropna()])
    close = [f"{name} ({names[name]})" if name in names else name for name in near]
    known = nl.joined(f"{row.area_code} ({row.area_name})" for row in areas.head(5).itertuples())
    msg = f"{source} has no area {found!r}; close are {close}; it has {known}, ..."
    return SettingsError(
        msg, code="area_unknown", found=found, path=source, known=known, close=close
    )


def of_categories(incidents: "pd.DataFrame", categories: Iterable[str]) -> "pd.Series":
    """Tell which incidents are of a category, by its code, class or label."""
    wanted = {code.strip().casefold() for code in categories}

    def fits(column: "pd.Series", key: Callable[[object], str]) -> "pd.Series":
        keys = {value: key(value).casefold() in wanted for value in column.dropna().unique()}
        return column.map(keys).fillna(value=False).astype(bool)

    mine = fits(incidents["category"], str) | fits(incidents["category"], codes.class_of)
    return mine | fits(incidents["category_label"], str)


def _of_kinds(incidents: "gpd.GeoDataFrame", settings: Settings) -> "tuple[gpd.GeoDataFrame, int]":
    wanted = {code.strip().casefold() for code in settings.analysis.categories}
    if not wanted:
        return incidents, 0
    mine = of_categories(incidents, wanted)
    if not mine.any():
        known = ", ".join(incidents["category"].dropna().value_counts().head(8).index)
        msg = f"no incident has a category in {sorted(wanted)}; there are {known}"
        raise ReadError(
            msg,
            code="categories_unknown",
            found=", ".join(settings.analysis.categories),
            known=known,
            subject=settings.output.subject,
        )
    return incidents[mine], int((~mine).sum())


def _require_some(report: ReadReport) -> None:
    if report.n_used:
        return
    msg = f"{report.source} has no row that can be used"
    reasons = nl.joined(
        f"{row.reason} ({nl.number(row.n)})" for row in report.reasons().itertuples()
    )
    raise ReadError(msg, code="none_used", path=report.source, reasons=reasons)


def _require_coarse(settings: Settings, profile: privacy.Profile) -> None:
    """Refuse settings that ask for finer cells than the audience may see."""
    asked, finest = settings.analysis.cell_size, profile.cells.size
    if asked is None or asked >= finest:
        return
    msg = f"`cell_size` is {asked:g}, expected {finest:g} or more for {profile.name!r}"
    raise ReleaseError(
        msg, code="cell_size_fine", found=f"{asked:g}", smallest=f"{finest:g}",
        audience=profile.name,
    )  # fmt: skip


def _require_known(
    incidents: "gpd.GeoDataFrame", unknown: tuple[tuple[str, int], ...], settings: Settings
) -> None:
    """Refuse a file of which no kind is recognised, and say what to set."""
    if len(incidents):
        return
    named = [name or privacy_words.NO_KIND for name, _ in unknown[:_NAMED_KINDS]]
    msg = f"no incident is of a kind that may leave for {settings.output.audience!r}"
    raise ReleaseError(
        msg, code="kinds_unknown" if unknown else "kinds_withheld",
        audience=settings.output.audience, subject=settings.output.subject,
        found=", ".join(f'"{name}"' for name in named),
    )  # fmt: skip


def _require_overlap(
    incidents: "gpd.GeoDataFrame",
    local: "gpd.GeoDataFrame",
    study: Study,
    settings: Settings,
) -> None:
    if len(local):
        return
    west, south, east, north = study.parts.total_bounds
    x_from, y_from, x_to, y_to = incidents.total_bounds
    msg = f"none of {len(incidents)} incidents lies in {study.name}"
    facts = {
        "west": west, "south": south, "east": east, "north": north,
        "x_from": x_from, "y_from": y_from, "x_to": x_to, "y_to": y_to,
    }  # fmt: skip
    raise ReadError(
        msg,
        code="areas_miss_incidents",
        n=nl.number(len(incidents)),
        subject=settings.output.subject,
        area=study.name,
        **{key: nl.number(value) for key, value in facts.items()},
    )


def _require_period(inputs: Inputs) -> None:
    times, subject = inputs.incidents["occurred_from"].dropna(), inputs.settings.output.subject
    if times.empty:
        msg = "no incident in the area has a time"
        raise ReadError(msg, code="no_times", n=nl.number(len(inputs.incidents)), subject=subject)
    if inputs.now.empty:
        msg = f"no incident in {inputs.study.name} in {inputs.period}"
        raise ReadError(
            msg,
            code="period_empty",
            period=nl.period(inputs.period),
            subject=subject,
            area=inputs.study.name,
            first=nl.date(times.min()),
            last=nl.date(times.max()),
        )
