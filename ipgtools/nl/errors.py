"""
Words of errors in Dutch, by code.

Each text tells what was found and what to do. The keys are the codes that errors carry;
the names between braces are their facts.
"""

import re

from ipgtools.nl import evaluation, register
from ipgtools.nl.formats import joined
from ipgtools.nl.read_report import MEANINGS

TEXTS: dict[str, str] = {
    "contract": "De tabel {table} klopt niet: {breaches}.",
    "days_unknown": (
        "Van {n} van de {total} incidenten is alleen de maand bekend; dit heeft dagen nodig. Laat "
        "ze weg of reken per maand."
    ),
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
    "date_unreadable": (
        "Bij {name} staat '{found}', maar daar hoort een datum. Schrijf hem als 2025-09-01 of als "
        "1-9-2025 (dag-maand-jaar)."
    ),
    "date_month": (
        "Bij {name} staat '{found}', maar er zijn maar twaalf maanden. Schrijf een datum als "
        "dag-maand-jaar (31-12-2025) of als 2025-12-31."
    ),
    "date_impossible": (
        "Bij {name} staat '{found}', maar dat staat niet op de kalender of de klok. Kijk de dag, "
        "de maand en de tijd na."
    ),
    "date_zone": (
        "Bij {name} staat '{found}', met een tijdzone. Schrijf de plaatselijke tijd zonder zone, "
        "zoals 2025-09-01 14:30."
    ),
    "month_unreadable": "'{found}' is geen maand. Schrijf hem als {example}.",
    "quarter_unreadable": "'{found}' is geen kwartaal. Schrijf het als {example}.",
    "year_unreadable": "'{found}' is geen jaar. Schrijf het als {example}.",
    "weeks_number": "Het aantal weken is {found}; geef een heel getal van 1 of meer.",
    "period_reversed": (
        "De periode begint op {start} en eindigt op {end}. Draai de datums om, of kies een later "
        "einde: dat is de eerste dag die er niet meer bij hoort."
    ),
}

TEXTS |= {
    "number_expected": (
        "`{name}` is {found}, maar daar hoort een getal; schrijf het zonder aanhalingstekens."
    ),
    "grid_expected": (
        "`grid` is een {found}, maar daar hoort een raster. Leg dat eerst over de gebieden: "
        "grid = ipg.Grid.covering(gebieden, cell_size=100)."
    ),
    "period_expected": (
        "`{name}` is '{found}', maar daar hoort een periode, bijvoorbeeld "
        'ipg.Period.month("2025-09") of ipg.Period("1-9-2025", "1-12-2025").'
    ),
    "arguments_swapped": "Punten en gebieden zijn verwisseld: eerst de punten, dan de gebieden.",
    "table_expected": "`{name}` is een {found}, maar daar hoort de tabel van {made_by}.",
    "made_by": ("De tabel `{name}` heeft geen kolom {lacking}. Geef de tabel die {made_by} maakt."),
    "not_counted": (
        "De tabel `{name}` heeft geen kolom {lacking}: de incidenten zijn nog niet geteld. Tel ze "
        "eerst per vak: cellen = ipg.hotspots.count(incidenten, grid)."
    ),
    "chart_expected": (
        "Een {found} is geen kaart of grafiek. Teken haar eerst, bijvoorbeeld met "
        "ipg.charts.hotspots, en toon wat dat geeft."
    ),
    "briefing_expected": (
        "Een {found} is geen briefing. Geef wat ipg.pipeline.run teruggeeft, of de briefing daarin "
        "(run.briefing)."
    ),
    "slide_content": (
        "Een {found} past niet op een dia. Geef een kaart of grafiek van ipg.charts, een foto (PNG "
        "of JPEG), een tabel of tekst."
    ),
    "slide_title": 'Geef de dia een titel die zegt wat er is gevonden: title="...".',
    "slide_picture": "{path} is geen foto of beeld dat te lezen is. Geef PNG of JPEG.",
    "slide_not_released": (
        "Deze briefing is voor {audience}, en de tabel is daar niet voor vrijgegeven. Geef haar "
        "eerst vrij met ipg.privacy.release, en zet die tabel op de dia."
    ),
    "slide_table_changed": (
        "De tabel is veranderd nadat zij voor {audience} was vrijgegeven. Zet de vrijgegeven tabel "
        "op de dia zoals zij is, en kies met `columns` en `n` wat ervan te zien is."
    ),
    "slide_other_audience": (
        "De kaart of grafiek is getekend voor {found}, en de briefing is voor {audience}. Teken "
        "haar met tabellen die voor {audience} zijn vrijgegeven."
    ),
    "preview_without_office": (
        "LibreOffice staat niet op deze computer, dus de dia's zijn hier niet te tonen. Bewaar de "
        'briefing met ipg.briefing.save(briefing, "briefing.pptx") en open dat bestand.'
    ),
    "preview_failed": (
        "LibreOffice kon de dia's niet tekenen. Bewaar de briefing met "
        'ipg.briefing.save(briefing, "briefing.pptx") en open dat bestand.'
    ),
    "color_class": "Een klasse '{found}' is er niet. Kies uit: {known}.",
    "color_map": (
        "Een kleurenreeks '{found}' is er niet. Geef er een van matplotlib, bijvoorbeeld "
        "'Purples', of een lijst van kleuren van weinig naar veel."
    ),
    "color_unknown": "'{found}' is geen kleur. Schrijf '#8f3c04' of een Engelse naam als 'navy'.",
    "geodataframe_expected": (
        "`{table}` is een {found}, maar daar hoort een tabel met punten of vlakken (GeoDataFrame)."
    ),
    "counts_expected": (
        "Hier horen aantallen, geen {found} met nog andere kolommen. Geef de kolom met aantallen, "
        'bijvoorbeeld cellen["n"].'
    ),
    "times_expected": (
        "Geef de kolom met tijden, niet de hele tabel: "
        'periode.contains(incidenten["occurred_from"]), of ipg.select(incidenten, period=periode).'
    ),
    "settings_source": (
        'Instellingen komen uit een bestand: ipg.Settings.read("ipg.toml"), niet uit {found}.'
    ),
    "init_exists": (
        "{path} bestaat al en blijft zoals het is. Kies met --uit een andere naam, of verplaats "
        "het bestand."
    ),
    "init_nothing": "Van geen van de bestanden is te zien wat het is. {said}",
    "load_source": (
        "ipg.load leest een bestand met instellingen (ipg.toml) of Settings, geen {found}. Zijn "
        "het incidenten, gebruik dan ipg.read_incidents."
    ),
    "period_not_covered": (
        "De bestanden dekken {period} niet helemaal. Vergelijk met een periode die er wel "
        "helemaal in zit."
    ),
    "category_unknown": "Er is geen soort die '{found}' heet. {close}In de tabel staan: {known}.",
    "select_area_unknown": (
        "Er is geen incident in een gebied dat '{found}' heet. {close}In de tabel staan: {known}."
    ),
    "select_no_areas": (
        "Van deze incidenten is niet bekend in welk gebied ze liggen, zodat '{found}' niet te "
        "vinden is. Geef bij `area` de vlakken zelf, bijvoorbeeld "
        'gebieden[gebieden["area_name"] == "…"], of neem de incidenten uit ipg.load.'
    ),
    "select_hours": (
        "`hours` is {found}, maar daar horen twee uren van de dag, van en tot: (22, 6) is van tien "
        "uur 's avonds tot zes uur 's ochtends."
    ),
    "select_weekdays": (
        "'{found}' is geen dag van de week. Kies uit {known}, of weekend of werkdagen."
    ),
}

TEXTS |= {
    "reader_source": (
        "Lezen kan uit een bestand, een map, een lijst daarvan of een tabel (DataFrame), niet uit "
        "{found}."
    ),
    "reader_nothing": "De lijst met bestanden is leeg; noem er ten minste een.",
    "rows_in_two_files": (
        "Van de kolom {column} staan {n} waarden in meer dan een bestand, bijvoorbeeld {example} "
        "in {path} en in {other}. Laat een van de twee weg, of haal daar de dubbele rijen uit."
    ),
    "file_missing": "Het bestand {path} bestaat niet. Controleer de naam en de map.",
    "file_is_folder": "{path} is een map, geen bestand. Noem het bestand zelf.",
    "file_empty": "Het bestand {path} is leeg. Maak de uitvoer opnieuw.",
    "file_no_rows": "Het bestand {path} heeft een kop maar geen rijen. Maak de uitvoer opnieuw.",
    "file_kind": (
        "Het bestand {path} is van een soort die niet gelezen wordt. Bekend zijn: {kinds}. Open "
        "het in het programma waar het uit komt en bewaar het als een daarvan, bijvoorbeeld als "
        ".xlsx of CSV."
    ),
    "file_shortcut": (
        "{path} is een snelkoppeling, niet het bestand zelf. Klik er met rechts op, kies de "
        "locatie van het bestand openen, en noem het bestand dat daar staat."
    ),
    "file_settings": (
        "{path} bevat instellingen, geen gegevens. Maak de briefing met: ipgtools briefing "
        "--config {path}."
    ),
    "lines_quoted": (
        "In {path} staat elke regel als geheel tussen aanhalingstekens, zodat alles in een kolom "
        "komt ({found}). Zet het in Excel om met Gegevens, Tekst naar kolommen, of vraag een "
        "nieuwe export."
    ),
    "shape_parts": (
        "{path} is maar een deel van een Shapefile: de bestanden met dezelfde naam op .shx, .dbf "
        "en .prj horen erbij. Zet ze in dezelfde map, of lees de zip waar ze uit komen."
    ),
    "file_not_packed": (
        "{path} heet .gz maar is niet ingepakt. Haal .gz van de naam af en lees het opnieuw."
    ),
    "file_document": (
        "{path} is van binnen een tekstdocument (RTF). Open het in Word en bewaar het als .docx, "
        "of vraag de gegevens als Excel of CSV."
    ),
    "header_missing": (
        "In {path} staan geen kolomnamen boven de gegevens: de eerste regel is al een rij "
        "({found}). Zet er een regel met kolomnamen boven, of vraag een export met kop."
    ),
    "inhabitants_table": (
        "{path} is een tabel met inwoners per gebied, zonder vlakken. Noem haar in ipg.toml bij "
        "inhabitants, naast een kaart met de vlakken bij areas."
    ),
    "file_unreadable": (
        "Het bestand {path} is niet te lezen ({reason}). Is het beschadigd of van een ander soort? "
        "Maak de uitvoer opnieuw, en bewaar haar zo mogelijk als .xlsx of CSV."
    ),
    "columns_double": (
        "In {path} komt een kolomnaam vaker voor: {columns}. Geef elke kolom een eigen naam. "
        "Staan er twee kopregels boven de tabel, haal dan de bovenste weg."
    ),
    "columns_given": (
        "Voor {column} is in ipg.toml de kolom {given} aangewezen, maar die staat niet in {path}. "
        "Gevonden: {found}."
    ),
    "none_used": (
        "In {path} is geen enkele rij bruikbaar: {reasons}. Bekijk het bestand met ipgtools check, "
        "of vraag een nieuwe export."
    ),
    "not_written": (
        "{path} is niet op te slaan ({reason}). Bestaat de map, mag u daar schrijven, en is het "
        "bestand niet open in een ander programma?"
    ),
    "folder_full": (
        "De schijf is vol: {path} is niet op te slaan. {kept} Maak ruimte, of kies een map op een "
        "andere schijf, en probeer het opnieuw."
    ),
    "folder_denied": (
        "{path} is niet op te slaan: in de map erboven mag u niet schrijven. {kept} Kies een map "
        "waar dat wel mag."
    ),
    "folder_in_use": (
        "De map {path} is niet te vervangen: er staat nog een bestand uit open in een ander "
        "programma, zoals PowerPoint of Excel. {kept} Sluit het en probeer het opnieuw."
    ),
    "folder_in_way": (
        "De map {path} is niet te maken: op die plek staat een bestand, {in_way}. {kept} Haal het "
        "weg of kies een andere map."
    ),
    "folder_failed": "{path} is niet op te slaan ({reason}). {kept} Kies zo nodig een andere map.",
    "folder_displaced": (
        "{path} is niet op te slaan, en de vorige versie is niet terug te zetten. Die staat in "
        "{old}; de volgende keer dat er iets in dezelfde map wordt opgeslagen, komt zij terug."
    ),
    "format_unknown": "{path} eindigt op iets dat wij niet schrijven. Kies uit: {formats}.",
    "format_holds_one": (
        "In {path} past een tabel, en er zijn er {n}. Kies een naam die eindigt op .gpkg of .xlsx."
    ),
    "disk_full": "De schijf is vol. Er is niets opgeslagen. Maak ruimte en probeer het opnieuw.",
    "no_temporary_folder": (
        "Er is geen map voor tijdelijke bestanden waarin geschreven kan worden ({reason}). Maak "
        "ruimte op de schijf, of wijs een map aan met de omgevingsvariabele TMPDIR (in Windows "
        "TEMP)."
    ),
    "columns_unknown": "De instelling `columns` noemt {column}. Bekend zijn: {known}.",
    "columns_doubt": (
        "In {path} passen meer kolommen bij '{meaning}': {found}. Kies er een in ipg.toml, onder "
        '{section}, bijvoorbeeld {column} = "{first}".'
    ),
    "id_doubt": (
        "In {path} kan de kolom {column} het incidentnummer zijn, maar {n} keer komt een waarde "
        "terug bij een andere rij, bijvoorbeeld {example}. Zet in ipg.toml onder "
        '[columns.incidents] incident_id = "{column}" als het wel het nummer is (van elk nummer '
        'telt dan de eerste rij), of incident_id = "" als het dat niet is.'
    ),
    "id_files_doubt": (
        "In {path} en {other} staan in de kolom {column} dezelfde waarden bij verschillende "
        "incidenten. Zet in ipg.toml onder [columns.incidents] "
        'incident_id = "" als {column} in elk bestand opnieuw begint, of '
        'incident_id = "{column}" als het wel het incidentnummer is (het laatste bestand geldt).'
    ),
    "columns_missing": (
        "In {path} ontbreekt een kolom voor {columns}, meestal {known}. Gevonden: {found}. {hint}"
    ),
    "dates_unknown": (
        "In {path} is de kolom {column} niet als datum te lezen, bijvoorbeeld {examples}. "
        "Schrijf datums als 31-12-2025 23:59 of 2025-12-31 23:59."
    ),
    "clock_unknown": (
        "In {path} is de kolom {column} niet als tijd te lezen, bijvoorbeeld {examples}. Schrijf "
        "tijden als 14:30. Is het geen tijd, zet dan in ipg.toml onder [columns.incidents]: "
        '{ours} = "".'
    ),
    "dates_hidden": (
        "In {path} staan in de kolom {column} hekjes ({examples}): zo toont Excel een kolom die te "
        "smal is. Maak de kolom in Excel breder en bewaar het bestand opnieuw."
    ),
    "dates_year": (
        "In {path} is niet te zien of de kolom {column} met de dag of met het jaar begint, "
        "bijvoorbeeld {examples}. Schrijf de datums met vier cijfers voor het jaar: 31-12-2025 of "
        "2025-12-31."
    ),
    "dates_half": (
        "In {path} heeft Excel in de kolom {column} dag en maand van een deel van de datums "
        "verwisseld: alle datums liggen in de eerste 12 dagen van een maand, en wat daarna komt is "
        "tekst gebleven (bijvoorbeeld {examples}). Open de oorspronkelijke export niet in Excel, "
        "maar lees haar hier als CSV."
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
        "van {crs}. Kijk of er kilometers staan of een punt of komma verkeerd staat. Is het een "
        "ander stelsel, geef dat dan op in ipg.toml met `crs`."
    ),
    "points_srids": (
        "In {path} bevat de kolom {column} punten in meer dan een coördinatenstelsel ({found}). "
        "Vraag een export waarin ze in een stelsel staan, bijvoorbeeld RD (EPSG:28992)."
    ),
    "xy_unreadable_one": (
        "In {path} zijn in de kolom {x} geen coördinaten te lezen. Schrijf ze als x,y in meters "
        "(257123,471456), in graden met decimalen (6.8936, 52.2215) of als POINT(257123 471456)."
    ),
    "xy_unreadable_file": (
        "In {path} zijn {x} en {y} geen getallen. Schrijf ze in meters (257123 en 471456) of in "
        "graden met decimalen (6.8936 en 52.2215)."
    ),
    "no_geometry": (
        "{path} bevat geen vlakken of lijnen. Geef een GeoPackage, GeoJSON of Shapefile."
    ),
    "inhabitants_several": (
        "In {path} staat {area} met verschillende inwonertallen: {examples}. Staan er meer jaren "
        "in? Laat de rijen van een jaar over."
    ),
    "key_missing": (
        "Het sleutelbestand {path} bestaat niet. Zonder sleutel worden geen personen gelezen. "
        "Controleer de naam en de map. Is er nog geen sleutel, maak er dan een met: ipgtools key."
    ),
    "key_unreadable": (
        "Het sleutelbestand is niet te lezen ({reason}). Noem een bestand waar de sleutel in "
        "staat, niet de sleutel zelf, en kijk of u het mag openen."
    ),
    "birth_unknown": (
        "In {path} is de kolom {column} niet als geboortedatum te lezen. Zo zijn de waarden "
        "geschreven (cijfers als 9, letters als a): {examples}. Schrijf ze als 31-12-1985 of "
        "1985-12-31, of geef onder [columns.offences] in ipg.toml een kolom met de leeftijd op "
        'de pleegdatum: age = "Leeftijd".'
    ),
    "birth_doubt": (
        "In {path} is niet te zien of de kolom {column} met de dag, de maand of het jaar begint. "
        "Zo zijn de waarden geschreven (cijfers als 9): {examples}. Schrijf geboortedatums als "
        "1985-12-31."
    ),
    "numbers_rounded": (
        "In {path} heeft Excel nummers in de kolom {column} afgerond ({n} rijen, geschreven als "
        "1,23E+11 of langer dan 15 cijfers): verschillende nummers zijn daardoor gelijk geworden. "
        "Lees de oorspronkelijke export, zonder haar in Excel te bewaren, of maak van de kolom "
        "tekst voordat de nummers erin komen."
    ),
    "person_twice": (
        "In {path} is de kolom {column} aangewezen voor de persoon en ook voor {other}. Het nummer "
        "van een persoon zou dan leesbaar meegaan. Kies voor {other} een andere kolom, of laat het "
        "weg."
    ),
    "fact_doubt": (
        "In {path} komt in de kolom {column} bij een persoon dezelfde waarde voor bij feiten van "
        "verschillende dagen ({n} keer). Is het geen feitnummer, zet dan in ipg.toml onder "
        '[columns.offences] offence_id = "". Is het dat wel, zet dan offence_id = "{column}": elk '
        "nummer telt dan als een feit."
    ),
    "key_short": (
        "De sleutel heeft {found} tekens; er zijn er ten minste {needed} nodig. Is dit het goede "
        "bestand? Maak anders een sleutel met ipgtools key en bewaar hem: met een andere sleutel "
        "krijgen dezelfde personen andere pseudoniemen."
    ),
    "key_weak": (
        "De sleutel is te raden: hij herhaalt zich, telt op of af, of volgt het toetsenbord. Zo is "
        "uit een pseudoniem het persoonsnummer terug te vinden. Maak een nieuwe met ipgtools key "
        "(ten minste {needed} willekeurige tekens); dezelfde personen krijgen dan wel andere "
        "pseudoniemen dan in eerdere tabellen."
    ),
    "key_exists": (
        "{path} bestaat al en blijft zoals het is. Een andere sleutel geeft dezelfde personen "
        "andere pseudoniemen; kies een andere naam als u dat wilt."
    ),
    "audience_unknown": "Het publiek '{found}' is onbekend. Kies uit: {known}.",
    "release_unknown": "Deze tabel ({columns}) is niet herkend en mag niet naar buiten.",
    "release_persons": "Gegevens over personen mogen niet naar buiten ({audience}).",
    "release_cases": "Zaken van personen (PGA, TBS) mogen niet naar buiten ({audience}).",
    "release_case_rows": (
        "Zaken met hun team en fase mogen niet naar buiten, ook niet voor de politie. Maak een "
        "overzicht: dat telt ze."
    ),
    "release_incidents": "Punten van incidenten mogen niet naar buiten ({audience}).",
    "release_person_counts": "Aantallen personen zijn niet voor dit publiek ({audience}).",
    "release_person_level": (
        "Aantallen personen per {level} zijn niet voor dit publiek ({audience}); kies een van: "
        "{levels}."
    ),
    "release_person_area": (
        "Aantallen personen zijn voor dit publiek ({audience}) alleen van gebieden met ten minste "
        "{inhabitants} inwoners, en dat aantal moet bekend zijn."
    ),
    "release_not_named": (
        "Het profiel van dit publiek ({audience}) noemt deze tabel niet ({kind}); wat niet genoemd "
        "is, gaat niet naar buiten."
    ),
    "release_without_provenance": (
        "Van deze tabel is niet bekend over welk gebied, welke periode en welke soorten ze gaat. "
        "De aantallen zijn dan niet te beschermen zoals in een briefing; er is niets vrijgegeven "
        "({audience}). Geef mee waar de tabel van gemaakt is: "
        "provenance = protected.provenance(gegevens), uit ipgtools.pipeline."
    ),
    "release_other_audience": (
        "De incidenten zijn gelezen voor een ander publiek ({found}) dan waarvoor de tabel is "
        "({audience}); er kunnen soorten bij zijn die dit publiek niet mag zien. Lees ze opnieuw, "
        'met audience = "{audience}" onder [output] in ipg.toml.'
    ),
    "release_elsewhere": (
        "De tabel heeft aantallen van {found}, en de gegevens gaan over {area}. Er is niets "
        "vrijgegeven. Kies dat gebied in ipg.toml, of haal de andere gebieden uit de tabel."
    ),
    "release_unlike": (
        "Van de {of} aantallen in deze tabel zijn er {n} niet gelijk aan wat de incidenten van "
        "{area} in de gekozen periode geven. Er is niets vrijgegeven: onder dezelfde naam zou dan "
        "een ander aantal naar buiten gaan. Maak de tabel van dezelfde gegevens, zonder incidenten "
        "weg te laten."
    ),
    "release_no_outlines": (
        "Deze tabel met plekken heeft geen kolom geometry meer; waar de aantallen over gaan is dan "
        "niet bekend. Er is niets vrijgegeven. Geef de tabel door zoals ze gemaakt is."
    ),
    "release_no_reference": (
        "Van deze tabel is niet bekend voor welke dag en volgens welke definitie personen geteld "
        "zijn. Er is niets vrijgegeven. Maak de tabel met offenders.by_area, en geef haar zo door."
    ),
    "release_cell_size": (
        "De vakken zijn {found} m; voor dit publiek ({audience}) mogen ze niet fijner zijn dan "
        "{smallest} m. Zet in ipg.toml onder [analysis]: cell_size = {smallest}."
    ),
    "cell_size_fine": (
        "In ipg.toml is cell_size {found} m; voor dit publiek ({audience}) mogen vakken niet "
        "fijner zijn dan {smallest} m. Zet onder [analysis]: cell_size = {smallest}, of laat de "
        "regel weg."
    ),
    "release_households": (
        "Vakken op een kaart hebben voor dit publiek ({audience}) ten minste {least} huishoudens, "
        "en hoeveel dat er zijn is niet bekend. Geef een adressenbestand (addresses), of een "
        "gebiedenbestand met aantal_huishoudens."
    ),
    "release_short_map": (
        "Een kaart voor dit publiek ({audience}) gaat over ten minste {months} maanden. Kies een "
        "langere periode."
    ),
    "release_hours": (
        "Tijden zijn voor dit publiek ({audience}) pas te noemen vanaf {smallest} incidenten."
    ),
    "release_concentration": (
        "De spreiding is voor dit publiek ({audience}) pas te noemen vanaf {smallest} incidenten "
        "en {places} plekken."
    ),
    "kinds_unknown": (
        "Geen van de {subject} is van een soort die herkend is, en dan mag dit publiek "
        "({audience}) ze niet zien. Mag het dat wel? Zet dan in ipg.toml onder [privacy]: "
        "kinds = [{found}]. Kies anders een ander publiek."
    ),
    "kinds_withheld": (
        "Alle {subject} zijn van een gevoelige soort, die dit publiek ({audience}) niet mag zien."
    ),
    "profiles_missing": (
        "De map met profielen {path} bestaat niet. Zet onder [privacy] in ipg.toml de goede map "
        "bij profiles, of haal die regel weg."
    ),
    "profile_name": (
        "In het profiel {path} staat name; dat kan niet. Het publiek heet zoals het bestand."
    ),
    "profile_no_parent": (
        "Het profiel {path} zegt niet bij welk profiel het hoort. Zet erin, bijvoorbeeld: "
        'as_strict_as = "partner" (kies uit: {known}).'
    ),
    "profile_parent": (
        "Het profiel {path} noemt bij as_strict_as '{found}', en dat bestaat niet. Kies uit: "
        "{known}."
    ),
    "profile_kind": (
        "Het profiel {path} houdt bij kinds '{found}' achter, en dat is geen groep ({known}), "
        "code, klasse of soort die bekend is."
    ),
    "profile_looser": (
        "Het profiel {path} is ruimer dan {parent}, en moet ten minste zo streng zijn: {problems}. "
        "Niets is vrijgegeven."
    ),
    "release_places": "Plekken met incidenten mogen niet naar buiten ({audience}).",
    "share_reason": (
        "Om te delen met {partner} is nodig: {lacking}. Geef het op de opdrachtregel, of zet het "
        "in ipg.toml onder [privacy]: purpose en ground."
    ),
    "share_expired": (
        "Wat gedeeld wordt zou te gebruiken zijn tot en met {day}, en dat is al voorbij. Kies een "
        "latere datum bij --geldig-tot."
    ),
    "secret_gone": (
        "De geheime sleutel {path} waarmee dit register is begonnen, is er niet meer. Met een "
        "nieuwe sleutel zouden eerder uitgegeven aantallen te berekenen zijn; er is niets "
        "uitgegeven. Zet de sleutel terug, of wijs hem aan met `secret` onder [privacy] in "
        "ipg.toml."
    ),
    "secret_unreadable": (
        "De geheime sleutel {path} kan niet gelezen worden. Er is niets uitgegeven. Vraag wie het "
        "register beheert om leesrecht."
    ),
    "secret_unwritable": (
        "Naast het register kan geen geheime sleutel gemaakt worden: {path}. Er is niets "
        "uitgegeven. Maak de map beschrijfbaar, of wijs een sleutelbestand aan met `secret` "
        "onder [privacy]."
    ),
    "release_few": (
        "Er zijn minder dan {smallest} {subject} in deze periode: te weinig om te delen "
        "({audience}). Kies een langere periode of een groter gebied."
    ),
    "audit_narrow": (
        "Kleine aantallen ({n}) zijn te nauwkeurig uit te rekenen uit alles wat samen naar buiten "
        "gaat en eerder naar buiten ging, ook als andere aantallen grover worden afgerond. Er is "
        "niets naar buiten gegaan. Laat een tabel weg, of kies een langere periode of een groter "
        "gebied."
    ),
    "audit_contradiction": (
        "Aantallen ({n}) passen niet bij wat er eerder over naar buiten ging. Er is niets naar "
        "buiten gegaan. Zijn het dezelfde gegevens als toen, en is het register van dezelfde "
        "organisatie?"
    ),
    "audit_unsolved": (
        "De controle of kleine aantallen zijn uit te rekenen is niet gelukt. Er is niets naar "
        "buiten gegaan. Laat een tabel weg, of kies een kleiner gebied, en probeer het opnieuw."
    ),
    "audit_undefined": (
        "Van {n} aantallen klopt niet wat er geteld is, zodat niet te controleren is wat zij "
        "verraden. Er is niets naar buiten gegaan. Dit is een fout in ipgtools; meld haar."
    ),
    "audit_unknown": (
        "Het register zegt van {n} eerdere aantallen niet wat er geteld is (zoals {found}). Er is "
        "niets naar buiten gegaan. Is het register van een andere versie van ipgtools?"
    ),
    "map_package_missing": "Voor de kaart ontbreekt {package}. Installeer dit pakket.",
    "map_not_offline": "De kaart zou {found} van internet halen en is daarom niet bewaard.",
    "release_photos": "Foto's van bewoners zijn niet voor dit publiek ({audience}).",
}

TEXTS |= {
    "settings_missing": (
        "De instellingen {path} bestaan niet. Maak een ipg.toml met ipgtools init BESTAND... of "
        "noem het bestand met --config."
    ),
    "crs_invalid": (
        "Het coördinatenstelsel '{found}' bestaat niet. Schrijf het als EPSG:28992 (RD)."
    ),
    "settings_toml": "De instellingen {path} zijn niet te lezen. {hint}",
    "settings_invalid": "In de instellingen {path} klopt iets niet: {problems}.",
    "area_unknown": (
        "Het gebied '{found}' komt niet voor in {path}. {close}Bekend zijn bijvoorbeeld: {known}."
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
        "Is dit de tekst van een schouwverslag? Is het een tabel, bewaar haar dan als CSV of Excel."
    ),
    "schouw_no_reports": (
        "In {path} zijn geen meldingen gevonden. Gelezen worden exports van Signalen en van "
        "Open311 (GeoReport v2), en kaarten als GeoJSON."
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
    "list_type": '{where} is een lijst; schrijf ["{found}"]',
    "too_short": "{where} is leeg",
    "greater_than": "{where} moet groter zijn dan {found}",
    "greater_than_equal": "{where} moet groter zijn dan {found}",
    "less_than": "{where} moet kleiner zijn dan {found}",
    "date": '{where} is geen datum ({found}); schrijf hem als 2025-09-01 of "1-9-2025"',
    "value_error": "bij offences hoort een sleutelbestand (key)",
    "retention_order": "free_years is niet langer dan keep_years",
    "schouw_dates": "schouw_date heeft een datum nodig voor elk verslag in schouw",
    "locatieserver_city": "bij locatieserver hoort de woonplaats (city)",
}


TEXTS |= {
    "file_bomb": (
        "Het bestand {path} is ingepakt en wordt uitgepakt veel te groot; het is niet geopend. "
        "Vraag de afzender om een gewoon bestand."
    ),
    "folder_empty": "In de map {path} staat geen bestand dat gelezen kan worden ({known}).",
    "folder_of_folders": (
        "In de map {path} staan alleen andere mappen ({found}); daar wordt niet in gekeken. "
        "Noem die mappen zelf, in ipg.toml als een lijst."
    ),
}

TEXTS |= {
    "kind_unknown_table": (
        "Aan {path} is niet te zien wat het is. De kolommen zijn: {found}. Geef de soort op met "
        "--soort ({kinds}), en zeg in ipg.toml welke kolom wat is, voor incidenten bijvoorbeeld "
        'onder [columns.incidents]: occurred_from = "Naam van de kolom met de datum". Meer staat '
        "in docs/instellingen.md."
    ),
    "table_summed": (
        "In {path} staan opgetelde aantallen (een draaitabel of kruistabel), geen losse "
        "incidenten. Vraag de rijen die zijn opgeteld: een rij per incident, met datum en "
        "coördinaten. In een draaitabel van Excel geeft dubbelklikken op het eindtotaal die rijen."
    ),
    "one_column": (
        "In {path} staat maar een kolom: '{found}'. Open het bestand en kijk wat erin staat. Is "
        "het een foutmelding, of heeft de selectie niets opgeleverd, maak de uitvoer dan opnieuw. "
        "Staan alle gegevens in een kolom, kies bij het bewaren dan de puntkomma als "
        "scheidingsteken."
    ),
    "map_empty": (
        "In {path} staat geen enkel punt, vlak of lijn. Maak de uitvoer opnieuw en kijk of de "
        "selectie iets oplevert."
    ),
    "key_absent": (
        "Zonder sleutel worden geen personen gelezen. Geef een sleutelbestand op; is er nog geen, "
        "maak er dan een met: ipgtools key."
    ),
    "key_not_given": (
        "{path} bevat personen (antecedenten). Die worden alleen met een sleutel gelezen, zodat "
        "nummers pseudoniemen worden. Geef het sleutelbestand op met --sleutel."
    ),
    "cases_about": (
        "{path} heeft kolommen over personen of plaatsen: {found}. Die worden bij zaken niet "
        "gelezen. Vraag een export zonder deze kolommen: alleen zaaknummer, soort, team, fase, "
        "partner, actie, uiterlijk en gereed."
    ),
    "cases_values": (
        "In {path} staat iets dat een persoon of plaats kan aanwijzen: {found}. Het bestand is "
        "niet gelezen. Haal dat weg en verwijs naar het zaaknummer."
    ),
    "cases_columns": (
        "In {path} ontbreekt een kolom voor: {columns}. Gevonden: {found}. Noem de kolommen "
        "zaaknummer, soort (PGA of TBS), team en fase."
    ),
    "persons_off": (
        "{path} gaat over personen, en de module voor personen staat uit: in ipg.toml staat onder "
        "[privacy] persons = false. Het bestand is niet gelezen. Mag het wel, zet daar dan "
        "persons = true."
    ),
    "kind_wrong": "De soort '{found}' is onbekend. Kies uit: {kinds}.",
    "folder_mixed": "In de map {path} staan bestanden van verschillende soorten. Noem ze apart.",
    "photo_status": ("In {path} heeft foto {photo} de status '{found}'. Kies uit: {known}."),
    "photo_region": (
        "Het vak {found} onder [input.blur] valt buiten de foto van {width} bij {height} punten, "
        "of is leeg. Schrijf links, boven, rechts en onder, in punten vanaf linksboven."
    ),
    "photo_region_unknown": (
        "Onder [input.blur] staan foto's die er niet zijn: {photos}. Neem het hele nummer over uit "
        "tabellen/fotos.csv."
    ),
    "photo_columns": (
        "In {path} staan geen kolommen 'foto' en 'status'. Gevonden: {found}. Noem de kolommen "
        "foto, status en datum."
    ),
    "photo_future": (
        "De stap van foto {photo} op {day} moet nog komen. Geef met --datum een dag op tot en met "
        "vandaag."
    ),
    "photo_unknown": (
        "Er is geen foto (of meer dan een) waarvan het nummer met '{found}' begint. "
        "Kies uit: {known}."
    ),
    "photo_status_unknown": "'{found}' is geen status. Kies uit: {known}.",
    "photo_next": (
        "Foto {photo} staat op '{before}' en kan niet naar '{after}'. "
        "Na '{before}' kan alleen: {allowed}. Er is niets gewijzigd."
    ),
    "photo_day": (
        "Foto {photo} ging op {day} al naar '{before}'. Geef met --datum een dag op vanaf {day}. "
        "Er is niets gewijzigd."
    ),
    "photo_table": (
        "Aan {path} kan geen rij worden toegevoegd; dat gaat alleen bij een CSV die met een kop "
        "begint en verder alleen stappen bevat. Er is niets gewijzigd."
    ),
    "photos_not_set": (
        "In {path} staat niet waar de foto's zijn. Zet onder [input]: photos = 'mails'."
    ),
    "photo_status_not_set": (
        "In {path} staat niet waar de stappen van foto's worden bijgehouden. "
        "Zet onder [input]: photo_status = 'fotostatus.csv'. Het wordt bij de eerste stap gemaakt."
    ),
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
        "bewaar het als Excel-werkmap (.xlsx) of als CSV. Staat er een inlogscherm of foutmelding "
        "in, haal het bestand dan opnieuw op."
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
    "page_kind": (
        "Het leesverslag is een webpagina. Geef bij --rapport een naam die op .html eindigt, niet "
        "{path}."
    ),
    "rejected_many": (
        "De {n} afgekeurde rijen passen niet op een werkblad van Excel. Geef bij --verworpen een "
        "naam die op .csv eindigt."
    ),
}

TEXTS |= {
    "purpose_missing": (
        "{said} In ipg.toml staat strict = true onder [privacy]; daarom is er niets gelezen."
    ),
    "retention_past": (
        "{said} In ipg.toml staat strict = true onder [privacy]; daarom is er niets gemaakt. Mogen "
        "deze gegevens langer worden gebruikt, zet dan de termijnen onder [retention]."
    ),
    "ground_refused": (
        "De grondslag '{found}' gaat over informanten (Wpg 12). Zulke gegevens horen niet in een "
        "briefing en worden niet gelezen."
    ),
    "rows_undated": "In {path} is geen kolom met datums.",
}

TEXTS |= {
    "zip_empty": (
        "In {path} zit geen bestand dat gelezen kan worden ({known}). Wel zit erin: {found}. Pak "
        "een zip in een zip eerst zelf uit, en lees documenten en foto's buiten de zip."
    ),
    "zip_doubt": (
        "In {path} zitten meer bestanden: {found}. Kies er een door de naam achter de zip te "
        "zetten, bijvoorbeeld {path}/{first}. Horen ze bij elkaar, pak de zip dan uit en noem de "
        "map, of noem ze in ipg.toml in een lijst."
    ),
    "zip_member": "In {path} zit geen {member}. Wel: {found}.",
    "zip_method": (
        "Het bestand {path} is ingepakt op een manier die hier niet gelezen wordt (zoals "
        "Deflate64, RAR of 7-Zip). Pak het zelf uit en lees de bestanden die erin zitten."
    ),
    "zip_locked": (
        "Het bestand {path} is met een wachtwoord ingepakt. Pak het zelf uit en lees opnieuw."
    ),
    "layer_missing": "In {path} is geen blad of laag '{layer}'. Wel: {found}.",
    "layer_doubt": (
        "In {path} kunnen meer bladen of lagen bedoeld zijn: {found}. Kies er een door de naam "
        "achter het bestand te zetten, bijvoorbeeld {path}/{first}. Horen ze bij elkaar, noem ze "
        "dan zo in ipg.toml in een lijst."
    ),
    "file_other_kind": (
        "Het bestand {path} is van binnen geen gewoon {kind}-bestand en wordt niet geopend. "
        "Vraag de afzender om een nieuwe uitvoer."
    ),
    "file_in_use": (
        "Het bestand {path} is in gebruik door een ander programma (bijvoorbeeld QGIS of Excel), "
        "of mag niet gelezen worden. Sluit het daar, of lees een kopie."
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
    "db_in_use": (
        "De database {path} is in gebruik door een ander programma. Sluit haar daar, of lees een "
        "kopie."
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

TEXTS |= {
    "rule_invalid": (
        "Een publieksprofiel houdt aantallen onder de {threshold} achter en rondt af op {base}. "
        "Kies voor de ondergrens een veelvoud van de afronding, bijvoorbeeld 5 en 5."
    ),
    "rule_loose": (
        "Aantallen zouden naar buiten gaan vanaf {threshold} en afgerond op {base}. Ten minste 5 "
        "en 5 is nodig; exacte aantallen zijn alleen voor de politie."
    ),
    "secret_short": (
        "De geheime sleutel voor het afronden heeft {found} tekens; ten minste {needed} zijn "
        "nodig. Zet de sleutel terug die bij het register hoort."
    ),
    "secret_other": (
        "De geheime sleutel voor het afronden ({found}) is een andere dan waarmee dit register is "
        "begonnen ({known}). Met een andere sleutel krijgt elk aantal een tweede afronding, en "
        "samen verraden ze wat achtergehouden is. Er is niets uitgegeven. Zet de eerste sleutel "
        "terug: de instelling `secret` onder [privacy] in ipg.toml wijst hem aan."
    ),
    "counts_invalid": (
        "Een aantal dat beschermd moet worden is geen heel getal van 0 of meer ({found}). Er is "
        "niets uitgegeven."
    ),
    "cell_undefined": (
        "Van een aantal is niet vastgelegd waar het over gaat ({field}). Er is niets uitgegeven."
    ),
    "cell_conflict": (
        "Hetzelfde aantal komt met twee verschillende waarden voor ({found}). Er is niets "
        "uitgegeven."
    ),
    "release_too_few": (
        "In deze periode zijn er te weinig incidenten om te delen: er is een afgerond totaal van "
        "ten minste {least} nodig. Kies een langere periode of een groter gebied."
    ),
    "calendar_unknown": "De kalender '{found}' is onbekend. Kies uit: {known}.",
    "calendar_no_area": (
        "Er is geen gebied gekozen: de briefing gaat dan over alles wat in het kaartbestand staat, "
        "en dat is geen gemeente, wijk of buurt met een vaste code. Noem onder [area] in ipg.toml "
        "een wijk of buurt, of maak de briefing alleen voor de politie."
    ),
    "calendar_area": (
        "{area} is geen gemeente, wijk of buurt met een vaste code. Cijfers over een zelf getekend "
        "gebied zijn van die van de wijk af te trekken. Kies een wijk of buurt."
    ),
    "calendar_outline": (
        "{area} heeft op deze kaart een andere grens dan bij een eerdere uitgave, in dezelfde "
        "indeling ({division}). Gebruik het kaartbestand van toen."
    ),
    "calendar_division": (
        "Over {earlier} zijn al cijfers uitgegeven volgens de wijkindeling van {known}. Cijfers "
        "volgens die van {found} over dezelfde tijd zijn daarvan af te trekken. Gebruik voor "
        "{period} de kaart van {known}."
    ),
    "calendar_second": (
        "Sinds {since} gaan cijfers per {known} naar buiten. Cijfers per {found} ernaast zouden "
        "losse dagen verraden. Kies een periode van hele {known_many}."
    ),
    "calendar_breaks": (
        "De periode {period} begint of eindigt niet op {point}. Samen met andere uitgaven zou "
        "zij losse dagen verraden. {hint}"
    ),
    "calendar_unfinished": (
        "De periode {period} is nog niet voorbij: de gegevens lopen tot en met {until}. {hint}"
    ),
    "calendar_buurt": (
        "De periode {period} duurt {days} dagen. Voor een buurt zijn ten minste {shortest} dagen "
        "nodig; kies de wijk of een langere periode. {hint}"
    ),
    "calendar_short": (
        "Over {earlier} zijn al cijfers uitgegeven. Uit het verschil met de cijfers over {period} "
        "volgt het aantal van {left}: minder dan {shortest} dagen. {hint}"
    ),
    "calendar_overlap": (
        "De periode {period} overlapt voor een deel met {earlier}, waarover al cijfers uitgegeven "
        "zijn. Uit een reeks van zulke periodes is te berekenen wat er per maand of week gebeurde. "
        "{hint}"
    ),
    "calendar_cell_size": (
        "Sinds {since} zijn de vakken op de kaart {known} meter. Vakken van {found} meter ernaast "
        "zijn daarvan af te trekken. Zet cell_size in ipg.toml op {known}."
    ),
    "calendar_kinds": (
        "De lijst van soorten voor {profile} is een andere dan bij de uitgave van {since}: "
        "{n_more} erbij en {n_fewer} eraf. Totalen van twee lijsten zijn van elkaar af te trekken. "
        "Gebruik de lijst van toen."
    ),
    "calendar_persons": (
        "Personen zijn al geteld voor {earlier}. Een tabel voor {found} ernaast verraadt wie er in "
        "de tussentijd bij kwam. Herhaal de tabel van toen, of kies een datum vanaf {after}."
    ),
    "calendar_persons_area": (
        "Personen zijn voor deze datum al geteld in {other}. Een tabel voor {area} ernaast kan "
        "kleine aantallen verraden, want het ene gebied ligt in het andere. Kies een ander gebied, "
        "of wacht tot de datum een half jaar verder is."
    ),
}

BREAKS = {
    "months": ("maand", "maanden", "de eerste van een maand"),
    "weeks": ("week", "weken", "een maandag"),
}
"""Calendars in words: one step, more of them, and where a period begins."""
TEXTS |= register.ERRORS | evaluation.ERRORS


def say(code: str, facts: dict[str, object]) -> str:
    """
    Return an error in Dutch.

    Examples
    --------
    >>> say("file_empty", {"path": "a.csv"})
    'Het bestand a.csv is leeg. Maak de uitvoer opnieuw.'
    """
    facts = dict(facts)
    if code == "dates_unknown" and "###" in str(facts["examples"]):
        code = "dates_hidden"
    if code == "columns_doubt":
        column, found = str(facts["column"]), str(facts["found"])
        facts |= {"meaning": MEANINGS.get(column, column), "first": found.split(", ")[0]}
        facts["section"] = f"[columns.{facts['table']}]" if "table" in facts else "[columns]"
    for name in ("close", "known"):
        if isinstance(names := facts.get(name), list):
            facts[name] = joined(map(str, names)) or "geen"
            if name == "close":
                facts[name] = f"Bedoelde u {joined(map(str, names), 'of')}? " if names else ""
    if code == "columns_missing":
        facts |= _missing(str(facts["columns"]), str(facts.get("likely", "")))
    if code == "file_kind":
        code = "file_shortcut" if _SHORTCUT.search(str(facts["path"])) else code
        facts["kinds"] = KINDS_OF_FILES
    if code == "header_missing":
        kinds = str(facts["found"]).split(", ")
        facts["found"] = ", ".join(VALUES.get(kind, kind) for kind in kinds)
    if code == "settings_toml":
        facts["hint"] = _toml_hint(facts)
    if code == "period_reversed":
        facts |= {name: str(facts[name]).removesuffix(" 00:00:00") for name in ("start", "end")}
    if code == "settings_invalid":
        options: dict[str, list[str]] = facts.pop("options", {})  # type: ignore[assignment]
        faults: list[tuple[str, str, str]] = facts.pop("faults")  # type: ignore[assignment]
        facts["problems"] = "; ".join(
            _fault(*fault, options=options.get(fault[0], [])) for fault in faults
        )
    if code == "profile_looser":
        facts["problems"] = "; ".join(_looser(*one) for one in facts.pop("looser"))  # type: ignore[attr-defined]
    if code.startswith("calendar_"):
        facts |= _calendar(facts)
    said = TEXTS[code].format_map(facts)
    if code.startswith("xy_") and facts["x"] == facts["y"]:
        said = said.replace(f"{facts['x']} en {facts['x']}", f"de kolom {facts['x']}")
    if code == "xy_outside_file" and facts.get("british"):
        said += ' Zijn het Britse coördinaten, geef dan crs = "EPSG:27700" op.'
    if code.startswith("dates_") and (ours := facts.get("ours")) in _NOT_NEEDED:
        said += f' Kunt u zonder, zet dan in ipg.toml onder [columns.incidents]: {ours} = "".'
    return said


def _calendar(facts: dict[str, object]) -> dict[str, str]:
    """Name a calendar in words, and the periods that are allowed."""
    said = {}
    if (breaks := facts.get("breaks")) in BREAKS:
        said["point"] = BREAKS[str(breaks)][2]
    for name in ("known", "found"):
        if (calendar := facts.get(name)) in BREAKS:
            said[name] = BREAKS[str(calendar)][0]
    if (breaks := facts.get("known")) in BREAKS:
        said["known_many"] = BREAKS[str(breaks)][1]
    allowed: list[str] = facts.get("allowed", [])  # type: ignore[assignment]
    said["hint"] = "Kies een periode die al eerder is uitgegeven, of een die erop volgt."
    if allowed:
        said["hint"] = f"Wel kan: {joined(allowed, 'of')}."
    return said


_NOT_NEEDED = ("occurred_to", "reported_at", "first_processed")
"""Columns of times without which incidents can be read."""


def _fault(where: str, kind: str, found: str, *, options: list[str]) -> str:
    """Say what is wrong with a setting, and what could stand there."""
    plain = "date" if kind.startswith("date") else kind
    text = SETTINGS_FAULTS.get(plain, "{where} heeft een onbruikbare waarde ({found})")
    said = text.format(where=where, found=found)
    if not options:
        return said
    if kind == "extra_forbidden":
        return f"{said} (is {options[0]} bedoeld?)"
    return f"{said}; kies uit {joined(options, 'of')}"


def _looser(setting: str, found: str, expected: str) -> str:
    """State what a profile allows more than the profile it should be as strict as."""
    if not found:
        return f"{setting} laat {expected} weg"
    if not expected:
        return f"{setting} noemt {found}, dat daar niet bij is"
    return f"{setting} is {_yes(found)}, daar {_yes(expected)}"


def _yes(value: str) -> str:
    """Format true and false as in a file."""
    return value.lower() if value in ("True", "False") else value


def _toml_hint(facts: dict[str, object]) -> str:
    """State where a file with settings goes wrong, and how to write it."""
    text = str(facts.get("text", ""))
    if not facts.get("line"):
        return f"Is het een tekstbestand met instellingen ({facts['reason']})?"
    where = f"Regel {facts['line']} klopt niet: {text}. "
    if "\\" in text:
        return f'{where}Schrijf een pad met schuine strepen: "C:/map/bestand.csv".'
    if set(text) & set("“”„‘’"):
        return f'{where}Gebruik rechte aanhalingstekens (") in plaats van gekrulde.'
    return f"{where}Schrijf tekst tussen aanhalingstekens en een datum zonder: start = 2025-09-01."


_SHORTCUT = re.compile(r"\.(lnk|url|webloc)$", re.IGNORECASE)
KINDS_OF_FILES = (
    "CSV en andere tekst, Excel (.xlsx, .xls), OpenDocument (.ods), Parquet, GeoPackage, GeoJSON, "
    "Shapefile, KML, en een zip daarvan; voor een schouwverslag ook Word en PDF, en voor foto's "
    "ook e-mails"
)
VALUES = {"date": "datum", "number": "getal", "text": "tekst"}
"""Kinds of values in words."""
HINTS: dict[str, str] = {
    "person": (
        "Heet de kolom anders, noem haar dan in ipg.toml onder [columns.offences]: "
        'person = "Persoonsnummer". Is er geen, vraag dan een export met een nummer per persoon; '
        "namen zijn niet nodig."
    ),
    "area_code": (
        "Heet de kolom anders, noem haar dan in ipg.toml onder [columns.areas]: "
        'area_code = "Buurtcode".'
    ),
    "x": (
        "Zonder coördinaten geen kaart: vraag een export met X en Y (RD), of noem de kolommen in "
        "ipg.toml onder [columns.incidents]."
    ),
    "occurred_from": (
        "Heet de kolom anders, noem haar dan in ipg.toml onder [columns.incidents]: "
        'occurred_from = "Pleegdatum".'
    ),
    "likely": (
        "Is een van deze kolommen goed ({likely}), noem haar dan in ipg.toml onder "
        '[columns.incidents], bijvoorbeeld occurred_from = "{first}".'
    ),
}
"""What to do about a column that is missing; other columns have a general hint."""
HINT = "Heet de kolom anders, noem haar dan in ipg.toml onder [columns]."


def _missing(columns: str, likely: str = "") -> dict[str, str]:
    """Name missing columns in Dutch, and what to do about them."""
    names = columns.split(", ")
    hints = [HINTS[name] for name in names if name in HINTS] or [HINT]
    if likely and "occurred_from" in names:
        may_be = HINTS["likely"].format(likely=likely, first=likely.split(", ")[0])
        hints = [may_be if hint == HINTS["occurred_from"] else hint for hint in hints]
    return {
        "columns": joined(f"{MEANINGS.get(name, name).split(' (')[0]} ({name})" for name in names),
        "hint": " ".join(hints),
    }
