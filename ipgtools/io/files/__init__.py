"""Open the files analysts have, and hand over their rows unchanged."""

from typing import TYPE_CHECKING

from ipgtools.io.files.archives import refuse_bomb
from ipgtools.io.files.dispatch import (
    COUNTED,
    CUT_OFF,
    FORMULAS,
    HEADER_LINE,
    MENDED,
    MERGED_CELLS,
    SINCE_1904,
    SOURCE_ROW,
    choose,
    geometry_type,
    has_geometry,
    header,
    hidden,
    layers,
    read,
)
from ipgtools.io.files.paths import (
    KNOWN,
    PART,
    TABLES,
    kind,
    list_files,
    on_disk,
    one,
    open_path,
    require,
)

if TYPE_CHECKING:
    from ipgtools.io.files.paths import Given as Given

__all__ = [
    "choose",
    "geometry_type",
    "has_geometry",
    "header",
    "hidden",
    "kind",
    "layers",
    "list_files",
    "one",
    "on_disk",
    "open_path",
    "read",
    "refuse_bomb",
    "require",
    "COUNTED",
    "CUT_OFF",
    "FORMULAS",
    "HEADER_LINE",
    "KNOWN",
    "MENDED",
    "MERGED_CELLS",
    "PART",
    "SINCE_1904",
    "SOURCE_ROW",
    "TABLES",
]
