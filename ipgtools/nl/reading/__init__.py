"""State in Dutch what reading did with a file and why rows were left out."""

from ipgtools.nl.formats import number, plural
from ipgtools.nl.reading.columns import (
    KINDS_OF_VALUES,
    addresses,
    code_and_name,
    dropped,
    free_text,
    garbled,
    house_numbers,
    mapping,
    not_kept,
    number_by_values,
    personal_values,
    renamed,
    row_count,
    street_by_values,
)
from ipgtools.nl.reading.files import (
    CUT_OFF,
    counted,
    fields,
    header_found,
    in_file,
    kept_doubles,
    mended,
    merged,
    merged_cells,
    numbered,
    numbers_of_fields,
    other_sheets,
    partly_numbered,
    same_rows,
    uncomputed,
)
from ipgtools.nl.reading.places import (
    CRS_WHY,
    inhabitants,
    on_places,
    one_place,
    put_areas_together,
    repaired,
    rounded,
    taken_crs,
    thousands,
    unit,
    without_inhabitants,
)
from ipgtools.nl.reading.times import (
    all_reversed,
    clock_changes,
    clock_not_used,
    converted,
    days_only,
    ends_next_day,
    last_days,
    months,
    never,
    put_together,
    some_days,
    unknown_dates,
    without_time,
)

__all__ = [
    "CRS_WHY", "CUT_OFF", "KINDS_OF_VALUES", "REASONS", "addresses", "all_reversed",
    "clock_changes", "clock_not_used", "code_and_name", "converted", "counted", "days_only",
    "dropped", "ends_next_day", "fields", "free_text", "garbled", "header_found", "house_numbers",
    "in_file", "inhabitants", "kept_doubles", "last_days", "mapping", "mended", "merged",
    "merged_cells", "months", "never", "not_kept", "number_by_values", "numbered",
    "numbers_of_fields", "on_places", "one_place", "other_sheets", "partly_numbered",
    "personal_values", "put_areas_together", "put_together", "renamed", "repaired", "rounded",
    "row_count", "same_rows", "some_days", "street_by_values", "taken_crs", "thousands", "totals",
    "uncomputed", "unit", "unknown_dates", "without_inhabitants", "without_time",
]  # fmt: skip


REASONS: dict[str, str] = {
    "columns": "het aantal velden klopt niet met de kop",
    "empty": "lege rij",
    "header_again": "de kop staat er nog eens",
    "no_feature": "geen geldige GeoJSON op deze regel",
    "id_missing": "geen incidentnummer",
    "id_double": "incidentnummer komt vaker voor; de eerste rij is gebruikt",
    "time_unreadable": "datum of tijd niet te lezen",
    "time_reversed": "het einde ligt voor het begin",
    "xy_missing": "geen coördinaten",
    "xy_unreadable": "coördinaten niet te lezen",
    "xy_zero": "coördinaten zijn 0,0",
    "xy_swapped": "x en y lijken verwisseld",
    "xy_degrees": "coördinaten in graden tussen meters",
    "xy_outside": "coördinaten buiten het gebied van het stelsel",
    "geometry_missing": "geen geometrie",
    "geometry_kind": "geometrie van een ander soort",
    "code_missing": "geen code",
    "code_double": "code komt vaker voor; de eerste rij is gebruikt",
    "water": "watervlak",
    "person_missing": "geen persoonsnummer",
    "person_unknown": "geen persoonsnummer maar een woord als onbekend of NN",
    "case_missing": "geen zaaknummer",
    "case_odd": "zaaknummer is geen nummer: letters, cijfers en streepjes, met een cijfer erin",
    "case_date": "zaaknummer is een datum; dat kan een geboortedatum zijn",
    "case_kind": "soort is geen PGA of TBS",
    "case_differs": "soort, team of fase staat bij deze zaak verschillend in het bestand",
    "team_missing": "geen team",
    "phase_missing": "geen fase",
    "done_unclear": "gereed is geen ja, nee of datum",
    "weight_unreadable": "gewicht is geen getal van 0 of meer",
    "street_missing": "geen straatnaam",
    "number_missing": "geen huisnummer",
    "address_withdrawn": "adres is volgens de BAG ingetrokken of niet gerealiseerd",
    "address_double": "adres komt vaker voor; de eerste rij is gebruikt",
    "id_in_later_file": "staat ook in een later bestand; die rij is gebruikt",
    "same": "in alles gelijk aan een eerdere rij; die is gebruikt",
    "same_in_later_file": "in alles gelijk aan een rij in een later bestand; die is gebruikt",
}


def totals(source: str, n_read: int, n_used: int, n_rejected: int) -> str:
    """
    State how many rows were used.

    Examples
    --------
    >>> totals("a.csv", 1200, 1199, 1)
    'a.csv: 1.200 rijen gelezen, 1.199 gebruikt, 1 afgekeurd'
    """
    return (
        f"{source}: {plural(n_read, 'rij', 'rijen')} gelezen, "
        f"{number(n_used)} gebruikt, {number(n_rejected)} afgekeurd"
    )
