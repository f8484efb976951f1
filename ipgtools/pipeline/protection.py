"""Protect the numbers of a briefing: all of its tables together, and beside what left before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipgtools import history
from ipgtools.nl import methods
from ipgtools.pipeline import auditable, changes
from ipgtools.pipeline._incident_parts import ALL, ALSO, WITHOUT
from ipgtools.pipeline.audited import Audited, Forms, audited
from ipgtools.privacy import together
from ipgtools.privacy.provenance import Provenance
from ipgtools.privacy.together import Protected, Tables

if TYPE_CHECKING:
    import sqlite3

    import pandas as pd

    from ipgtools.audit import Register
    from ipgtools.periods import Period
    from ipgtools.pipeline.inputs import Inputs
    from ipgtools.privacy.definitions import About

__all__ = ["Protected", "provenance", "release"]

Gate = Callable[..., tuple[Tables, tuple[str, ...]]]


@dataclass(frozen=True, eq=False)
class Audit:
    """Audits numbers by what was read."""

    inputs: "Inputs"

    def earlier(
        self, connection: "sqlite3.Connection", about: "About", periods: "list[Period]"
    ) -> "pd.DataFrame":
        """List the numbers that left before of the same ground and time."""
        return auditable.earlier(connection, about, self.inputs, periods)

    def audited(
        self, cells: "pd.DataFrame", earlier: "pd.DataFrame", about: "About", forms: Forms
    ) -> Audited:
        """Find the numbers of a release that must be rounded coarser."""
        return audited(cells, earlier, self.inputs, about, forms)


def release(tables: Tables, inputs: "Inputs", register: "Register", gate: Gate) -> Protected:
    """Release all tables of a briefing together."""
    if inputs.profile.exact:
        shown, done = gate(tables, inputs)
        return Protected(shown, done, len(inputs.now))

    def released(some: Tables, **how: Any) -> tuple[Tables, tuple[str, ...]]:
        return gate(some, inputs, **how)

    return together.release(tables, provenance(inputs), inputs.profile, register, released)


def provenance(inputs: "Inputs") -> Provenance:
    """Say what the tables of a briefing are made of, for `privacy.release`."""
    settings, study = inputs.settings, inputs.study
    columns = ["area_code", "occurred_from", inputs.placed.geometry.name]
    return Provenance(
        source=settings.privacy.organisation or methods.POLICE,
        profile=inputs.profile.name,
        area=study.code,
        whole=study.whole,
        parts=study.parts,
        period=inputs.period,
        incidents=inputs.placed[columns].assign(kind=changes.kinds(inputs.placed)),
        kinds=_kinds(inputs),
        as_of=inputs.as_of,
        audit=Audit(inputs),
        compared=history.comparable(inputs.period, inputs.coverage)[0],
        cell_size=inputs.cell_size,
        own_areas=tuple(inputs.areas["area_code"].astype("str")),
        secret=settings.privacy.secret,
    )


def _kinds(inputs: "Inputs") -> tuple[str, ...]:
    """List what is counted in all: what was asked for, without what is withheld."""
    asked = inputs.settings.analysis.categories or [ALL]
    named = inputs.settings.privacy.kinds
    return (
        *sorted(asked),
        *(f"{ALSO}{one}" for one in sorted(named)),
        *(f"{WITHOUT}{one}" for one in sorted(inputs.profile.kinds.withheld)),
    )
