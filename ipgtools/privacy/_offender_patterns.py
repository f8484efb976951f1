"""
Give patterns of offenders the form in which they may leave.

For the police numbers leave, small ones withheld as all numbers of persons are. Others see
shares only, to steps that each hold several persons or incidents, and none at all below the
number that the profile asks: a share that is given twice then narrows no count of a person.
"""

from typing import TYPE_CHECKING, Any

from ipgtools.nl import privacy as words
from ipgtools.privacy._forms import Form, Known, refused

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.privacy._profile import Profile

__all__ = ["FORMS", "STEPS", "pattern"]

_FROM_COUNTS = {
    "share_cleared", "share_incidents", "at_most", "share_offences", "share_participations",
    "share_persons", "share_again", "low", "high", "per_person", "share",
}  # fmt: skip
"""Columns from which a withheld number could be computed."""
_CLEARED = "n_cleared"
"""Shares of cleared incidents are of at least as many incidents as other shares of persons."""
STEPS = 20
"""Shares for others than the police are to a twentieth."""


def pattern(kind: str, counts: tuple[str, ...], shares: tuple[str, ...]) -> Any:
    """Return the form of a pattern: numbers for who sees exact ones, shares for others."""

    def form(table: "pd.DataFrame", profile: "Profile", _known: Known) -> Form:
        rule = profile.persons
        if not rule.allowed:
            raise refused(profile, "release_person_counts", "patterns of persons")
        if table.attrs.get("n_persons", 0) < rule.patterns:
            raise refused(
                profile, "release_pattern", "a pattern of so few persons", smallest=rule.patterns
            )
        if profile.exact:
            small = (table[[*counts]] < rule.smallest).any(axis=1)
            shared = [name for name in table if name in _FROM_COUNTS]
            return Form(
                kind, table.assign(**{n: table[n].mask(small) for n in shared}), counts, rule
            )
        shown = table
        if _CLEARED in table:
            shown = shown[(shown[_CLEARED] >= rule.patterns).to_numpy()]
        for name in shares:
            held = shown[name]
            shown = shown.assign(
                **{name: ((held * STEPS).round() / STEPS).clip(upper=1 - 1 / STEPS)}
            )
            shown = shown[(shown[name] >= 1 / STEPS).to_numpy()]  # that a row is there tells
        return Form(kind, shown, (), rule, done=[words.SHARES_ONLY])

    return form


FORMS: tuple[tuple[set[str], Any], ...] = (
    (
        {"klasse", "n_cleared"},
        pattern(
            "involvement", ("n_persons", "n", "n_cleared", "n_incidents"),
            ("share_cleared",),
        ),
    ),
    (
        {"place_id", "at_most"},
        pattern("offenders_at_places", ("n_incidents", "n_cleared", "n", "n_persons"), ()),
    ),
    ({"klasse_first", "klasse_second"}, pattern("offender_flows", ("n",), ())),
    (
        {"n_together", "n_participations"},
        pattern(
            "co_offending", ("n_offences", "n_participations"),
            ("share_offences", "share_participations"),
        ),
    ),
    (
        {"from_persons", "n_networks"},
        pattern("networks", ("n_networks", "n_persons"), ("share_persons",)),
    ),
    ({"n_at_risk", "share_again"}, pattern("recurrence", ("n_at_risk", "n_again"), ())),
    ({"kind", "next_kind"}, pattern("switching", ("n",), ())),
    ({"from_age", "n_persons"}, pattern("age_curve", ("n_persons", "n_offences"), ("share",))),
    ({"from_m", "to_m", "n"}, pattern("offence_distances", ("n",), ("share",))),
    (
        {"share_persons", "share_offences"},
        pattern("offender_concentration", ("n_persons",), ("share_offences",)),
    ),
)  # fmt: skip
"""The columns that tell which pattern a table is, and its form."""
