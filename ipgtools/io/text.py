"""
Read text tables: find encoding, separator and header, and give every value as text.

A header needn't stand on the first line: titles above it are passed over, and said. What
stands below the table (totals, a signature) has another number of fields and is rejected row
by row, so that every line is accounted for.
"""

import contextlib
import csv
import gzip
import io
import itertools
import tempfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow
from ipgtools.errors import ReadError
from ipgtools.io import personal, quotes
from ipgtools.io.report import no_rejects
from ipgtools.nl.reading import REASONS, fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

MUCH = 200 << 20
"""Bytes below which a packed file is no threat, however well it is packed."""
MOST_TIMES = 150
"""How much smaller packing makes real tables at the very most."""
MOST_BYTES = 16 << 30
"""Bytes above which nothing is unpacked."""
_SEPARATORS = ";\t,|"
_BLOCK = 1 << 22
"""Bytes that are parsed at a time: enough to keep all processors busy, and few pieces."""
_LARGE_BLOCK = 16 << 20
"""The same where a row is longer than that; none may be longer than this."""
_LONG = 32 << 20
"""Bytes of a file from which it is worth the loading of compiled loops."""
_MISSING = ["", "NA", "N/A", "NaN", "NULL", "null", "#N/A", "#N/B", "\\N"]
"""What programs write for a value that isn't there."""
_HEAD = 1 << 20
_HEADER_WITHIN = 40
_LINES = 300
_HEADER_LINES = 40
"""Lines over which a header with line breaks in it may go."""


@dataclass(frozen=True)
class Shape:
    """
    How a text file is laid out.

    Parameters
    ----------
    encoding : str
        Python's name of it.
    separator : str
        One sign.
    names : list of str
        Names of the columns.
    line : int
        Lines before the header.
    empty : bool
        Whether nothing stands below the header.
    """

    encoding: str
    separator: str
    names: list[str]
    line: int
    empty: bool


def shape(path: Path) -> Shape:
    """
    Find out how a text file is laid out.

    Parameters
    ----------
    path : Path
        May be packed with gzip.

    Returns
    -------
    Shape
        From its first million bytes.

    Raises
    ------
    ReadError
        If there is no text in it.
    """
    with _opened(path) as stream:
        head = stream.read(_HEAD)
    encoding = _encoding(head)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff")
    if not text.strip().strip("\x00"):
        msg = f"{path.name} is empty"
        raise ReadError(msg, code="file_empty", path=path.name)
    lines = list(itertools.islice(io.StringIO(text, newline=None), _LINES))
    separator, at = _header(lines)
    names, n_lines = _row(lines, at, separator)
    below_header = [quotes.split(line, separator) for line in lines[at + n_lines :] if line.strip()]
    if below_header and all(len(row) == len(names) + 1 and not row[-1] for row in below_header):
        names.append("")  # every row but the header ends with a separator
    if sum(not name.strip() for name in names) > 1:
        names = [name if name.strip() else f"kolom {at}" for at, name in enumerate(names, 1)]
    below = "".join(lines[at + n_lines :]).strip()
    return Shape(encoding, separator, names, at, empty=not below)


def read(path: Path, columns: "Sequence[str] | None") -> "tuple[pd.DataFrame, pd.DataFrame]":
    """
    Read a text table with Arrow.

    Parameters
    ----------
    path : Path
        May be packed with gzip.
    columns : sequence of str, optional
        Which columns to read; all if not given.

    Returns
    -------
    rows : DataFrame, n_rows
        Text; empty fields are missing. `source_row` as index, from 1 after the header. In
        `attrs`, `header_line` where the header isn't on the first line, and `marks`: rows with a
        quotation mark that was a sign (`quotes`).
    rejected : DataFrame
        Rows whose number of fields differs from the header's.
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    form = shape(path)
    if form.empty:
        return pd.DataFrame(columns=form.names), no_rejects()
    table, wrong, n_marks = _table(path, form, columns)
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
    if n_marks:
        rows.attrs["marks"] = n_marks
    rejected = pd.DataFrame(
        {
            "source_row": numbers,
            "column": "",
            "found": [found for _, found in wrong],
            "reason": REASONS["columns"],
        }
    )
    return rows, (rejected if wrong else no_rejects())


def _table(
    path: Path, form: Shape, columns: "Sequence[str] | None"
) -> tuple[Any, list[tuple[int, str]], int]:
    """Load a table, from a mended copy where marks in it would swallow rows; count these marks."""
    import pyarrow as pa

    loaded, fault, n_lines = None, None, 0
    try:
        loaded = _decoded(path, form, columns)
        n_lines = form.line + 1 + sum(map(len, loaded))
    except pa.ArrowInvalid as invalid:
        fault = invalid
    if (loaded and loaded[1]) or _n_breaks(path) > n_lines:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "rows.csv"
            if n_marks := _write_mended(path, copy, form):
                loaded = None
                return *_decoded(copy, replace(form, encoding="utf-8"), columns), n_marks
    if loaded is None:
        raise fault or ValueError(path)
    return *loaded, 0


def _decoded(
    path: Path, form: Shape, columns: "Sequence[str] | None"
) -> tuple[Any, list[tuple[int, str]]]:
    """Load a table, as Latin-1 where it isn't in the encoding that its start is in."""
    import pyarrow as pa

    try:
        return _load(path, form, columns)
    except (UnicodeDecodeError, pa.ArrowInvalid) as fault:
        if "utf" not in str(fault).lower() and "decode" not in str(fault).lower():
            raise
        return _load(path, replace(form, encoding="latin-1"), columns)


def _n_breaks(path: Path) -> int:
    """Count the line breaks of a file."""
    with _opened(path) as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b""))


def _write_mended(path: Path, copy: Path, form: Shape) -> int:
    """Write a table with its stray marks mended, in UTF-8; give how many rows have one."""
    n_marks = 0
    with (
        _opened(path) as raw,
        io.TextIOWrapper(raw, form.encoding, errors="replace", newline="") as lines,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        out.writelines(itertools.islice(lines, form.line))
        for line, changed in quotes.mended(lines, form.separator, len(form.names)):
            out.write(line)
            n_marks += changed
    return n_marks


def _opened(path: Path) -> Any:
    return (gzip.open if path.suffix.lower() == ".gz" else open)(path, "rb")


def too_much(unpacked: int, packed: int) -> bool:
    """
    Tell whether a file unpacks to more than any real table would.

    Examples
    --------
    >>> too_much(50 << 20, 1 << 10), too_much(1 << 30, 1 << 20), too_much(1 << 30, 100 << 20)
    (False, True, False)
    """
    return unpacked > MOST_BYTES or (unpacked > MUCH and unpacked > MOST_TIMES * packed)


def bomb(path: Path) -> ReadError:
    """Make the error for a file that unpacks to too much."""
    msg = f"{path.name} unpacks to far more than its size; it isn't opened"
    return ReadError(msg, code="file_bomb", path=path.name)


def refuse_gzip_bomb(path: Path) -> None:
    """
    Raise if a gzip file unpacks to too much.

    Its own word for it can't be relied on. Only where the start packs suspiciously well the
    file is unpacked as far as needed to know, without keeping anything.

    Raises
    ------
    ReadError
        If it does.
    """
    packed, unpacked = path.stat().st_size, 0
    if packed * 1100 < MUCH:
        return
    try:
        with path.open("rb") as raw:
            start = _start(raw.read(1 << 16))
        if len(start) < MOST_TIMES // 4 * min(packed, 1 << 16):
            return
        with gzip.open(path, "rb") as stream:
            while block := stream.read(8 << 20):
                unpacked += len(block)
                if too_much(unpacked, packed):
                    raise bomb(path)
    except (OSError, EOFError, zlib.error):
        return


def _start(packed: bytes) -> bytes:
    """Unpack the start of a gzip file, which may be made of many small ones."""
    start = b""
    while packed and len(start) < 16 << 20:
        unpacker = zlib.decompressobj(wbits=31)
        start += unpacker.decompress(packed, 16 << 20)
        packed = unpacker.unused_data
    return start


def _load(
    path: Path, form: Shape, columns: "Sequence[str] | None"
) -> tuple[Any, list[tuple[int, str]]]:
    """Read with all processors; once more with one of them to learn which rows are wrong."""
    import pyarrow as pa

    wanted = {str(name) for name in (columns if columns is not None else form.names)}
    include = [name for name in form.names if name in wanted or name.strip() in wanted]
    shown = include == form.names  # else what was left out might be shown

    def load(block: int) -> tuple[Any, list[tuple[int, str]]]:
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
    path: Path, form: Shape, include: list[str], block: int, *, threads: bool, shown: bool
) -> tuple[Any, list[tuple[int, str]]]:
    import pyarrow as pa
    from pyarrow import csv as arrow

    wrong: list[tuple[int, str]] = []

    def skip(row: Any) -> str:
        stood = str(row.text) if shown and not personal.may_tell(str(row.text)) else ""
        found = fields(row.actual_columns, row.expected_columns, stood)
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
    """Take away the values that say that none is there: faster than Arrow does it."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from ipgtools import _kernels_text

    words = [word.encode() for word in _MISSING if word]
    ends = np.cumsum([0, *map(len, words)])
    signs = np.frombuffer(b"".join(words), dtype=np.uint8)
    nothing = pa.scalar(None, pa.large_string())
    for place, name in enumerate(table.column_names):
        chunks, found = [], False
        for chunk in table.column(place).chunks:
            offsets, data = _arrow.content(chunk)
            hits = np.zeros(len(chunk), dtype=bool)
            if _kernels_text.among(offsets, data, ends, signs, hits):
                chunk, found = pc.if_else(pa.array(hits), nothing, chunk), True  # noqa: PLW2901
            chunks.append(chunk)
        if found:
            table = table.set_column(place, name, pa.chunked_array(chunks, pa.large_string()))
    return table


def _header(lines: list[str]) -> tuple[str, int]:
    """
    Find the separator and the line of the header.

    The header is the first line with as many fields as most lines have, none of them a number
    and hardly any of them empty. Where none is like that the first line with text counts.
    """
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    separator = max(_SEPARATORS, key=lines[first].count)
    if lines[first].count(separator) == 0:
        most = Counter({sign: sum(min(line.count(sign), 30) for line in lines)
                        for sign in _SEPARATORS})  # fmt: skip
        separator = max(_SEPARATORS, key=lambda sign: most[sign])
    fields = [quotes.split(line, separator) for line in lines]
    counts = Counter(len(row) for row in fields if len(row) > 1)
    if not counts:
        return separator, first
    usual = counts.most_common(1)[0][0]
    top, _ = _row(lines, first, separator)
    if len(top) == usual and not _mostly_empty(top):
        return separator, first
    for at in range(first, min(len(lines), _HEADER_WITHIN)):
        row, _ = _row(lines, at, separator)
        if len(row) == usual and not _mostly_empty(row) and not any(map(_is_number, row)):
            return separator, at
    return separator, first


def _row(lines: list[str], at: int, separator: str) -> tuple[list[str], int]:
    r"""
    Give the fields of the row that starts on a line, and over how many lines it goes.

    Sheets put line breaks in long names of columns, between quotation marks.

    Examples
    --------
    >>> _row(['nr;"begin\n', 'datum";X\n', '1;2;3\n'], 0, ";")
    (['nr', 'begin\ndatum', 'X'], 2)
    """
    some = lines[at : at + _HEADER_LINES]
    reader = csv.reader(some, delimiter=separator)
    with contextlib.suppress(csv.Error, StopIteration):
        row = next(reader)
        if (
            reader.line_num == 1
            or sum(line.count('"') for line in some[: reader.line_num]) % 2 == 0
        ):
            return row, reader.line_num
    return quotes.split(lines[at], separator), 1


def _mostly_empty(row: list[str]) -> bool:
    return sum(bool(field.strip()) for field in row) < 0.7 * len(row)


def _is_number(field: str) -> bool:
    return field.strip().replace(".", "").replace(",", "").lstrip("-").isdigit()


def _encoding(head: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return encoding
    start = head[:2000]
    if len(start) > 20 and start[1::2].count(0) > 0.4 * len(start):
        return "utf-16-le"
    if len(start) > 20 and start[::2].count(0) > 0.4 * len(start):
        return "utf-16-be"
    cut_off = len(head) == _HEAD  # perhaps in the middle of a sign
    try:
        (head[: head.rfind(b"\n") + 1 or None] if cut_off else head).decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _n_filled(table: Any) -> int:
    """Count the rows up to the last that holds anything."""
    n = len(table)
    while n and all(table[name][n - 1].as_py() is None for name in table.column_names):
        n -= 1
    return n
