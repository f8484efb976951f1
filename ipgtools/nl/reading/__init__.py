"""State in Dutch what reading did with a file and why rows were left out."""

from ipgtools.nl import messages
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
    "on_places", "one_place", "other_sheets", "partly_numbered",
    "personal_values", "put_areas_together", "put_together", "renamed", "repaired", "rounded",
    "row_count", "same_rows", "some_days", "street_by_values", "taken_crs", "thousands", "totals",
    "uncomputed", "unit", "unknown_dates", "without_inhabitants", "without_time",
]  # fmt: skip


REASONS = messages.section("rejected")
"""Why rows of the readers in `io` are rejected, by code."""


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
