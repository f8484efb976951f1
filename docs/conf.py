"""Build the documentation site: guides, a gallery of executed notebooks, an API reference."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent))

import api_pages

import ipgtools

project = "ipgtools"
version = release = ipgtools.__version__
language = "nl"
extensions = ["myst_nb", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["_build", "**/README.md"]
suppress_warnings = ["myst.header"]

html_theme = "pydata_sphinx_theme"
html_title = "ipgtools"
html_static_path: list[str] = []
html_show_copyright = False
html_show_sourcelink = False
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
}

numpydoc_show_class_members = False
autodoc_typehints = "none"
myst_heading_anchors = 3
nb_execution_mode = "cache"
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_merge_streams = True

api_pages.write(HERE / "_api")
api_pages.write_gallery(HERE.parent / "notebooks", HERE / "_notebooks")
