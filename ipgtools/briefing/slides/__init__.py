"""
Hold the slides of a briefing: each in a module of its own.

A module without an underscore defines one slide as ``SLIDE``, a `SlideDefinition`; its words
are in the module of the same name in `ipgtools.nl.slides`. Adding a slide is adding these two.
"""

from ipgtools.briefing.slides._find_slides import pictures, slides

__all__ = ["pictures", "slides"]
