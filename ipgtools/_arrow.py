"""
Look at long columns of text as Arrow holds them, without making an object of each value.

Columns of fewer than `MANY` values, and columns that Arrow doesn't hold, go the ordinary way:
compiling or loading a loop would take longer than it saves.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MANY = 100_000
"""Values from which a compiled loop is worth loading."""


def is_long(column: "pd.Series") -> bool:
    """
    Tell whether a column is text in Arrow's form, and long.

    Examples
    --------
    >>> import pandas as pd
    >>> is_long(pd.Series(["a"] * 200_000)), is_long(pd.Series(["a"])), is_long(pd.Series([1.0]))
    (True, False, False)
    """
    import pandas as pd

    text = isinstance(column.dtype, pd.StringDtype) and column.dtype.storage == "pyarrow"
    return text and len(column) >= MANY


def pieces(column: "pd.Series") -> "Iterator[tuple[slice, np.ndarray, np.ndarray, np.ndarray]]":
    """
    Give the parts that a column of text is stored in.

    Parameters
    ----------
    column : Series of str in Arrow's form, n_values
        Any length.

    Yields
    ------
    where : slice
        Which values.
    offsets : ndarray of int64, n + 1
        Where each of them begins in `data`.
    data : ndarray of uint8
        The bytes of all values, in UTF-8.
    valid : ndarray of bool, n or 0
        Which of them stand there; empty where all do.

    Examples
    --------
    >>> import pandas as pd
    >>> for where, offsets, data, valid in pieces(pd.Series(["ab", None, "c"])):
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
    Give the bytes of an array of large strings, and where each value begins in them.

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


def chosen(column: "pd.Series", rows: "np.ndarray") -> Any:
    """
    Give some rows of a column, without asking for memory that a long column has just freed.

    Parameters
    ----------
    column : Series, n_values
        Of any kind.
    rows : ndarray of bool, n_values
        Which.

    Returns
    -------
    array
        As `column.array[rows]`.

    Examples
    --------
    >>> import pandas as pd
    >>> chosen(pd.Series(["a", "b", None]), pd.Series([True, False, True]).to_numpy()).tolist()
    ['a', nan]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not is_long(column):
        return column.array[rows]
    held: Any = column.array.__arrow_array__()
    part = pc.filter(held, pa.array(rows), memory_pool=pa.system_memory_pool())
    return column.dtype.__from_arrow__(part)


def repeated(column: "pd.Series") -> "np.ndarray":
    """
    Mark the values that stood before in a column.

    Long columns are compared by marks of 64 bits first; only values that share theirs with
    another are compared themselves, so that the result is exact.

    Parameters
    ----------
    column : Series, n_values
        Missing values count as equal.

    Returns
    -------
    ndarray of bool, n_values
        As `Series.duplicated`.

    Examples
    --------
    >>> import pandas as pd
    >>> repeated(pd.Series(["a", "b", "a", None, None])).tolist()
    [False, False, True, False, True]
    """
    import numpy as np

    if not is_long(column):
        return column.duplicated().to_numpy()
    from ipgtools import _kernels_text

    mark = np.empty(len(column), dtype=np.uint64)
    for where, offsets, data, valid in pieces(column):
        _kernels_text.marks(offsets, data, valid, mark[where])
    ordered = np.sort(mark)
    shared = ordered[1:][ordered[1:] == ordered[:-1]]
    result = np.zeros(len(column), dtype=bool)
    if len(shared):
        doubtful = np.flatnonzero(np.isin(mark, shared))
        result[doubtful] = column.iloc[doubtful].duplicated().to_numpy()
    return result
