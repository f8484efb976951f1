"""
Process long text columns on their Arrow buffers.

Columns of fewer than `MANY` values, and columns that Arrow doesn't hold, go the ordinary way:
compiling or loading a loop would take longer than it saves.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = [
    "MANY", "buffers", "chunks", "constant", "content", "duplicate_candidates", "is_bare",
    "is_long", "pool", "repeated", "sample", "take",
]  # fmt: skip

MANY = 100_000
"""Values from which a compiled loop is worth loading."""

_SPAN = 1 << 17
"""Values whose intermediate results fit the processor's cache."""


def chunks(n: int) -> "Iterator[slice]":
    """
    Split a long table in chunks that fit the CPU cache.

    Examples
    --------
    >>> list(chunks(200_000))
    [slice(0, 131072, None), slice(131072, 200000, None)]
    """
    for begin in range(0, n, _SPAN):
        yield slice(begin, min(begin + _SPAN, n))


def pool() -> Any:
    """
    Return the part of Arrow that finds memory for long columns.

    Of the three that Arrow may have, jemalloc took least where two threads ask at a time.

    Examples
    --------
    >>> pool().backend_name in {"jemalloc", "mimalloc", "system"}
    True
    """
    import pyarrow as pa

    if "jemalloc" in pa.supported_memory_backends():
        return pa.jemalloc_memory_pool()
    return pa.default_memory_pool()


def is_long(column: "pd.Series") -> bool:
    """
    Return whether a column is text in Arrow's form, and long.

    Examples
    --------
    >>> import pandas as pd
    >>> is_long(pd.Series(["a"] * 200_000)), is_long(pd.Series(["a"])), is_long(pd.Series([1.0]))
    (True, False, False)
    """
    import pandas as pd

    text = isinstance(column.dtype, pd.StringDtype) and column.dtype.storage == "pyarrow"
    return text and len(column) >= MANY


def buffers(column: "pd.Series") -> "Iterator[tuple[slice, np.ndarray, np.ndarray, np.ndarray]]":
    """
    Return the parts that a column of text is stored in.

    Examples
    --------
    >>> import pandas as pd
    >>> for where, offsets, data, valid in buffers(pd.Series(["ab", None, "c"])):
    ...     print(where, offsets, data, valid)
    slice(0, 3, None) [0 2 2 3] [97 98 99] [ True False  True]
    """
    import numpy as np
    import pyarrow as pa

    held: Any = column.array.__arrow_array__()
    begin = 0
    for chunk in held.chunks if isinstance(held, pa.ChunkedArray) else [held]:
        if not len(chunk):
            continue
        part = chunk if pa.types.is_large_string(chunk.type) else chunk.cast(pa.large_string())
        offsets, data = content(part)
        valid = np.empty(0, dtype=bool)
        if part.null_count:
            valid = part.is_valid().to_numpy(zero_copy_only=False)
        yield slice(begin, begin + len(part)), offsets, data, valid
        begin += len(part)


def content(part: Any) -> "tuple[np.ndarray, np.ndarray]":
    """
    Return the bytes of an array of large strings, and where each value begins in them.

    Examples
    --------
    >>> import pyarrow as pa
    >>> content(pa.array(["ab", None, "c"], pa.large_string()))
    (array([0, 2, 2, 3]), array([97, 98, 99], dtype=uint8))
    """
    import numpy as np

    _, at, held = part.buffers()
    offsets = np.frombuffer(at, dtype=np.int64)[part.offset : part.offset + len(part) + 1]
    return offsets, np.frombuffer(held if held is not None else b"", dtype=np.uint8)


def take(column: "pd.Series", rows: "np.ndarray") -> Any:
    """
    Give some rows of a column, without asking for memory that a long column has just freed.

    Examples
    --------
    >>> import pandas as pd
    >>> take(pd.Series(["a", "b", None]), pd.Series([True, False, True]).to_numpy()).tolist()
    ['a', nan]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not is_long(column):
        return column.array[rows]
    held: Any = column.array.__arrow_array__()
    part = pc.filter(held, pa.array(rows), memory_pool=pool())
    return column.dtype.__from_arrow__(part)


def constant(value: str | None, n: int) -> Any:
    """
    Give a column that has the same text everywhere, and hardly takes memory.

    Examples
    --------
    >>> constant("a", 3).tolist(), constant(None, 2).isna().tolist()
    (['a', 'a', 'a'], [True, True])
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    part = pa.repeat(pa.scalar(value, pa.large_string()), min(n, _SPAN))
    parts = [part.slice(0, span.stop - span.start) for span in chunks(n)]
    held = pa.chunked_array(parts, type=pa.large_string())
    return pd.StringDtype(na_value=np.nan).__from_arrow__(held)


def sample(column: "pd.Series", n: int) -> "pd.Series":
    """
    Give about `n` of the values that are there, evenly spread.

    Examples
    --------
    >>> import pandas as pd
    >>> sample(pd.Series(["a", None, "b", "c", "d"]), 2).tolist()
    ['a', 'c']
    """
    import numpy as np
    import pandas as pd

    there = np.flatnonzero(column.notna().to_numpy())
    rows = np.zeros(len(column), dtype=bool)
    rows[there[:: max(1, len(there) // n)]] = True
    return pd.Series(take(column, rows), index=column.index[rows], name=column.name)


def is_bare(column: "pd.Series") -> bool:
    """
    Tell for certain that a long column has no value that is empty or has white space around it.

    Examples
    --------
    >>> import pandas as pd
    >>> [is_bare(pd.Series([text, None] * 50_000, dtype="str")) for text in ("a b", "a ", "")]
    [True, False, False]
    """
    if not is_long(column):
        return False
    from ipgtools import _kernels_text

    return all(_kernels_text.bare(*parts) for _, *parts in buffers(column))


def repeated(
    column: "pd.Series", rows: "np.ndarray | None" = None, *, among: "np.ndarray | None" = None
) -> "np.ndarray":
    """
    Mark the repeated values of a column.

    Examples
    --------
    >>> import pandas as pd
    >>> repeated(pd.Series(["a", "b", "a", None, None])).tolist()
    [False, False, True, False, True]
    """
    import numpy as np
    import pandas as pd

    doubtful = duplicate_candidates(column) if among is None else among
    if rows is not None:
        doubtful = doubtful & rows
    result = np.zeros(len(column), dtype=bool)
    if doubtful.any():
        result[doubtful] = pd.Series(take(column, doubtful)).duplicated()
    return result


def duplicate_candidates(column: "pd.Series") -> "np.ndarray":
    """
    Mark all candidate duplicates of a column, with false positives.

    Long columns are compared by marks of 64 bits, which hardly ever are the same by chance.

    Examples
    --------
    >>> import pandas as pd
    >>> bool(duplicate_candidates(pd.Series(["a", "b", "a"] * 50_000)).all())
    True
    """
    import numpy as np
    import pandas as pd

    if not is_long(column):
        return column.duplicated(keep=False).to_numpy()
    mark = _marks(column)
    ordered = np.sort(mark)
    shared = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(shared):
        return np.zeros(len(column), dtype=bool)
    return pd.Series(mark).isin(shared).to_numpy()


def _marks(column: "pd.Series") -> "np.ndarray":
    import numpy as np

    from ipgtools import _kernels_text

    mark = np.empty(len(column), dtype=np.uint64)
    for where, offsets, data, valid in buffers(column):
        _kernels_text.marks(offsets, data, valid, mark[where])
    return mark
