"""
Words of Signalen and Open311, and notes on reading their exports.

Signalen and Open311 (GeoReport v2) are systems in which residents report what is wrong in
the public space. Their states and categories become ours by the lists below.
"""

__all__ = ["FIELDS", "MAINS", "OPEN", "PERSONAL", "POINT_REASON", "STATES", "SUBS"]

# Names of fields, nested ones joined by an underscore. Nothing else is read.

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id_display", "service_request_id", "id", "signal_id"),
    "text": ("text", "description"),
    "state": ("status_state", "state", "status", "status_state_display", "state_display"),
    "task": ("status_notes",),
    "sub": ("category_sub_slug", "sub_slug", "category_slug", "service_code"),
    "main": ("category_main_slug", "main_slug"),
    "sub_name": ("category_sub", "sub", "category_name", "service_name"),
    "main_name": ("category_main", "main"),
    "who": ("agency_responsible", "routing_departments", "category_departments", "departments"),
    "created": ("created_at", "requested_datetime", "incident_date_start"),
    "updated": ("updated_at", "updated_datetime"),
    "due": ("deadline", "category_deadline", "expected_datetime"),
    "street": ("location_address_openbare_ruimte", "address_openbare_ruimte", "openbare_ruimte"),
    "house": ("location_address_huisnummer", "address_huisnummer", "huisnummer"),
    "address": ("location_address_text", "address_text", "address", "address_string"),
    "point": ("location_geometrie", "geometrie", "geometry", "location_geometry"),
    "lon": ("long", "lon", "lng", "longitude"),
    "lat": ("lat", "latitude"),
}
PERSONAL = ("reporter", "email", "phone", "first_name", "last_name", "account_id", "device_id")
"""How names of fields about the reporter begin; only their presence is noted."""

# States: code of Signalen, its label, our status. "Doorgezet", "afgehandeld" and "niet nodig"
# are closed; what waits for the municipality's own word stays open.

STATES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("m", ("gemeld",), "geconstateerd"),
    ("i", ("in afwachting van behandeling",), "toegewezen"),
    ("b", ("in behandeling",), "in uitvoering"),
    ("h", ("on hold",), "in uitvoering"),
    ("ingepland", (), "in uitvoering"),
    ("ready to send", ("extern: te verzenden", "te verzenden naar extern systeem"), "toegewezen"),
    ("sent", ("extern: verzonden", "verzonden naar extern systeem"), "in uitvoering"),
    ("send failed", ("extern: mislukt", "verzending naar extern systeem mislukt"), "toegewezen"),
    ("done external", ("extern: afgehandeld", "afgehandeld door extern"), "in uitvoering"),
    (
        "closure requested",
        ("extern: verzoek tot afhandeling", "verzoek tot afhandeling"),
        "in uitvoering",
    ),
    ("reaction requested", ("reactie gevraagd",), "in uitvoering"),
    ("reaction received", ("reactie ontvangen",), "in uitvoering"),
    ("forward to external", ("doorgezet naar extern",), "doorgezet"),
    ("o", ("afgehandeld",), "afgehandeld"),
    ("a", ("geannuleerd",), "niet nodig"),
    ("reopened", ("heropend",), "geconstateerd"),
    ("reopen requested", ("verzoek tot heropenen",), "geconstateerd"),
    ("s", ("gesplitst",), "niet nodig"),
    ("closed", (), "afgehandeld"),
)
"""The parts of a split signal are signals of their own."""
OPEN = frozenset({"open"})
"""Open311's word for all that isn't closed: assigned if somebody is named, else found."""

# Sub-categories of Signalen by our category; main categories where the sub-category is too general.

SUBS: dict[str, tuple[str, ...]] = {
    "afval": (
        "asbest-accu", "container-is-kapot", "container-is-vol", "container-voor-papier-is-stuk",
        "container-voor-papier-is-vol", "container-voor-plastic-afval-is-kapot",
        "container-voor-plastic-afval-is-vol", "grofvuil", "handhaving-op-afval", "huisafval",
        "overig-afval", "prullenbak-is-kapot", "prullenbak-is-vol", "puin-sloopafval",
        "veeg-zwerfvuil", "lozing-dumping-bodemverontreiniging",
    ),
    "bouw": ("bouw-sloopoverlast",),
    "voertuig": (
        "auto-scooter-bromfietswrak", "fietswrak", "parkeeroverlast", "wegsleep", "deelfiets",
    ),
    "vernieling": ("graffiti-wildplak",),
    "verlichting": (
        "lantaarnpaal-straatverlichting", "straatverlichting-openbare-klok", "lichthinder",
        "verlichting-netstoring",
    ),
    "straatmeubilair": (
        "autom-verzinkbare-palen", "bewegwijzering", "camerasystemen", "fietsrek-nietje", "klok",
        "parkeer-verwijssysteem", "speelplaats", "sportvoorziening", "stadsplattegronden",
        "straatmeubilair", "verdeelkasten-bekabeling", "verkeersbord-verkeersafzetting",
        "verkeerslicht", "overig-wegen-verkeer-straatmeubilair",
    ),
    "verharding": (
        "onderhoud-stoep-straat-en-fietspad", "gladheid", "put-riolering-verstopt", "brug",
        "omleiding-belijning-verkeer",
    ),
    "groen": (
        "boom", "maaien-snoeien", "onkruid", "overig-groen-en-water", "oever-kade-steiger",
        "drijfvuil",
    ),
    "dieren": (
        "dode-dieren", "duiven", "ganzen", "meeuwen", "overig-dieren", "ratten", "wespen",
        "hondenpoep",
    ),
    "overlast": (
        "daklozen-bedelen", "drank-en-drugsoverlast", "jongerenoverlast",
        "overige-overlast-door-personen", "overlast-door-afsteken-vuurwerk",
        "overlast-van-taxis-bussen-en-fietstaxis", "wildplassen-poepen-overgeven",
        "stank-geluidsoverlast", "geluidsoverlast-installaties", "geluidsoverlast-muziek",
        "overlast-terrassen", "overlast-door-bezoekers-niet-op-terras", "stankoverlast",
        "overig-horecabedrijven", "vermoeden",
    ),
}  # fmt: skip
MAINS: dict[str, str] = {
    "afval": "afval",
    "wegen-verkeer-straatmeubilair": "straatmeubilair",
    "openbaar-groen-en-water": "groen",
    "overlast-van-dieren": "dieren",
    "overlast-van-en-door-personen-of-groepen": "overlast",
    "overlast-bedrijven-en-horeca": "overlast",
}

POINT_REASON = "punt uit de melding"
