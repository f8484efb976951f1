"""
Read text tables, and give every value as text.

Titles above the header are passed over, and said (`layout`). What stands below the table
(totals, a signature) has another number of fields and is rejected row by row, so that every
line is accounted for.
"""

import io
import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow, _scratch
from ipgtools._parallel import run_in_background, thread_map
from ipgtools.io import personal_values
from ipgtools.io.files import dialect
from ipgtools.io.files import repair_rows as lines_
from ipgtools.io.report import no_rejects
from ipgtools.nl import reading
from ipgtools.nl.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["read"]

_BLOCK = 1 << 22
"""Bytes that are parsed at a time: enough to keep all processors busy, and few pieces."""
_LARGE_BLOCK = 16 << 20
"""The same where a row is longer than that; none may be longer than this."""
_LONG = 32 << 20
"""Bytes of a file from which it is worth the loading of compiled loops."""
_DECODING = re.compile(r"utf|decode|expected \d+ columns, got", re.IGNORECASE)
"""What Arrow says of bytes that aren't in the encoding, also in a row with other fields."""
_HEAD = 10_000
"""Lines from which it is told what the columns hold."""
_MISSING = ["", "NA", "N/A", "NaN", "NULL", "null", "#N/A", "#N/B", "\\N"]
"""What programs write for a value that isn't there."""


def read(path: Path, columns: "Sequence[str] | None") -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Read a text table with Arrow."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    form = dialect.sniff(path)
    if form.empty:
        return pd.DataFrame(columns=form.names), no_rejects()
    table, wrong, mended = _table(path, form, columns)
    numbers = np.array([number - 1 - form.line for number, _ in wrong], dtype="int64")
    n_filled = _n_filled(table)
    every = pd.RangeIndex(1, len(table) + len(wrong) + 1)
    index = every.difference(numbers) if wrong else every
    table = table.slice(0, n_filled)
    rows = table.to_pandas(
        types_mapper={pa.large_string(): pd.StringDtype(na_value=np.nan)}.get,
        split_blocks=True,
        self_destruct=True,
    )
    rows.index = index[:n_filled]
    rows.index.name = "source_row"
    if form.line:
        rows.attrs["header_line"] = form.line + 1
    if mended:
        rows.attrs["mended"] = dict(mended)
    is_last = bool(wrong) and (n_filled == 0 or numbers[-1] > rows.index[-1])
    if is_last and _breaks_off(path, wrong[-1][1]):
        rows.attrs["cut_off"] = True
    rejected = pd.DataFrame(
        {
            "source_row": numbers,
            "column": "",
            "found": pd.Series([found for _, found in wrong], dtype="object"),
            "code": "columns",
        }
    )
    return rows, (rejected if wrong else no_rejects())


def _table(
    path: Path, form: dialect.Dialect, columns: "Sequence[str] | None"
) -> tuple[Any, list[tuple[int, Message]], Counter[str]]:
    """Load a table, from a repaired copy where lines aren't rows; count repairs."""
    import pyarrow as pa

    loaded, fault, n_lines = None, None, 0
    n_breaks = run_in_background(_n_breaks, path)
    try:
        loaded = _decoded(path, form, columns)
        n_lines = form.line + 1 + sum(map(len, loaded))
    except pa.ArrowInvalid as invalid:
        fault = invalid
    if n_breaks() > n_lines or (loaded and loaded[1]):
        with _scratch.temporary() as folder:
            copy = folder / "rows.csv"
            if mended := _write_mended(path, copy, form):
                loaded = None
                return *_decoded(copy, replace(form, encoding="utf-8"), columns), mended
    if loaded is None:
        raise fault or ValueError(path)
    return *loaded, Counter()


def _decoded(
    path: Path, form: dialect.Dialect, columns: "Sequence[str] | None"
) -> tuple[Any, list[tuple[int, Message]]]:
    """Load a table, as Latin-1 where it isn't in the encoding that its start is in."""
    import pyarrow as pa

    try:
        with _undecoded_rows_unsaid():
            return _load(path, form, columns)
    except (UnicodeDecodeError, pa.ArrowInvalid) as fault:
        if not _DECODING.search(str(fault)):
            raise
        return _load(path, replace(form, encoding="latin-1"), columns)


@contextmanager
def _undecoded_rows_unsaid() -> Iterator[None]:
    """Keep Arrow from printing that a row with other fields isn't in the encoding; it fails."""
    before = sys.unraisablehook

    def hook(fault: Any) -> None:
        if not isinstance(fault.exc_value, UnicodeDecodeError):
            before(fault)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _breaks_off(path: Path, found: Message) -> bool:
    """Return whether the last row is incomplete and ends without a line break."""
    if not 1 < found["n"] < found["needed"]:
        return False
    end = b""
    with dialect.open_binary(path) as stream:
        for block in iter(lambda: stream.read(_BLOCK), b""):
            end = block[-2:]
    return bool(end) and not end.strip(b"\x00").endswith((b"\n", b"\r"))


def _n_breaks(path: Path) -> int:
    """Count the line breaks of a file."""
    with dialect.open_binary(path) as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b""))


def _write_mended(path: Path, copy: Path, form: dialect.Dialect) -> Counter[str]:
    """Write a table with repaired lines, in UTF-8; return the number and kind of repairs."""
    n_fields, counts = len(form.names), Counter[str]()
    separator = form.separator
    with _lines(path, form) as lines:
        below = itertools.islice(lines, form.line + 1, None)
        like = lines_.kinds(itertools.islice(below, _HEAD), separator, n_fields)
    with _lines(path, form) as lines:
        below = itertools.islice(lines, form.line, None)
        if not any(what for _, what in lines_.repair(below, separator, n_fields, like)):
            return counts
    with _lines(path, form) as lines, copy.open("w", encoding="utf-8", newline="") as out:
        out.writelines(itertools.islice(lines, form.line))
        for line, what in lines_.repair(lines, separator, n_fields, like):
            out.write(line)
            if what:
                counts[what] += 1
    return counts


@contextmanager
def _lines(path: Path, form: dialect.Dialect) -> Iterator[Iterator[str]]:
    """Open a table as lines of text, with their line breaks."""
    with (
        dialect.open_binary(path) as raw,
        io.TextIOWrapper(raw, form.encoding, errors="replace", newline="") as lines,
    ):
        yield lines


def _load(
    path: Path, form: dialect.Dialect, columns: "Sequence[str] | None"
) -> tuple[Any, list[tuple[int, Message]]]:
    """Read with all processors; once more with one of them to learn which rows are wrong."""
    import pyarrow as pa

    wanted = {str(name) for name in (columns if columns is not None else form.names)}
    include = [name for name in form.names if name in wanted or name.strip() in wanted]
    shown = include == form.names  # else what was left out might be shown

    def load(block: int) -> tuple[Any, list[tuple[int, Message]]]:
        table, wrong = _load_in_blocks(path, form, include, block, threads=True, shown=shown)
        if wrong:
            first = form.names[:1]
            _, wrong = _load_in_blocks(path, form, first, block, threads=False, shown=shown)
        return table, wrong

    try:
        return load(_BLOCK)
    except pa.ArrowInvalid as fault:
        if "straddl" not in str(fault):
            raise
        return load(_LARGE_BLOCK)


def _load_in_blocks(
    path: Path, form: dialect.Dialect, include: list[str], block: int, *, threads: bool, shown: bool
) -> tuple[Any, list[tuple[int, Message]]]:
    import pyarrow as pa
    from pyarrow import csv as arrow

    wrong: list[tuple[int, Message]] = []

    def skip(row: Any) -> str:
        stood = str(row.text) if shown and not personal_values.may_tell(str(row.text)) else ""
        found = reading.fields(row.actual_columns, row.expected_columns, stood)
        wrong.append((row.number or 0, found))
        return "skip"

    long = path.stat().st_size > _LONG
    with pa.input_stream(str(path)) as stream:
        table = arrow.read_csv(
            stream,
            read_options=arrow.ReadOptions(
                use_threads=threads,
                block_size=block,
                encoding=form.encoding,
                column_names=form.names,
                skip_rows=form.line,
                skip_rows_after_names=1,
            ),
            parse_options=arrow.ParseOptions(
                delimiter=form.separator,
                newlines_in_values=True,  # without, Arrow bends values at the end of a block
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=arrow.ConvertOptions(
                include_columns=include,
                column_types=dict.fromkeys(form.names, pa.large_string()),
                strings_can_be_null=True,
                null_values=[""] if long else _MISSING,
            ),
            memory_pool=_arrow.pool(),
        )
    return (_without_words(table) if long else table), wrong


def _without_words(table: Any) -> Any:
    """Null the values that mean "missing", faster than Arrow does."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from ipgtools import _kernels_text

    words = [word.encode() for word in _MISSING if word]
    ends = np.cumsum([0, *map(len, words)])
    signs = np.frombuffer(b"".join(words), dtype=np.uint8)
    nothing = pa.scalar(None, pa.large_string())

    def without(column: Any) -> Any:
        chunks, found = [], False
        for chunk in column.chunks:
            offsets, data = _arrow.content(chunk)
            hits = np.zeros(len(chunk), dtype=bool)
            if _kernels_text.among(offsets, data, ends, signs, hits):
                chunk, found = pc.if_else(pa.array(hits), nothing, chunk), True  # noqa: PLW2901
            chunks.append(chunk)
        return pa.chunked_array(chunks, pa.large_string()) if found else column

    return pa.table(thread_map(without, table.columns), names=table.column_names)


def _n_filled(table: Any) -> int:
    """Count the rows up to the last that holds anything."""
    n = len(table)
    while n and all(table[name][n - 1].as_py() is None for name in table.column_names):
        n -= 1
    return n
