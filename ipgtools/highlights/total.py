"""Tell that the total rose or fell, where that is proven."""

from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.highlights.where import most_of
from ipgtools.nl import highlights as words


def candidates(evidence: Evidence) -> list[Highlight]:
    """
    Give the proven change of the total: against the period before, or else last year.

    Parameters
    ----------
    evidence : Evidence
        What was found.

    Returns
    -------
    list of Highlight
        At most one.
    """
    compared = (("previous", evidence.total_before), ("last_year", evidence.total_last_year))
    proven = [(name, one) for name, one in compared if one is not None and one.proven]
    if not proven:
        return []
    earlier, best = min(proven, key=lambda one: one[1].q_value)
    at = most_of(evidence, evidence.total_name, earlier)
    text = words.total_changed(
        best.n, best.n_before, best.when, evidence.subject, exposure=best.exposure, **at
    )
    return [
        Highlight(
            subject="total",
            text=text,
            title=text.partition(". ")[0],
            claim="total_changed",
            p_value=best.q_value,
            size=best.size,
            n=best.n,
            n_before=best.n_before,
            when=best.when,
            where=at.get("where", ""),
            ratio=best.n / (best.n_before * best.exposure) if best.n_before else float("inf"),
        )
    ]
