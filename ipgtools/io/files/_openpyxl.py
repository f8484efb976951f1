"""Open a workbook with openpyxl row by row, ignoring the sheet size it declares."""

from typing import IO

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

__all__ = ["opened"]


def opened(stream: IO[bytes]) -> Workbook:
    """
    Open a workbook for reading row by row.

    openpyxl looks for the size of every sheet first, and reads a sheet that doesn't say it to
    its end for that: each time it is opened. Sizes aren't used here, so they aren't looked for.
    """
    reader = _Reader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    def read_worksheets(self) -> None:
        for sheet, relation in self.parser.find_sheets():
            if relation.target not in self.valid_files:
                continue
            if "chartsheet" in relation.Type:
                self.read_chartsheet(sheet, relation)
                continue
            found = _Sheet(self.wb, sheet.name, relation.target, self.shared_strings)
            found.sheet_state = sheet.state
            self.wb._sheets.append(found)


class _Sheet(ReadOnlyWorksheet):
    def _get_size(self) -> None:
        """Take the size as it turns out to be."""
