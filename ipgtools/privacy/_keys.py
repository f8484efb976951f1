"""Replace persons by pseudonyms that only the holder of a key could make again."""

import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST_KEY = 32


def read_key(key: str | Path | bytes) -> bytes:
    """
    Read the key that pseudonyms are made with.

    Parameters
    ----------
    key : path or bytes
        A file with at least 32 characters, or its content.

    Returns
    -------
    bytes
        The key without white space around it.

    Raises
    ------
    ReadError
        If there is no such file or the key is shorter.
    """
    if isinstance(key, bytes):
        secret = key.strip()
    else:
        path = Path(key)
        if not path.is_file():
            msg = f"the key file {path} does not exist; without a key no persons are read"
            raise ReadError(msg, code="key_missing", path=str(path))
        secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST_KEY:
        msg = f"the key has {len(secret)} characters, expected at least {_SHORTEST_KEY}"
        raise ReadError(msg, code="key_short", found=len(secret), needed=_SHORTEST_KEY)
    return secret


def pseudonyms(identifiers: "pd.Series", key: bytes) -> "pd.Series":
    """
    Replace identifiers by pseudonyms that only the key's holder could make again.

    Parameters
    ----------
    identifiers : Series of str, n_rows
        Numbers or names of persons.
    key : bytes
        From `read_key`.

    Returns
    -------
    Series of str, n_rows
        16 hexadecimal digits of an HMAC-SHA256; missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> made = pseudonyms(pd.Series(["P1", "P2", "P1"]), b"k" * 32)
    >>> made[0] == made[2] != made[1]
    True
    """
    import pandas as pd

    codes, unique = pd.factorize(identifiers)
    digests = [hmac.new(key, str(one).encode(), hashlib.sha256).hexdigest()[:16] for one in unique]
    table = pd.Series([*digests, pd.NA], dtype="str")
    return pd.Series(table.to_numpy()[codes], index=identifiers.index, dtype="str")
