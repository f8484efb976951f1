"""
Write result tables to where people work: QGIS, Excel, R, or another notebook.

`save` chooses the format by the ending of the name: a GeoPackage with a style that QGIS
opens, GeoParquet, Excel with number formats, or CSV. Tables are written as they are given:
what goes to others than the police comes out of `ipgtools.privacy.release` first.
"""

from ipgtools.export._save import save

__all__ = ["save"]
