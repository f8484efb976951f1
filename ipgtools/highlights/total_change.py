"""Report a rise or fall of the total, where that is proven."""

from ipgtools.highlights.change_location import place_with_most
from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.highlights.seasonality import holds_against_last_year
from ipgtools.nl import highlights as words

__all__ = ["candidates"]


def candidates(evidence: Evidence) -> list[Highlight]:
    """
    Return the proven change of the total: against the period before or last year, the surer one.

    A change that does not hold against last year weighs half, and is worded so.
    """
    compared = (("previous", evidence.total_before), ("last_year", evidence.total_last_year))
    proven = [(name, one) for name, one in compared if one is not None and one.proven]
    if not proven:
        return []
    earlier, best = min(proven, key=lambda one: one[1].q_value)
    at = place_with_most(evidence, evidence.total_name, earlier)
    year, season = evidence.total_last_year, None
    if earlier == "previous" and year is not None:
        expected = best.n_before * best.exposure
        season = None if holds_against_last_year(best.n, expected, year.n_before) else year.n_before
    text = words.total_changed(
        best.n, best.n_before, best.when, evidence.subject, exposure=best.exposure,
        season=season, **at,
    )  # fmt: skip
    return [
        Highlight(
            subject="total",
            text=text,
            title=text.partition(". ")[0],
            claim="total_changed",
            p_value=best.q_value,
            size=best.size * (0.5 if season is not None else 1.0),
            n=best.n,
            n_before=best.n_before,
            when=best.when,
            where=at.get("where", ""),
            season=season,
            ratio=best.n / (best.n_before * best.exposure) if best.n_before else float("inf"),
        )
    ]
