"""Replace persons by pseudonyms that only the holder of a key could make again."""

import codecs
import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.privacy._key_strength import is_weak_key

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "fingerprint", "new_key", "normalise_identifier", "pseudonyms", "read_key",
    "readable_by_others",
]  # fmt: skip

_SHORTEST_KEY = 32
_DIGITS = 32
"""Hexadecimal digits of a pseudonym: 128 bits."""
_FINGERPRINT = b"ipgtools: fingerprint of a key"
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
        If no key is given, there is no such file, it can't be read, or the key is shorter or
        weak (`is_weak_key`).

    Examples
    --------
    >>> key = b"kraai-fiets-93-zolder-Twente-veertig"
    >>> read_key(key + b"\r\n") == read_key(b"\xef\xbb\xbf" + key) == key
    True
    """
    if key is None:
        msg = "without a key no persons are read; give `key` a file of at least 32 characters"
        raise ReadError(msg, code="key_absent")
    secret = _plain(key if isinstance(key, bytes) else _content(Path(key)))
    if len(secret) < _SHORTEST_KEY:
        msg = f"the key has {len(secret)} characters, expected at least {_SHORTEST_KEY}"
        raise ReadError(msg, code="key_short", found=len(secret), needed=_SHORTEST_KEY)
    if is_weak_key(secret):
        msg = "the key is a pattern that can be guessed; make a random one with privacy.new_key"
        raise ReadError(msg, code="key_weak", needed=_SHORTEST_KEY)
    return secret


def new_key(path: str | Path) -> Path:
    """
    Make a key file with 256 random bits that only its owner can read.

    Parameters
    ----------
    path : path
        The file to be made; its folder must be there.

    Returns
    -------
    Path
        The file: 64 hexadecimal digits, mode 0600.

    Raises
    ------
    ReadError
        If there is a file of that name, which is left as it is, or none can be made.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     len(new_key(f"{folder}/sleutel").read_text().strip())
    64
    """
    path = Path(path)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        msg = f"{path} is there already; another key gives persons other pseudonyms"
        raise ReadError(msg, code="key_exists", path=str(path)) from None
    except OSError as cause:
        reason = cause.strerror or type(cause).__name__
        msg = f"{path} can't be written: {reason}"
        raise ReadError(msg, code="not_written", path=str(path), reason=reason) from cause
    with os.fdopen(handle, "w", encoding="ascii", newline="\n") as stream:
        stream.write(secrets.token_hex(32) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return path


def readable_by_others(path: str | Path) -> bool:
    """
    Tell whether others than its owner may read a file or change it.

    Parameters
    ----------
    path : path
        A key file.

    Returns
    -------
    bool
        By the mode of the file, for group and others. False on Windows, which has no such mode,
        and for a file that isn't there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     readable_by_others(new_key(f"{folder}/sleutel"))
    False
    """
    if os.name != "posix":
        return False
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return False
    return bool(stat.S_IMODE(mode) & (stat.S_IRWXG | stat.S_IRWXO))


def fingerprint(key: bytes) -> str:
    """
    Give the digits by which a key is recognised and from which it can't be found.

    Parameters
    ----------
    key : bytes
        From `read_key`, so that it is too strong to be found by trying.

    Returns
    -------
    str
        16 hexadecimal digits of an HMAC-SHA256 of a fixed text.

    Examples
    --------
    >>> fingerprint(b"kraai-fiets-93-zolder-Twente-veertig")
    '316ae4f814567c76'
    """
    return hmac.new(key, _FINGERPRINT, hashlib.sha256).hexdigest()[:16]


def normalise_identifier(identifiers: "pd.Series") -> "pd.Series":
    """
    Write each identifier in one canonical spelling.

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
    >>> normalise_identifier(pd.Series([" p 12", "P12", "0012", "12.0", "12"])).tolist()
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
        Numbers or names of persons; however one is written (`normalise_identifier`), it is one
        person.
    key : bytes
        From `read_key`.

    Returns
    -------
    Series of str, n_rows
        32 hexadecimal digits (128 bits) of an HMAC-SHA256; missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> made = pseudonyms(pd.Series(["P1", "P2", "p1 "]), b"kraai-fiets-93-zolder-Twente-veertig")
    >>> made[0] == made[2] != made[1]
    True
    """
    import pandas as pd

    written, distinct = pd.factorize(identifiers)
    codes, unique = pd.factorize(normalise_identifier(pd.Series(distinct, dtype="str")))
    codes = pd.Series([*codes, -1]).to_numpy()[written]
    digests = [
        hmac.new(key, str(one).encode(), hashlib.sha256).hexdigest()[:_DIGITS] for one in unique
    ]
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
