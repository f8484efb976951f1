"""
Show result tables, and write them to where people work: QGIS, Excel, R, or another notebook.

`view` shows a table in a notebook with Dutch headings and numbers. `save` chooses the format by
the ending of the name: a GeoPackage with a style that QGIS opens, GeoParquet, Excel with number
formats, or CSV. Tables are written as they are given: what goes to others than the police comes
out of `ipgtools.privacy.release` first.
"""

from ipgtools.export._save import save
from ipgtools.export._view import view

__all__ = ["save", "view"]
