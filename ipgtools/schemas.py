"""
The tables ipgtools works on: one contract each.

Code and column names are English; Dutch terms of art stay. Tables are GeoDataFrames in the
working CRS with the contract's columns first; further columns pass through untouched.
"""

from ipgtools.contracts import Column, Contract

__all__ = [
    "ACTIONS", "ADDRESSES", "AREAS", "CASES", "FINDINGS", "INCIDENTS", "OFFENCES", "PHOTOS",
    "STREETS",
]  # fmt: skip

INCIDENTS = Contract(
    "INCIDENTS",
    "a registered incident",
    (
        Column("incident_id", "text", "Identifier in the source", nullable=False, unique=True),
        Column("category", "text", "Code of the incident: MK or another list"),
        Column("category_label", "text", "The code in words"),
        Column("occurred_from", "time", "Earliest time it can have happened"),
        Column("occurred_to", "time", "Latest time it can have happened, not before the earliest"),
        Column("reported_at", "time", "When police heard of it"),
        Column("attempt", "flag", "Whether it stayed at an attempt"),
        Column("source", "text", "File it came from"),
    ),
    geometry=("Point",),
)

FINDINGS = Contract(
    "FINDINGS",
    "a finding of a wijkschouw",
    (
        Column("finding_id", "text", "schouw_id and number", nullable=False, unique=True),
        Column("schouw_id", "text", "Which schouw", nullable=False),
        Column("schouw_date", "time", "Day of the walk"),
        Column("number", "integer", "Number in the report"),
        Column("location_text", "text", "The place in the report's words"),
        Column("description", "text", "What was found, in the report's words"),
        Column("category", "text", "Code from `ipgtools.schouw.CATEGORIES`"),
        Column("location_score", "number", "How sure the point is, 0 to 1", unit="1"),
        Column("source", "text", "File it came from"),
    ),
    geometry=("Point",),
)

ACTIONS = Contract(
    "ACTIONS",
    "an action on a finding",
    (
        Column("action_id", "text", "finding_id and letter", nullable=False, unique=True),
        Column("finding_id", "text", "The finding it is about", nullable=False),
        Column("actor", "text", "Who acts; joint actors are joined by ' / '"),
        Column("task", "text", "What is to be done"),
        Column("status", "text", "geconstateerd, toegewezen, in uitvoering, afgehandeld, ..."),
        Column("due", "time", "Day it should be done"),
        Column("closed_on", "time", "Day it was done"),
    ),
)

OFFENCES = Contract(
    "OFFENCES",
    "a person's part in an offence",
    (
        Column("person", "text", "Keyed pseudonym", nullable=False, personal=True),
        Column("offence_id", "text", "Identifier of the fact"),
        Column("pv_id", "text", "Proces-verbaal it stands in"),
        Column("incident_id", "text", "Incident it belongs to"),
        Column("committed_on", "time", "Day it was committed"),
        Column("category", "text", "Code of the offence"),
        Column("sent_to_om", "flag", "Whether the pv was sent to the OM"),
        Column("outcome", "text", "What court or OM made of it"),
        Column("age", "number", "Age at the offence", unit="years", personal=True),
    ),
    geometry=("Point",),
)

CASES = Contract(
    "CASES",
    "an action of a partner in a person's case, or a case without one",
    (
        Column("case_number", "text", "Number of the case", nullable=False, personal=True),
        Column("kind", "text", "pga or tbs", nullable=False),
        Column("team", "text", "Team that runs the case", nullable=False),
        Column("phase", "text", "Phase, in the words of the source", nullable=False),
        Column("partner", "text", "Organisation that acts"),
        Column("action", "text", "What it is to do"),
        Column("due", "time", "Last day for it"),
        Column("done", "flag", "Whether it was done", nullable=False),
        Column("source", "text", "File it came from"),
    ),
)

AREAS = Contract(
    "AREAS",
    "a wijk or buurt",
    (
        Column("area_code", "text", "Code, for instance BU01530100", nullable=False, unique=True),
        Column("area_name", "text", "Name", nullable=False),
        Column("level", "text", "gemeente, wijk, buurt or another word for the level"),
        Column("parent_code", "text", "Code of the area it is part of"),
        Column("inhabitants", "integer", "Inhabitants", unit="persons"),
        Column("households", "integer", "Households", unit="households"),
        Column("indeling_jaar", "integer", "Year of the division the code belongs to", unit="year"),
    ),
    geometry=("Polygon", "MultiPolygon"),
)

STREETS = Contract(
    "STREETS",
    "a stretch of street",
    (
        Column("street_id", "text", "Identifier in the source", nullable=False),
        Column("street_name", "text", "Name; missing for paths without one"),
        Column("kind", "text", "Kind of street, as the source calls it"),
    ),
    geometry=("LineString", "MultiLineString"),
)

ADDRESSES = Contract(
    "ADDRESSES",
    "an address",
    (
        Column("address_id", "text", "Identifier in the source"),
        Column("street_name", "text", "Name of the street", nullable=False),
        Column("house_number", "integer", "House number", nullable=False),
        Column("house_letter", "text", "Letter after the number"),
        Column("addition", "text", "What comes after number and letter"),
        Column("postcode", "text", "Postcode, without a space"),
        Column("city", "text", "Town, as the BAG calls it (woonplaats)"),
    ),
    geometry=("Point",),
)

PHOTOS = Contract(
    "PHOTOS",
    "a photo sent in by a resident",
    (
        Column("photo_id", "text", "First digits of the hash", nullable=False, unique=True),
        Column("taken_at", "time", "When it was taken, by the camera"),
        Column("received_at", "time", "When the mail came in"),
        Column("caption", "text", "Subject of the mail, without names"),
        Column("status", "text", "melding, op briefing, naar justitie, opdracht, afgesloten"),
        Column("sha256", "text", "Hash of the file as received"),
        Column("path", "text", "The stripped copy"),
        Column("source", "text", "Mail it came from"),
    ),
    geometry=("Point",),
)
