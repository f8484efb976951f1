"""Know the parts of a Shapefile: which must be there, and in what letters its table is written."""

import codecs
from pathlib import Path

from ipgtools.errors import ReadError

__all__ = ["encoding", "require", "sidecar"]

_UNSURE = {"", "UTF8", "UTF-8", "65001", "88591", "ISO88591", "ISO-8859-1", "LATIN1"}
"""What a .cpg says that is often not true."""
_BLOCK = 1 << 20


def require(path: Path) -> None:
    """Require the index and the table of a Shapefile."""
    if sidecar(path, ".shx") is None or sidecar(path, ".dbf") is None:
        msg = f"{path.name} lacks the files that belong to it"
        raise ReadError(msg, code="shape_parts", path=path.name)


def sidecar(path: Path, suffix: str) -> Path | None:
    """Return the sidecar of a file: the same name, another suffix."""
    for one in (suffix, suffix.upper()):
        if (found := path.with_suffix(one)).exists():
            return found
    return None


def encoding(path: Path) -> str | None:
    """
    Return the encoding of the table of a Shapefile.

    Without a .cpg nobody says, and what it says is often not so. Text that is UTF-8 as a whole
    is hardly ever something else; other text is Western European as Windows has it.
    """
    if path.suffix.lower() != ".shp" or (table := sidecar(path, ".dbf")) is None:
        return None
    said = sidecar(path, ".cpg")
    name = said.read_bytes()[:40].decode("latin-1").strip().upper() if said else ""
    if name not in _UNSURE and _is_known(name):
        return None
    decode = codecs.getincrementaldecoder("utf-8")()
    with table.open("rb") as stream:
        head = stream.read(32)
        page = head[29] if len(head) == 32 else 0
        if not said and page not in {0, 0x03, 0x57}:
            return None
        stream.seek(int.from_bytes(head[8:10], "little"))
        try:
            while block := stream.read(_BLOCK):
                decode.decode(block)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(f"cp{name}" if name.isdigit() else name.replace("ANSI ", "cp"))
    except LookupError:
        return False
    return True
