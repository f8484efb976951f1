"""Replace persons by pseudonyms that only the holder of a key could make again."""

import codecs
import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST_KEY = 32
_FEW_SIGNS = 8
"""Different signs from which a key isn't guessed at once."""
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_key(key: str | Path | bytes | None) -> bytes:
    r"""
    Read the key that pseudonyms are made with.

    Parameters
    ----------
    key : path or bytes
        A file with at least 32 characters, or its content.

    Returns
    -------
    bytes
        The key. Of text the white space around it and the mark that editors put before it are
        no part, and it is in UTF-8 however it was saved; of anything else all bytes count.

    Raises
    ------
    ReadError
        If no key is given, there is no such file, it can't be read, or the key is shorter.

    Examples
    --------
    >>> read_key(b"k" * 40 + b"\r\n") == read_key(b"\xef\xbb\xbf" + b"k" * 40) == b"k" * 40
    True
    """
    if key is None:
        msg = "without a key no persons are read; give `key` a file of at least 32 characters"
        raise ReadError(msg, code="key_absent")
    secret = _plain(key if isinstance(key, bytes) else _content(Path(key)))
    if len(secret) < _SHORTEST_KEY:
        msg = f"the key has {len(secret)} characters, expected at least {_SHORTEST_KEY}"
        raise ReadError(msg, code="key_short", found=len(secret), needed=_SHORTEST_KEY)
    return secret


def is_weak(key: bytes) -> bool:
    """
    Tell whether a key is so regular that anyone would try it.

    Examples
    --------
    >>> is_weak(b"0" * 40), is_weak(b"kraai-fiets-93-zolder-Twente-veertig")
    (True, False)
    """
    return len(set(key)) < _FEW_SIGNS


def one_writing(identifiers: "pd.Series") -> "pd.Series":
    """
    Write each identifier in the one way that stands for all ways it is written in.

    White space, capitals and accents typed in another way make no other person, nor do zeros
    before a number or ``.0`` behind it: sheets take and give them as they like.

    Parameters
    ----------
    identifiers : Series of str, n_rows
        Numbers or names of persons.

    Returns
    -------
    Series of str, n_rows
        Missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> one_writing(pd.Series([" p 12", "P12", "0012", "12.0", "12"])).tolist()
    ['P12', 'P12', '12', '12', '12']
    """
    text = identifiers.astype("str").str.normalize("NFKC")
    text = text.str.replace(r"[\s\u200b\ufeff]+", "", regex=True).str.upper()
    return text.str.replace(r"^0*(0|[1-9]\d*)(?:[.,]0+)?$", r"\1", regex=True)


def pseudonyms(identifiers: "pd.Series", key: bytes) -> "pd.Series":
    """
    Replace identifiers by pseudonyms that only the key's holder could make again.

    Parameters
    ----------
    identifiers : Series of str, n_rows
        Numbers or names of persons; however one is written (`one_writing`), it is one person.
    key : bytes
        From `read_key`.

    Returns
    -------
    Series of str, n_rows
        16 hexadecimal digits of an HMAC-SHA256; missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> made = pseudonyms(pd.Series(["P1", "P2", "p1 "]), b"k" * 32)
    >>> made[0] == made[2] != made[1]
    True
    """
    import pandas as pd

    written, distinct = pd.factorize(identifiers)
    codes, unique = pd.factorize(one_writing(pd.Series(distinct, dtype="str")))
    codes = pd.Series([*codes, -1]).to_numpy()[written]
    digests = [hmac.new(key, str(one).encode(), hashlib.sha256).hexdigest()[:16] for one in unique]
    table = pd.Series([*digests, pd.NA], dtype="str")
    return pd.Series(table.to_numpy()[codes], index=identifiers.index, dtype="str")


def _content(path: Path) -> bytes:
    try:
        if path.is_file():
            return path.read_bytes()
    except OSError as cause:
        reason = cause.strerror or type(cause).__name__
        msg = f"the key file can't be read: {reason}"
        raise ReadError(msg, code="key_unreadable", reason=reason) from None
    msg = f"the key file {path} does not exist; without a key no persons are read"
    raise ReadError(msg, code="key_missing", path=str(path))


def _plain(content: bytes) -> bytes:
    """Take what isn't the key from around it, if it is text."""
    mark = next((one for one in _MARKS if content.startswith(one)), b"")
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode(_MARKS.get(mark, "utf-8"))
    except UnicodeDecodeError:
        signs = all(one >= 32 or one in b"\t\r\n" for one in content)
        return content.strip() if signs and len(content.strip()) >= _SHORTEST_KEY else content
    text = text.strip()
    return text.encode() if all(sign.isprintable() or sign.isspace() for sign in text) else content
