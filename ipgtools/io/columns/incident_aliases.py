"""List the names that columns of incidents go by, as systems and offices write them."""

__all__ = ["INCIDENTS", "NEEDED", "PARTS", "VAGUE_NAMES"]

INCIDENTS: dict[str, tuple[str, ...]] = {
    "incident_id": (
        "incident_id", "Incident Identificatie", "incidentnummer", "incident nummer", "Crime ID",
        "crime_id", "bvh nummer", "registratienummer", "zaaknummer", "incident_no", "uid",
        "incidentnr", "bvhnr", "registratienr", "zaaknr", "incidentno", "incident number",
        "incident code id", "bvh id", "bvh registratienummer", "mutatienummer", "mutatienr",
        "mutatie id", "meldingsnummer", "meldingnummer", "meldingnr", "meldnummer", "melding id",
        "case number", "case no", "case id", "report number", "event id",
    ),
    "category": (
        "category", "Incidentsoort code", "mk_code", "mk", "maatschappelijke klasse code",
        "incidentcode", "Crime type", "offense_code", "crime_type", "code mk",
        "code incidentsoort", "code incident", "code maatschappelijke klasse", "mk klasse",
        "maatschappelijke klasse nummer", "delictcode", "code delict", "misdrijfcode",
        "soort misdrijf", "klasse code", "offence_code", "crime_code", "incident type code",
        "cbs code", "cbs klasse",
    ),
    "category_label": (
        "category_label", "Incidentsoort", "incident soort", "maatschappelijke klasse",
        "omschrijving incident", "soort incident", "mk omschrijving", "omschrijving mk", "mk oms",
        "oms mk", "incidentsoort omschrijving", "omschrijving incidentsoort",
        "maatschappelijke klasse omschrijving", "omschrijving maatschappelijke klasse",
        "incidentomschrijving", "klasse omschrijving", "incidenttype", "type incident", "delict",
        "delictsoort", "soort delict", "delicttype", "type delict", "delictomschrijving",
        "incident type", "incident category", "offense", "offence", "offense_type",
        "offence_type", "offense description", "offence description", "primary type", "crime",
        "type", "soort", "categorie", "omschrijving", "description",
    ),
    "occurred_from": (
        "occurred_from", "Begin-pleegdatum/tijd", "Begin pleegdatum tijd", "begin_pleegdatum_tijd",
        "begin", "begindatum", "pleegdatum", "datum", "date", "datum_van", "start", "date_from",
        "occurred_date_time", "start_date_time", "date_start", "occurred_on", "occurred_at",
    ),
    "occurred_to": (
        "occurred_to", "Eind-pleegdatum/tijd", "Eind pleegdatum tijd", "eind", "einde",
        "einddatum", "datum_tot", "date_to", "end_date_time", "date_end",
    ),
    "month": ("month", "maand_jaar", "pleegmaand", "jaarmaand"),
    "reported_at": (
        "reported_at", "Kennisnamedatum/tijd", "kennisname", "kennisnamedatum", "reported_on",
    ),
    "first_processed": (
        "first_processed", "eerste verwerking", "datum eerste verwerking", "eerst verwerkt op",
        "eerste verwerkingsdatum", "datum eerst verwerkt",
    ),
    "attempt": (
        "attempt", "Poging", "poging jn", "is poging", "poging indicatie", "attempted",
    ),
    "x": ("x", "x_rd", "x_coord", "xcoord", "x coordinaat", "rd_x", "x_work", "easting",
        "x coordinaat rd", "rd x coordinaat", "pleeg_x",),
    "y": ("y", "y_rd", "y_coord", "ycoord", "y coordinaat", "rd_y", "y_work", "northing",
        "y coordinaat rd", "rd y coordinaat", "pleeg_y",),
    "lon": ("lon", "longitude", "lng", "lengtegraad", "longitud"),
    "lat": ("lat", "latitude", "breedtegraad", "latitud"),
    "xy": (
        "xy", "coordinaten", "coordinaat", "xy_coordinaten", "coordinates", "wkt", "geom_wkt",
        "geom", "geometry", "the_geom", "latlon", "lonlat", "lat_lon", "wkt_geometry",
        "wkt_geom", "wkb", "wkb_geometry", "geo_point_2d", "geo_point", "geopoint", "geolocatie",
        "rd coordinaten", "coordinaten rd", "gps coordinaten", "gps",
    ),
    "street_name": (
        "street_name", "Pleegstraatnaam", "straatnaam", "straat", "street", "location",
        "pleegstraat", "straat incident", "incidentstraat", "openbare ruimte", "openbareruimtenaam",
    ),
    "city": (
        "city", "Pleegplaats", "plaats", "woonplaats", "pleegplaatsnaam", "plaatsnaam",
        "woonplaatsnaam", "pleegwoonplaats",
    ),
}  # fmt: skip

VAGUE_NAMES: dict[str, tuple[str, ...]] = {
    "occurred_from": ("datum", "date"),
    "category_label": ("type", "soort", "categorie", "omschrijving", "description", "crime"),
}
"""Names that give way to any that says more."""
NEEDED = {"occurred_from", "occurred_to", "x", "y", "lon", "lat", "xy"}
"""Columns without which there is no time or place: also a vague doubt about them is an error."""

PARTS: dict[str, tuple[str, ...]] = {
    "time_from": (
        "time_from",
        "tijd_van",
        "begintijd",
        "begin_tijd",
        "pleegtijd",
        "tijd",
        "tijdstip",
        "time",
        "starttijd",
    ),
    "time_to": ("time_to", "tijd_tot", "eindtijd", "eind_tijd"),
    "year": ("year", "jaar", "pleegjaar"),
    "month_number": ("month_number", "month", "maand", "mnd"),
    "day": ("day", "dag"),
    "hour": ("hour", "uur", "pleeguur"),
    "minute": ("minute", "minuut"),
}
"""Columns that hold a part of a time; looked at only where no column holds the whole of it."""
