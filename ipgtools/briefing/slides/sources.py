"""What became of the rows of every file."""

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl import formats
from ipgtools.nl.slides import sources as words

__all__ = ["SLIDE"]

_TABLE = "bronnen"


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    rows = tuple(
        (
            text_of(row, "file"),
            *(formats.number(int(n)) for n in (row.n_read, row.n_used, row.n_rejected)),
            text_of(row, "reasons"),
        )
        for row in context.tables[_TABLE].itertuples()
    )
    table = model.Table(
        words.COLUMNS,
        rows,
        widths=(2.8, 1.0, 1.0, 1.2, 5.8),
        align=("left", "right", "right", "right", "left"),
        table=file_of(_TABLE),
        split=True,
    )
    return (table,) if rows else None


SLIDE = SlideDefinition(
    key="verantwoording",
    order=270,
    title=words.TITLE,
    notes=words.NOTES,
    parts=_parts,
    hidden=True,
    needs=Material(tables=(_TABLE,)),
)
