"""Tell that the total rose or fell, where that is proven."""

from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
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
    compared = [one for one in (evidence.total_before, evidence.total_last_year) if one]
    proven = sorted((one for one in compared if one.proven), key=lambda one: one.q_value)
    if not proven:
        return []
    best = proven[0]
    text = words.total_changed(best.n, best.n_before, best.when, evidence.subject)
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
            ratio=best.n / (best.n_before * best.exposure) if best.n_before else float("inf"),
        )
    ]
