"""Try the claims on places: what `hotspots.places` names on a lattice."""

from ipgtools.hotspots.hot_places import engine

from .made import STRIP, WIDE, Array, Rng, ground, lattice, quarters

_DRAWS = 199
_MIDDLE = STRIP + WIDE // 2
_SIZES = (60, 250, 1000)


def _named(
    claim: engine.Claim, rng: Rng, now: Array, history: Array, baseline: Array
) -> list[engine.Found]:
    return engine.find(now, history, baseline, lattice(), claims=(claim,), n_draws=_DRAWS, rng=rng)


def _null(claim: engine.Claim, rng: Rng) -> bool:
    rate, baseline, length = ground(rng)
    now, history = quarters(rng, rate, length, float(rng.choice(_SIZES)))
    return bool(_named(claim, rng, now, history, baseline))


def _found(claim: engine.Claim, rng: Rng, extra: Array, *, lasting: bool) -> bool:
    """Add incidents to an even wijk of 250, and look whether a named place holds the middle."""
    shape = lattice().region.shape
    rate, baseline = extra * 0 + 1.0 / extra.size, extra * 0 + 1.0
    now, history = quarters(rng, rate, 1.0, 250.0 * extra.size / WIDE**2)
    now = now + rng.poisson(extra)
    if lasting:
        history = history + rng.poisson(extra, (len(history), *shape))
    named = _named(claim, rng, now, history, baseline)
    return any(extra.ravel()[place.cells].any() for place in named)


def _address(n: float) -> Array:
    extra = lattice().region * 0.0
    extra[_MIDDLE, _MIDDLE] = n
    return extra


def _block(times: float) -> Array:
    extra = lattice().region * 0.0
    extra[_MIDDLE - 1 : _MIDDLE + 2, _MIDDLE - 1 : _MIDDLE + 2] = (times - 1) * 250 / WIDE**2
    return extra


def new_null(rng: Rng) -> bool:
    return _null("new", rng)


def new_planted(rng: Rng) -> bool:
    return _found("new", rng, _address(10), lasting=False)


def busy_null(rng: Rng) -> bool:
    return _null("busy", rng)


def busy_planted(rng: Rng) -> bool:
    return _found("busy", rng, _address(10), lasting=True)


def cluster_null(rng: Rng) -> bool:
    return _null("cluster", rng)


def cluster_planted(rng: Rng) -> bool:
    return _found("cluster", rng, _block(5), lasting=True)
