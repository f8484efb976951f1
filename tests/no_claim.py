"""List the texts that speak of chance without making a claim, with the reason."""

REASONS: dict[str, tuple[str, ...]] = {
    "tells that nothing was shown": (
        "briefing.NOTES.hotspots",
        "charts.CHANGE.none",
        "charts.HOTSPOTS.none",
        "charts.LOCAL.none",
        "highlights.NOTHING",
        "highlights.NOTHING_TITLE",
        "highlights.busiest",
        "highlights.title_list",
        "maps.NO_HOTSPOTS",
        "sentences.moments.times_even",
        "sentences.places.hotspots_none",
        "sentences.repeated.near_repeats_none",
        "sentences.resemblance.drawn_together",
    ),
    "tells that it can be chance": (
        "charts.CLUSTERS.unsure",
        "charts.HOTSPOTS.cold_possible",
        "charts.HOTSPOTS.hot_possible",
        "charts.LOCAL.unsure",
        "charts.perhaps",
        "charts.RANKS.one_incident",
        "sentences.cautions.one_incident",
        "sentences.places.hotspots_possible",
        "sentences.totals.MAYBE_CHANCE",
    ),
    "tells that there is too little to say anything": (
        "methods.few_per_cell",
        "sentences.cautions.few_per_cell",
        "sentences.moments.times_too_few",
        "sentences.totals.TOO_FEW_TO_COMPARE",
    ),
    "explains a method, or how to read a picture": (
        "briefing.NOTES.vergelijking",
        "briefing.NOTES.wat_valt_op",
        "charts.RIPLEY.band",
        "charts.RIPLEY.even",
        "charts.RIPLEY.y",
        "charts.STABILITY.random",
        "charts.STABILITY.stable",
        "methods.knox",
    ),
    "a heading that states nothing": ("briefing.TITLES.wat_valt_op",),
    "names the size of a ratio; whether it is certain is the border of the cell (`risk`)": (
        "charts.RISK_CLASSES",
    ),
    "counts beside what chance gives; whether that is more is said by `interaction`": (
        "sentences.interaction.shared_neighbours",
    ),
    "asks to check a point by a rule on counts": (
        "charts.STACKED",
        "methods.stacked",
        "read_report.STACKED_REASONS.count",
        "read_report.stacked_why",
    ),
    "about how a file was read": (
        "methods.findings_doubted",
        "methods.incomplete",
        "persons.outcomes_unclear",
        "schouw.PLACES.corner_unsure",
        "schouw.PLACES.doubtful",
        "schouw.PLACES.number_against",
        "schouw.place",
    ),
    "not about incidents": (
        "actionlists.NO_DAY",
        "cli.SAMPLE_SEED",
        "persons.weak_key",
    ),
    "the table of claims itself": (
        "claims.AFTERWARDS",
        "claims.CLAIMS",
        "claims.COLUMNS",
        "claims.HEADING",
        "claims.INTRODUCTION",
        "claims._BASELINE",
        "claims.section",
    ),
}

NO_CLAIM: dict[str, str] = {name: why for why, names in REASONS.items() for name in names}
"""Reason by name."""
