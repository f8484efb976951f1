"""Hold the parts of `ipg.toml`: files, area, period, choices, where the briefing goes."""

import datetime as dt
import os
import warnings
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError, SettingsError
from ipgtools.nl.offenders import REGIMES
from ipgtools.periods import date_of

__all__ = [
    "REGISTER", "Analysis", "Area", "Columns", "Crs", "Gazetteer", "Input", "Output", "Papers",
    "Part", "Purpose", "Purposes", "Reading", "Retention", "Schouw", "Span",
]  # fmt: skip

REGISTER = "IPGTOOLS_REGISTER"
"""Environment variable that names the register of tests, whatever settings say."""


def _date(given: Any) -> Any:
    """Read a date as the rest of the package does, with an error that settings can report."""
    try:
        return date_of(given)
    except SettingsError as cause:
        kind = "date_zone" if cause.code == "date_zone" else "date"
        raise PydanticCustomError(kind, "no date") from cause


def _optional(given: Any) -> Any:
    """Read a date, each of a list of dates, or none."""
    if isinstance(given, list):
        return [_date(one) for one in given]
    return None if given is None else _date(given)


def _regime(given: str) -> str:
    """Require a definition of veelplegers that is there; each has a name in Dutch."""
    if given not in REGIMES:
        kind, expected = "literal_error", " or ".join(map(repr, REGIMES))
        raise PydanticCustomError(kind, "expected {expected}", {"expected": expected})
    return given


Columns = dict[Literal["incidents", "areas", "streets", "addresses", "offences"], dict[str, str]]


class Part(BaseModel):
    """What settings are made of: frozen, and no name that isn't known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(Part):
    """
    How to read files, whichever they are.

    Parameters
    ----------
    level : str, optional
        Level of the areas, where the file holds several.
    duplicates : {"reject", "reject_all", "keep"}, default "reject"
        What becomes of an incident whose number occurred before in the same file, and of a row
        without a number that is the same in everything; see `io.read_incidents`.
    keep : list of str
        Columns of incidents with house numbers or free text to keep; never those about persons.
    actors : list of str
        Who can be asked to act, besides the usual ones.
    key : Path, optional
        Key for the pseudonyms; needed with `offences`.
    streets : Path, optional
        Street lines, or a list of names of streets.
    addresses : Path, optional
        Address file (BAG, PDOK, OpenStreetMap): house numbers of schouw and mails.
    """

    level: str | None = None
    duplicates: Literal["reject", "reject_all", "keep"] = "reject"
    keep: list[str] = Field(default_factory=list)
    actors: list[str] = Field(default_factory=list)
    key: Path | None = None
    streets: Path | None = None
    addresses: Path | None = None


class Input(Reading):
    """
    Which files to read, and how.

    Parameters
    ----------
    incidents : Path, or list of Path
        Registered incidents. Several files, or a folder of them, are one set: an incident
        that is in more than one counts once, as the last file has it.
    areas : Path
        The areas that incidents are counted in.
    photos : Path, optional
        A folder with mails or photos.
    offences : Path, or list of Path, optional
        Antecedents. Several files, or a folder of them, are one set: a person's part in an
        offence that is in more than one counts once, as the last file has it.
    schouw : Path, or list of Path, optional
        Report of a wijkschouw, or several; see `Schouw`.
    photo_status : Path, optional
        What became of the photos: a table as `photos.read_status` reads it.
    blur : dict of str to list of (left, top, right, bottom)
        What to hide on photos, by their number, in pixels of the copy.
    inhabitants : Path, optional
        Table with inhabitants, where the map of areas has none.
    base : Path, optional
        Water, green, railways and buildings for under the interactive map; see `io.read_base`.
    schouw_date : date, or list of date, optional
        Day of the schouw, where the report doesn't say; of several reports one each.
    level, duplicates, keep, actors, key, streets, addresses
        As in `Reading`.
    """

    incidents: Path | Annotated[list[Path], Field(min_length=1)]
    areas: Path
    inhabitants: Path | None = None
    base: Path | None = None
    schouw: Path | Annotated[list[Path], Field(min_length=1)] | None = None
    offences: Path | Annotated[list[Path], Field(min_length=1)] | None = None
    photos: Path | None = None
    photo_status: Path | None = None
    blur: dict[str, list[tuple[int, int, int, int]]] = {}
    schouw_date: Annotated[dt.date | list[dt.date] | None, BeforeValidator(_optional)] = None

    @model_validator(mode="after")
    def _a_date_each(self) -> "Input":
        dates = self.schouw_date
        given = len(dates) if isinstance(dates, list) else int(dates is not None)
        if given and self.schouwen and given != len(self.schouwen):
            kind = "schouw_dates"
            raise PydanticCustomError(kind, "schouw_date needs a date for each schouw")
        return self

    @property
    def offence_files(self) -> list[Path]:
        """Files or folders with antecedents, none or more."""
        if self.offences is None:
            return []
        return self.offences if isinstance(self.offences, list) else [self.offences]

    @property
    def incident_files(self) -> list[Path]:
        """Files or folders with incidents, one or more."""
        return self.incidents if isinstance(self.incidents, list) else [self.incidents]

    @property
    def schouwen(self) -> list[Path]:
        """Reports of schouwen, none or more."""
        if self.schouw is None:
            return []
        return self.schouw if isinstance(self.schouw, list) else [self.schouw]


class Crs(Part):
    """
    In which CRS files are that don't say so, and in which the work is done.

    Parameters
    ----------
    work : str, default EPSG:28992
        Projected CRS in metres.
    incidents, areas, streets, addresses, offences : str, optional
        For a file that declares no CRS.
    """

    work: str = WORK_CRS
    incidents: str | None = None
    areas: str | None = None
    streets: str | None = None
    addresses: str | None = None
    offences: str | None = None

    def require_known(self) -> None:
        """
        Require that every name is a CRS, and that the work is done in metres.

        Raises
        ------
        SettingsError
            If one is not.
        """
        import pyproj.exceptions

        from ipgtools import crs

        for found in self.model_dump(exclude_none=True).values():
            try:
                metric = crs.is_metric(found)
            except pyproj.exceptions.CRSError as cause:
                msg = f"{found!r} is no CRS, expected for example EPSG:28992"
                raise SettingsError(msg, code="crs_invalid", found=found) from cause
            if found == self.work and not metric:
                msg = f"`work` is {found}, expected a projected CRS in metres"
                raise SettingsError(msg, code="crs_work", found=found)


class Area(Part):
    """
    Which area the briefing is about.

    Parameters
    ----------
    code : str, optional
        Code of a gemeente, wijk or buurt. All areas in the file if neither is given.
    name : str, optional
        Name of a wijk or buurt, where the code isn't known.
    label : str, optional
        What the briefing calls it; the name in the file if not given.
    """

    code: str | None = None
    name: str | None = None
    label: str | None = None


class Span(Part):
    """
    Which period the briefing is about: ``[start, end)``.

    Parameters
    ----------
    start, end : date or datetime
        The first moment, and the first that no longer belongs to it; also as text, 2025-09-01 or
        1-9-2025.
    """

    start: Annotated[dt.datetime | dt.date, BeforeValidator(_date)]
    end: Annotated[dt.datetime | dt.date, BeforeValidator(_date)]


class Analysis(Part):
    """
    The choices that move numbers.

    Parameters
    ----------
    categories : list of str
        Codes of the incidents to count (MK or class such as 1.1.1); all if empty.
    cell_size : float, optional
        Metres, of the cells of density, change and spread; 100 if not given, or what the
        audience may see at the finest. Places choose their own.
    bandwidth : float, optional
        Metres, of the kernel density; chosen from the data if not given.
    alpha : float, default 0.05
        Level of tests and intervals.
    n_permutations : int, default 999
        Draws of the tests of near repeats and busy hours; of places as well, where it is more
        than 999.
    near_distance : float, default 200
        Metres within which a repeat is near.
    near_days : int, default 14
        Days within which it is.
    longest_days : float, default 7
        Incidents with a longer interval say nothing about the hour, and are left out there.
    regime : str, default "2014"
        Definition of veelplegers, as `offenders.DEFINITIONS` has them: "2014" (facts, rolling)
        or "pv" (pv's, peiljaar).
    reference_date : date, optional
        Day on which persons are classified; the last day of the period if not given.
    fewest : int, default 30
        With fewer incidents there is no density, nor change and spread of its cells.
    seed : int, default 1
        Of everything that is drawn at random.
    """

    categories: list[str] = Field(default_factory=list)
    cell_size: float | None = Field(default=None, gt=0)
    bandwidth: float | None = Field(default=None, gt=0)
    alpha: float = Field(default=0.05, gt=0, lt=1)
    n_permutations: int = Field(default=999, ge=0)
    near_distance: float = Field(default=200, gt=0)
    near_days: int = Field(default=14, gt=0)
    longest_days: float = Field(default=7, gt=0)
    regime: Annotated[str, AfterValidator(_regime)] = "2014"
    reference_date: Annotated[dt.date | None, BeforeValidator(_optional)] = None
    fewest: int = Field(default=30, ge=1)
    seed: int = 1


class Schouw(Part):
    """
    What to do with the reports of schouwen.

    Parameters
    ----------
    compare : bool, default True
        Of several reports the last one by date is told, compared with the one before: what is
        solved, still open and new. If not, the findings of all reports are taken together.
    distance : float, default 30
        Metres within which two findings of one kind can be the same.
    words : {"system"}, optional
        Mend misread words with the machine's Dutch word list (Debian's package wdutch), too.
    """

    compare: bool = True
    distance: float = Field(default=30, ge=0)
    words: Literal["system"] | None = None


class Gazetteer(Part):
    """
    How places in words are found, beyond our own files.

    Parameters
    ----------
    city : str, optional
        The town (woonplaats) where a place names none.
    locatieserver : str, optional
        Address of a service to ask about house numbers that our own files don't know; then
        street, number and town of such schouw findings leave the computer. Off if not given.
    cache : Path, optional
        A file that keeps its answers.
    """

    city: str | None = None
    locatieserver: str | None = None
    cache: Path | None = None

    @model_validator(mode="after")
    def _city_with_service(self) -> "Gazetteer":
        if self.locatieserver is not None and not self.city:
            kind = "locatieserver_city"
            raise PydanticCustomError(kind, "locatieserver needs a city")
        return self


class Purpose(Part):
    """
    What a data set is used for, and what the law allows it by.

    Parameters
    ----------
    purpose : str, optional
        What for (*doel*), in words.
    ground : str, optional
        By which article (*grondslag*): "Wpg 8", "Wpg 13", "AVG 6(1)e"; "open data" or
        "verzonnen gegevens" for what is about no one. It decides the terms (`retention`).
    """

    purpose: str = ""
    ground: str = ""


class Purposes(Part):
    """
    Purpose and ground of each data set that can be about persons.

    Parameters
    ----------
    incidents, offences, photos, schouw : Purpose
        As the files of `Input`. What is empty is taken from `Privacy`.
    """

    incidents: Purpose = Purpose()
    offences: Purpose = Purpose()
    photos: Purpose = Purpose()
    schouw: Purpose = Purpose()


class Retention(Part):
    """
    How long data of persons may be used and kept, from the day of their first processing.

    Parameters
    ----------
    free_years : float, default 1
        Years of free use of what Wpg 8 allows.
    keep_years : float, default 5
        Years after which data are removed.
    """

    free_years: float = Field(default=1, gt=0, le=100)
    keep_years: float = Field(default=5, gt=0, le=100)

    @model_validator(mode="after")
    def _free_before_kept(self) -> "Retention":
        if self.free_years > self.keep_years:
            kind = "retention_order"
            raise PydanticCustomError(kind, "free_years is at most keep_years")
        return self


class Papers(Part):
    """
    What only the organisation can say in the Algoritmeregister; checked by `ipgtools.papers`.

    Parameters
    ----------
    contact : str, optional
        E-mail address or web address for questions.
    status : {"In ontwikkeling", "In gebruik", "Buiten gebruik"}, optional
        Of the use.
    begin, end : str, optional
        Month in which the use began and ended, as 2026-01.
    category : str, optional
        "Hoog-risico AI-systemen", "Impactvolle algoritmes" or "Overige algoritmes".
    considerations : str, optional
        Pros and cons of the use, and why it is justified.
    law_title, law_link : str, optional
        Title and web address of the law that the process rests on.
    page, source_register, processing_register, code : str, optional
        Web addresses: public page, own register of algorithms, register of processing, source
        code.
    assessments : list of str
        Names of the assessments that were done, such as "Data Protection Impact Assessment
        (DPIA)".
    """

    contact: str = ""
    status: Literal["In ontwikkeling", "In gebruik", "Buiten gebruik"] | None = None
    begin: str = ""
    end: str = ""
    category: (
        Literal["Hoog-risico AI-systemen", "Impactvolle algoritmes", "Overige algoritmes"] | None
    ) = None
    considerations: str = ""
    law_title: str = ""
    law_link: str = ""
    page: str = ""
    source_register: str = ""
    processing_register: str = ""
    code: str = ""
    assessments: list[str] = Field(default_factory=list)


class Output(Part):
    """
    Where the briefing goes, and for whom it is.

    Parameters
    ----------
    folder : Path, default "out"
        Each briefing gets a folder of its own in it. From the folder one works in.
    audience : str, default "partner"
        For whom: the name of a profile, see `privacy.profile`.
    sample : bool, default False
        Whether the data are invented; every picture then says so.
    subject : str, optional
        What the incidents are, in the plural: "schoorsteenbranden". "incidenten" if not given.
    credit : str, optional
        Whom the sources ask to be named: "straten © OpenStreetMap-bijdragers".
    pdf : bool, default False
        Whether page and wijkkaart are printed as PDF too; takes some seconds and needs Edge,
        Chrome or Chromium.
    """

    folder: Path = Path("out")
    audience: str = "partner"
    sample: bool = False
    subject: str = "incidenten"
    credit: str = ""
    pdf: bool = False


with warnings.catch_warnings():
    # Every class that is an abstract base has a method `register`, which settings don't use.
    warnings.filterwarnings("ignore", message='Field name "register"')

    class Privacy(Part):
        """
        What an organisation decides about what is read and what leaves, and where it is recorded.

        Parameters
        ----------
        persons : bool, default True
            If not, files about persons are not read: no antecedents, no overview of cases.
            Pipeline, `check` and the command line keep to it; functions of `offenders` know no
            settings.
        profiles : Path, optional
            A folder with own profiles of audiences.
        kinds : list of str
            Kinds of incident that are not recognised, and may leave: codes or labels as the file
            writes them; ``"geen soort"`` for incidents without any.
        organisation : str, optional
            Full name of who answers for the processing, named as the source on everything that
            is shared: "Politie Oost-Nederland". In general words if not given.
        register : Path, optional
            The register's file, on a disk of this computer; in the user's data folder if not given.
        secret : Path, optional
            File with the secret that numbers are rounded with; beside the register, made at first
            use, if not given.
        purpose, ground : str, optional
            Of every data set that `Purposes` says nothing of.
        strict : bool, default False
            Refuse, rather than warn, where purpose or ground is missing or data are past a term.
        """

        persons: bool = True
        profiles: Path | None = None
        kinds: list[str] = Field(default_factory=list)
        organisation: str = ""
        register: Path | None = None
        secret: Path | None = None
        purpose: str = ""
        ground: str = ""
        strict: bool = False

        @field_validator("register")
        @classmethod
        def _of_tests(cls, given: Path | None) -> Path | None:
            return Path(os.environ[REGISTER]) if os.environ.get(REGISTER) else given

        def require_persons(self, path: Path) -> None:
            """
            Require that files about persons may be read.

            Parameters
            ----------
            path : Path
                The file, for the message.

            Raises
            ------
            ReadError
                If the module for persons is off.
            """
            if not self.persons:
                msg = f"{path.name} is about persons and `persons` is false in the settings"
                raise ReadError(msg, code="persons_off", path=path.name)
