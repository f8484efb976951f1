"""Words that people use for kinds of incident, and descriptions of a selection."""

from collections.abc import Mapping

from ipgtools.nl.formats import joined, number

__all__ = ["DAYS", "WORDS", "nothing_left"]

WORDS: dict[str, tuple[str, ...]] = {
    "woninginbraak": ("1.1.1",),
    "woninginbraken": ("1.1.1",),
    "inbraak in woning": ("1.1.1",),
    "schuurinbraak": ("1.1.2",),
    "inbraak in schuur": ("1.1.2",),
    "boxinbraak": ("1.1.2",),
    "garage-inbraak": ("1.1.2",),
    "bedrijfsinbraak": ("2.5.1",),
    "bedrijfsinbraken": ("2.5.1",),
    "inbraak": ("1.1.1", "1.1.2", "2.5.1"),
    "inbraken": ("1.1.1", "1.1.2", "2.5.1"),
    "autokraak": ("1.2.1",),
    "autokraken": ("1.2.1",),
    "auto-inbraak": ("1.2.1",),
    "diefstal uit auto": ("1.2.1",),
    "diefstal vanaf auto": ("1.2.1",),
    "autodiefstal": ("A70",),
    "diefstal van auto": ("A70",),
    "motordiefstal": ("A71",),
    "voertuigdiefstal": ("1.2.2",),
    "fietsdiefstal": ("A72",),
    "fietsdiefstallen": ("A72",),
    "diefstal van fiets": ("A72",),
    "brommerdiefstal": ("A73",),
    "bromfietsdiefstal": ("A73",),
    "scooterdiefstal": ("A73",),
    "zakkenrollen": ("1.2.4",),
    "zakkenrollerij": ("1.2.4",),
    "winkeldiefstal": ("2.5.2",),
    "winkeldiefstallen": ("2.5.2",),
    "straatroof": ("1.4.6",),
    "straatroven": ("1.4.6",),
    "overval": ("1.4.7",),
    "overvallen": ("1.4.7",),
    "mishandeling": ("1.4.5",),
    "mishandelingen": ("1.4.5",),
    "bedreiging": ("1.4.4",),
    "bedreigingen": ("1.4.4",),
    "stalking": ("F533",),
    "openlijk geweld": ("1.4.3", "F11"),
    "zeden": ("1.4.1",),
    "zedenmisdrijven": ("1.4.1",),
    "moord en doodslag": ("1.4.2",),
    "vernieling": ("2.2.1",),
    "vernielingen": ("2.2.1",),
    "brandstichting": ("F13",),
    "heling": ("A81",),
    "oplichting": ("F600",),
    "fraude": ("3.9.1", "3.9.2", "3.9.3"),
    "cybercrime": ("3.7.4",),
    "drugshandel": ("3.1.1",),
    "drugs- en drankoverlast": ("2.1.1",),
    "rijden onder invloed": ("3.5.2",),
    "verkeersongeval": ("1.3.1",),
    "verkeersongevallen": ("1.3.1",),
    "aanrijding": ("1.3.1",),
    "huisvredebreuk": ("2.4.2",),
    "burengerucht": ("2.4.1",),
    "burenruzie": ("2.4.1",),
    "jeugdoverlast": ("E35",),
    "overlast jeugd": ("E35",),
    "overlast door jongeren": ("E35",),
    "overlast door verwarde personen": ("E33",),
    "overlast door alcohol of drugs": ("E38",),
    "overlast door daklozen": ("E41",),
    "openbare dronkenschap": ("F010",),
    "geluidsoverlast": ("M061", "M062", "M22"),
    "geluidshinder": ("M061", "M062", "M22"),
    "overlast": ("E33", "E35", "E38", "E41", "F010", "M061", "M062", "M22"),
}
"""Words for kinds, and the codes (MK, nuisance) or classes of `ipgtools.codes` they stand for."""

DAYS: dict[str, tuple[int, ...]] = {
    "weekend": (5, 6),
    "werkdagen": (0, 1, 2, 3, 4),
    "doordeweeks": (0, 1, 2, 3, 4),
}
"""Words for several days of the week, Monday 0."""

_LEFT_OUT: dict[str, str] = {
    "period": "buiten de periode",
    "no_time": "zonder tijd",
    "category": "van een andere soort",
    "area": "buiten het gebied",
    "hours": "niet geheel binnen deze uren",
    "hours_unknown": "zonder bekend tijdstip",
    "weekdays": "niet geheel op deze dagen",
}


def nothing_left(left_out: Mapping[str, int], n: int) -> str:
    """
    State that a selection is empty, and what left the incidents out.

    Examples
    --------
    >>> nothing_left({"period": 12, "category": 0, "area": 3}, 15)
    'De selectie is leeg. Van de 15 incidenten vielen er af: 12 buiten de periode en 3 buiten \
het gebied.'
    """
    if not n:
        return "De selectie is leeg: de tabel had al geen rijen."
    parts = [f"{number(left)} {_LEFT_OUT[name]}" for name, left in left_out.items() if left]
    return f"De selectie is leeg. Van de {number(n)} incidenten vielen er af: {joined(parts)}."
