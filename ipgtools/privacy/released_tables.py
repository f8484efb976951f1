"""
List the tables that can leave: by which columns each is known, and in which form it leaves.

A new table also has its Dutch name in `nl.privacy.KINDS`, and its columns in the files of
`profiles/` (`politie` names all there is); a table that a profile does not name stays inside.
"""

from typing import Any

from ipgtools.privacy import _case_overviews, _forms, _offender_patterns

__all__ = ["RELEASED_TABLES"]

RELEASED_TABLES: tuple[tuple[set[str], Any], ...] = (
    ({"person"}, _forms.persons),
    *_offender_patterns.FORMS,
    ({"case_number"}, _case_overviews.overview("case_actions")),
    ({"phase", "n_cases"}, _case_overviews.overview("case_phases", "n_cases")),
    (
        {"partner", "n_open", "n_overdue"},
        _case_overviews.overview("case_partners", "n_open", "n_overdue"),
    ),
    ({"place_id", "claim"}, _forms.hot_places),
    ({"until", "radius_m"}, _forms.alerts),
    ({"incident_id", "occurred_from"}, _forms.points("incidents")),
    ({"area_code", "n_persons"}, _forms.persons_by_area),
    ({"area_code"}, _forms.areas),
    ({"place_id", "earlier", "n", "n_before"}, _forms.places_of_change),
    ({"kind", "n", "n_before"}, _forms.comparison),
    ({"cell_id"}, _forms.cells),
    ({"place_id"}, _forms.places),
    ({"from_id", "to_id"}, _forms.points("links")),
    ({"finding_id", "schouw_id"}, _forms.findings),
    ({"outcome", "before_id", "after_id"}, _forms.worded("compared_findings")),
    ({"action_id", "actor"}, _forms.worded("actions")),
    ({"photo_id"}, _forms.photos),
    ({"weight"}, _forms.times),
    ({"distance_from", "days_from", "observed"}, _forms.plain("pairs", "observed")),
    ({"start", "end", "n"}, _forms.plain("trend", "n")),
    ({"share_places", "share_incidents"}, _forms.concentration),
    ({"n_read", "n_used", "n_rejected"}, _forms.plain("sources")),
    ({"fact", "value"}, _forms.plain("facts")),
    ({"n", "category"}, _forms.plain("finding_counts")),
    ({"n", "actor"}, _forms.action_counts),
)
"""Columns that a table is known by, and its form; the first that fits counts."""
