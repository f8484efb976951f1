"""
Say in Dutch what an error's English message says to a programmer.

Each text tells what was found and what to do. The keys are the codes that errors carry;
the names between braces are their facts.
"""

from ipgtools.nl.formats import joined
from ipgtools.nl.read_report import MEANINGS

TEXTS: dict[str, str] = {
    "contract": "De tabel {table} klopt niet: {breaches}.",
    "crs_not_metric": (
        "{table} staat in {found}, maar er is een projectie in meters nodig, "
        "bijvoorbeeld RD (EPSG:28992). Geef het juiste stelsel op met `crs` in ipg.toml."
    ),
    "crs_differs": (
        "{table} staat in {found} en {other} in {expected}. Zet beide in hetzelfde stelsel."
    ),
    "crs_missing": "{table} vermeldt geen coördinatenstelsel. Geef het op met `crs` in ipg.toml.",
    "crs_work": "Het werkstelsel {found} rekent niet in meters. Kies bijvoorbeeld EPSG:28992 (RD).",
    "period_unreadable": (
        "De datum '{found}' in de periode is niet te lezen. Schrijf hem als 2025-09-01."
    ),
    "period_reversed": "De periode begint op {start} en eindigt op {end}. Draai de datums om.",
}

TEXTS |= {
    "file_missing": "Het bestand {path} bestaat niet. Controleer de naam en de map.",
    "file_is_folder": "{path} is een map, geen bestand. Noem het bestand zelf.",
    "file_empty": "Het bestand {path} is leeg. Maak de uitvoer opnieuw.",
    "file_no_rows": "Het bestand {path} heeft een kop maar geen rijen. Maak de uitvoer opnieuw.",
    "file_kind": "Het bestand {path} is van een onbekend soort. Bekend zijn: {known}.",
    "file_unreadable": (
        "Het bestand {path} is niet te lezen ({reason}). Is het beschadigd of van een ander soort?"
    ),
    "columns_double": (
        "In {path} komt een kolomnaam vaker voor: {columns}. Geef elke kolom een eigen naam."
    ),
    "columns_unknown": "De instelling `columns` noemt {column}. Bekend zijn: {known}.",
    "columns_doubt": (
        "In {path} kunnen meer kolommen `{column}` zijn: {found}. "
        "Kies er een in ipg.toml, onder [columns]."
    ),
    "columns_missing": (
        "In {path} ontbreekt een kolom voor {columns}, meestal {known}. Gevonden: {found}. {hint}"
    ),
    "dates_unknown": (
        "In {path} is de kolom {column} niet als datum te lezen, bijvoorbeeld {examples}. "
        "Schrijf datums als 31-12-2025 23:59 of 2025-12-31 23:59."
    ),
    "dates_doubt": (
        "In {path} is niet te zien of de kolom {column} met de dag of met de maand begint, "
        "bijvoorbeeld {examples}. Lees een export over een langere periode (een dag na de 12e "
        "maakt het duidelijk), of schrijf de datums als 2025-12-31."
    ),
    "crs_unknown": (
        "{path} vermeldt geen coördinatenstelsel. Geef het op in ipg.toml met `crs`, "
        'bijvoorbeeld crs = "EPSG:28992" voor RD.'
    ),
    "crs_contradicts": "{path} staat volgens het bestand in {found}, maar `crs` zegt {given}.",
    "xy_swapped_file": (
        "In {path} lijken x en y verwisseld: {x} en {y} geven {example}. "
        "In RD is x altijd kleiner dan y. Zet in ipg.toml onder [columns.incidents]: "
        'x = "{y}" en y = "{x}". Zijn het Britse coördinaten, geef dan crs = "EPSG:27700" op.'
    ),
    "xy_degrees_file": (
        "In {path} staan graden ({example}) waar {crs} meters vraagt. "
        'Zijn het lengte- en breedtegraden, geef dan crs = "EPSG:4326" op in ipg.toml.'
    ),
    "xy_outside_file": (
        "In {path} liggen de coördinaten in {x} en {y} (bijvoorbeeld {example}) buiten het gebied "
        "van {crs}. Controleer het stelsel en geef het op in ipg.toml met `crs`."
    ),
    "xy_unreadable_file": "In {path} zijn {x} en {y} geen getallen. Controleer deze kolommen.",
    "no_geometry": (
        "{path} bevat geen vlakken of lijnen. Geef een GeoPackage, GeoJSON of Shapefile."
    ),
    "key_missing": (
        "Het sleutelbestand {path} bestaat niet. Zonder sleutel worden geen personen gelezen. "
        "Maak een tekstbestand met ten minste 32 willekeurige tekens."
    ),
    "key_short": "De sleutel heeft {found} tekens; er zijn er ten minste {needed} nodig.",
    "audience_unknown": "Het publiek '{found}' is onbekend. Kies uit: {known}.",
    "release_unknown": "Deze tabel ({columns}) is niet herkend en mag niet naar buiten.",
    "release_persons": "Gegevens over personen mogen niet naar buiten ({audience}).",
    "release_incidents": "Punten van incidenten mogen niet naar buiten ({audience}).",
    "release_person_counts": "Aantallen personen mogen niet openbaar worden.",
    "release_person_buurt": "Aantallen personen per buurt mogen niet naar partners; kies de wijk.",
    "release_places": "Plekken met incidenten mogen niet naar buiten ({audience}).",
    "release_few": (
        "Er zijn minder dan {smallest} {subject} in deze periode: te weinig om te delen "
        "({audience}). Kies een langere periode of een groter gebied."
    ),
    "map_package_missing": "Voor de kaart ontbreekt {package}. Installeer dit pakket.",
    "map_not_offline": "De kaart zou {found} van internet halen en is daarom niet bewaard.",
    "release_photos": "Foto's van bewoners mogen niet openbaar worden.",
}

TEXTS |= {
    "settings_missing": (
        "De instellingen {path} bestaan niet. Maak een ipg.toml of noem het bestand met --config."
    ),
    "crs_invalid": (
        "Het coördinatenstelsel '{found}' bestaat niet. Schrijf het als EPSG:28992 (RD)."
    ),
    "settings_toml": "De instellingen {path} zijn niet te lezen: {reason}.",
    "settings_invalid": "In de instellingen {path} klopt iets niet: {problems}.",
    "area_unknown": (
        "Het gebied '{found}' komt niet voor in {path}. Bekend zijn bijvoorbeeld: {known}."
    ),
    "area_double": "De naam '{found}' komt vaker voor ({codes}). Geef de code op.",
    "areas_miss_incidents": (
        "Geen van de {n} {subject} ligt in {area}. Het gebied loopt van x {west} tot {east} en "
        "y {south} tot {north}; de {subject} van x {x_from} tot {x_to} en y {y_from} tot {y_to}. "
        "Horen deze bestanden bij elkaar, en klopt het coördinatenstelsel?"
    ),
    "period_empty": (
        "In de periode {period} zijn er geen {subject} in {area}. "
        "Het bestand loopt van {first} t/m {last}. Kies een andere periode in ipg.toml."
    ),
    "streets_empty": (
        "In de straten staat geen enkele lijn met een lengte. Geef een bestand met straten als "
        "lijnen, bijvoorbeeld uit het NWB of OpenStreetMap."
    ),
    "grid_empty": "Er is niets om een raster over te leggen: geen enkele rij heeft een plek.",
    "risk_empty": (
        "Er is geen risico te berekenen: in het raster liggen {n_incidents} incidenten, op "
        "een bevolking van {population}. Passen de bestanden bij hetzelfde gebied?"
    ),
    "grid_too_large": (
        "Met vakken van {cell_size} m zijn er {n_cells} vakken nodig; dat is te veel. "
        "Kies een grotere `cell_size` in ipg.toml of een kleiner gebied."
    ),
    "no_times": "Geen van de {n} {subject} heeft een datum. Controleer de kolommen met tijden.",
    "categories_unknown": (
        "Bij de gekozen soorten ({found}) horen geen {subject}. Gevonden codes: {known}."
    ),
    "kind_unknown": "{path}: niet te zien wat dit is. Geef de soort op met --soort ({kinds}).",
    "schouw_format": (
        "Het schouwverslag {path} is van een soort die niet gelezen wordt. Bekend zijn: {known}."
    ),
    "schouw_columns": (
        "In het schouwverslag {path} ontbreekt: {missing}. Gevonden kolommen: {found}. "
        "Geef de kolommen de namen nr, adres, omschrijving, actie door."
    ),
    "schouw_no_table": (
        "In {path} staat geen tabel met een kop (nr, adres, omschrijving, actie door). "
        "Zet de bevindingen in zo'n tabel: een rij per bevinding."
    ),
    "schouw_no_rows": (
        "In {path} is geen bevinding gevonden: geen regel begint met een nummer en een plaats. "
        "Is dit de tekst van een schouwverslag?"
    ),
    "schouw_no_reports": (
        "In {path} zijn geen meldingen gevonden. Gelezen worden exports van Signalen en van "
        "Open311 (GeoReport v2)."
    ),
    "ocr_missing": (
        "Het verslag {path} is een scan zonder tekst. Installeer Tesseract met Nederlands "
        "(pakketten tesseract-ocr en tesseract-ocr-nld) en lees opnieuw, of lever het als "
        "Word-bestand aan."
    ),
    "ocr_failed": (
        "Tesseract kan de scan {path} niet lezen. Is de scan goed te lezen? "
        "Lever het verslag anders als Word-bestand aan."
    ),
    "words_missing": (
        "Er staat geen Nederlandse woordenlijst op deze computer (gezocht: {places}). "
        "Installeer het pakket wdutch, of lees zonder `words`."
    ),
    "schouw_too_large": "Het bestand {path} is te groot voor een schouwverslag.",
    "photos_none": "In de map {path} staan geen bestanden.",
    "sample_size": "Kies een aantal incidenten van {low} tot {high}, niet {found}.",
}

SETTINGS_FAULTS: dict[str, str] = {
    "extra_forbidden": "{where} bestaat niet",
    "missing": "{where} ontbreekt",
    "literal_error": "{where} kan niet {found} zijn",
    "value_error": "bij offences hoort een sleutelbestand (key)",
    "schouw_dates": "schouw_date heeft een datum nodig voor elk verslag in schouw",
    "locatieserver_city": "bij locatieserver hoort de woonplaats (city)",
}


TEXTS |= {
    "file_bomb": (
        "Het bestand {path} is ingepakt en wordt uitgepakt veel te groot; het is niet geopend. "
        "Vraag de afzender om een gewoon bestand."
    ),
    "folder_empty": "In de map {path} staat geen bestand dat gelezen kan worden ({known}).",
}

TEXTS |= {
    "kind_unknown_table": (
        "Aan {path} is niet te zien wat het is. De kolommen zijn: {found}. Geef de soort op met "
        "--soort ({kinds}); hoe u zelf kolommen aanwijst, staat in docs/instellingen.md."
    ),
    "key_not_given": (
        "{path} bevat personen (antecedenten). Die worden alleen met een sleutel gelezen, zodat "
        "nummers pseudoniemen worden. Geef het sleutelbestand op met --sleutel."
    ),
    "kind_wrong": "De soort '{found}' is onbekend. Kies uit: {kinds}.",
    "folder_mixed": "In de map {path} staan bestanden van verschillende soorten. Noem ze apart.",
    "photo_status": ("In {path} heeft foto {photo} de status '{found}'. Kies uit: {known}."),
    "photo_step": (
        "In {path} gaat foto {photo} van '{before}' naar '{after}'; dat kan niet. "
        "Na '{before}' kan alleen: {allowed}. Staan de datums goed?"
    ),
    "file_locked": (
        "Het bestand {path} is met een wachtwoord beveiligd. Open het met dat wachtwoord, bewaar "
        "het zonder wachtwoord op een beveiligde plek en lees het opnieuw."
    ),
    "file_page": (
        "Het bestand {path} heet {suffix}, maar is van binnen een webpagina. Open het in Excel en "
        "bewaar het als Excel-werkmap (.xlsx) of als CSV."
    ),
    "file_renamed": (
        "Het bestand {path} heet {suffix}, maar is van binnen {real}. "
        "Verander het eind van de naam in {real} en lees het opnieuw."
    ),
    "file_cut_off": (
        "Het bestand {path} is niet compleet: het houdt halverwege op. Haal het opnieuw op of "
        "vraag de afzender om het nog eens te sturen."
    ),
    "rejected_kind": (
        "Afgekeurde rijen worden opgeslagen als .xlsx of .csv, niet als {path}. "
        "Geef bij --verworpen een naam die daarop eindigt."
    ),
}

TEXTS |= {
    "zip_empty": (
        "In {path} zit geen bestand dat gelezen kan worden ({known}). Pak een zip in een zip "
        "eerst zelf uit."
    ),
    "zip_doubt": (
        "In {path} zitten meer bestanden: {found}. Kies er een door de naam achter de zip te "
        "zetten, bijvoorbeeld {path}/{first}."
    ),
    "zip_member": "In {path} zit geen {member}. Wel: {found}.",
    "zip_locked": (
        "Het bestand {path} is met een wachtwoord ingepakt. Pak het zelf uit en lees opnieuw."
    ),
    "layer_missing": "In {path} is geen blad of laag '{layer}'. Wel: {found}.",
    "layer_doubt": (
        "In {path} kunnen meer bladen of lagen bedoeld zijn: {found}. Kies er een door de naam "
        "achter het bestand te zetten, bijvoorbeeld {path}/{first}."
    ),
    "file_other_kind": (
        "Het bestand {path} is van binnen geen gewoon {kind}-bestand en wordt niet geopend. "
        "Vraag de afzender om een nieuwe uitvoer."
    ),
    "file_too_large": (
        "Het bestand {path} bevat meer dan er uit een werkblad gelezen wordt. "
        "Bewaar het als CSV of Parquet."
    ),
    "db_url": (
        "Deze verwijzing naar een database klopt niet. Schrijf haar als "
        "postgresql://gebruiker@server/database?table=schema.tabel of "
        "duckdb:///map/bestand.duckdb?table=tabel."
    ),
    "db_table": (
        "In de database {path} is niet duidelijk welke tabel bedoeld is ({table}). "
        "Zet ?table= achter de verwijzing, met een van: {found}."
    ),
    "db_failed": (
        "De database {path} is niet te lezen ({reason}). Controleer server, naam en rechten; een "
        "wachtwoord hoort in PGPASSWORD of ~/.pgpass."
    ),
    "db_package": (
        "Voor deze database ontbreekt het pakket {package}. Installeer ipgtools[database]."
    ),
    "db_srids": (
        "De kolom {column} bevat vormen in meer dan een coördinatenstelsel ({found}). "
        "Zet ze in de database eerst om naar een stelsel."
    ),
}


TEXTS |= {
    "service_address": (
        "'{found}' is geen adres van een dienst op internet. Schrijf het voluit, met https:// "
        "ervoor."
    ),
    "service_unreachable": (
        "De dienst op {host} is niet te bereiken ({reason}). Controleer de internetverbinding, of "
        "probeer het later."
    ),
    "service_busy": (
        "De dienst op {host} is te druk of in onderhoud ({status}), ook na {tries} pogingen. "
        "Probeer het later opnieuw."
    ),
    "service_refused": "De dienst op {host} weigert de vraag ({status}: {reason}).",
    "service_answer": (
        "De dienst op {host} geeft geen bruikbaar antwoord: {reason}. Er is niets van gebruikt. "
        "Probeer het later opnieuw."
    ),
    "areas_unreachable": (
        "De wijken en buurten zijn niet op te halen: {host} is niet te bereiken ({reason}). "
        "Controleer de internetverbinding. Lukt dat niet, haal dan op een andere computer bij het "
        "CBS de 'Wijk- en buurtkaart {year}' op (GeoPackage) en noem dat bestand bij `areas` in "
        "ipg.toml."
    ),
    "areas_none": (
        "De dienst op {host} heeft geen wijken en buurten van {found} voor {year}. Kies een ander "
        "jaar met --jaar."
    ),
    "areas_suffix": "Geef het bestand een naam die op .gpkg eindigt, niet {found}.",
    "gemeente_unknown": "De gemeente '{found}' bestaat niet in {year}. {meant}",
}


def say(code: str, facts: dict[str, object]) -> str:
    """
    Say an error in Dutch.

    Parameters
    ----------
    code : str
        What the error carries as `code`.
    facts : dict
        What it carries as `facts`.

    Returns
    -------
    str
        What was found and what to do.

    Examples
    --------
    >>> say("file_empty", {"path": "a.csv"})
    'Het bestand a.csv is leeg. Maak de uitvoer opnieuw.'
    """
    facts = dict(facts)
    if code == "columns_missing":
        facts |= _missing(str(facts["columns"]))
    if code == "settings_invalid":
        faults = facts.pop("faults")
        facts["problems"] = "; ".join(
            SETTINGS_FAULTS.get(kind, "{where} heeft een onbruikbare waarde ({found})").format(
                where=where, found=found
            )
            for where, kind, found in faults  # type: ignore[attr-defined]
        )
    return TEXTS[code].format_map(facts)


HINTS: dict[str, str] = {
    "x": (
        "Zonder coördinaten geen kaart: vraag een export met X en Y (RD), of noem de kolommen in "
        "ipg.toml onder [columns.incidents]."
    ),
    "occurred_from": (
        "Heet de kolom anders, noem haar dan in ipg.toml onder [columns.incidents]: "
        'occurred_from = "Pleegdatum".'
    ),
}
"""What to do about a column that is missing; other columns have a general hint."""
HINT = "Heet de kolom anders, noem haar dan in ipg.toml onder [columns]."


def _missing(columns: str) -> dict[str, str]:
    """Name missing columns in Dutch, and say what to do about them."""
    names = columns.split(", ")
    hints = [HINTS[name] for name in names if name in HINTS] or [HINT]
    return {
        "columns": joined(f"{MEANINGS.get(name, name)} ({name})" for name in names),
        "hint": " ".join(hints),
    }
