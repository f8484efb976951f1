"""Nothing about persons comes along by accident: by the names of columns and by their values."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from helpers import read_lines

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import columns, personal_values

KEY = b"kraai-fiets-93-zolder-Twente-veertig"
FORBIDDEN = {
    "names": ["Naam", "Voornaam", "Voornamen", "Achternaam", "Naam verdachte", "Naam slachtoffer",
              "Melder naam", "Name", "Full name", "Surname", "Victim name", "Aangever", "Getuige"],
    "BSN": ["BSN", "BSN-nummer", "Burgerservicenummer", "Sofinummer"],
    "birth date": ["Geboortedatum", "Geb.datum", "Geb dat", "Geboortejaar", "Date of birth", "DOB"],
    "nationality": ["Nationaliteit", "Nationality", "Vreemdeling"],
    "origin": ["Herkomst", "Land van herkomst", "Afkomst", "Etniciteit", "Geboorteland", "Origin",
               "Self-defined ethnicity", "Officer-defined ethnicity", "Race", "B_NATIVE",
               "B_FOREIGN", "Migratieachtergrond", "Huidskleur"],
    "religion": ["Religie", "Geloof", "Geloofsovertuiging", "Religion", "Kerkgenootschap"],
    "health": ["Gezondheid", "Medische info", "Ziekte", "Diagnose", "Verslaving", "Health"],
    "phone": ["Telefoon", "Telefoonnummer", "Tel.nr", "Tel", "Mobiel", "GSM", "Phone number"],
    "e-mail": ["E-mail", "Email", "Mailadres", "Mail"],
    "account and plate": ["IBAN", "Rekeningnummer", "Kenteken", "Licence plate"],
    "home": ["Woonadres", "Adres verdachte", "XRESID", "YRESID", "Residence"],
}  # fmt: skip
NAMES = [pytest.param(name, id=f"{kind}: {name}") for kind in FORBIDDEN for name in FORBIDDEN[kind]]


def read(
    folder: Path, name: str, *values: str, **options: object
) -> tuple[pd.DataFrame, ipg.io.ReadReport]:
    """Read incidents with one further column."""
    rows = [f'i{n};2025-09-01 10:00;258000;471000;"{value}"' for n, value in enumerate(values)]
    return read_lines(folder, f'incidentnummer;datum;x;y;"{name}"', *rows, **options)


@pytest.mark.parametrize("name", NAMES)
def test_each_forbidden_column_is_left_out_and_named_even_when_asked_for(
    tmp_path: Path, name: str
) -> None:
    incidents, report = read(tmp_path, name, "geheim", keep=[name])
    assert name not in incidents
    assert "geheim" not in incidents.to_csv() + " ".join(report.lines()) + report._repr_html_()
    assert name in report.details["dropped"]
    assert any(note.startswith("Niet overgenomen") and name in note for note in report.notes)


@pytest.mark.parametrize(
    "name",
    ["Straatnaam", "Pleegplaats", "Gemeentenaam", "Wijknaam", "Buurtnaam", "Trace", "Original id",
     "Foreign key", "Alternative", "Verdachten", "Aanhoudingen", "Temperatuur", "Weer", "President",
     "Bronregistratie", "Begin-pleegdagdeel", "Mutatiedatum", "Context", "Hotel", "Mobiliteit"],
)  # fmt: skip
def test_columns_about_no_person_stay(name: str) -> None:
    assert columns.personal_columns([name]) == []
    assert columns.skipped_columns([name]) == []


@pytest.mark.parametrize(
    "name", ["Toelichting", "Vrije tekst", "Opmerkingen", "Modus operandi", "MO", "Relaas", "Notes"]
)
def test_free_text_by_its_name_is_kept_only_when_asked(tmp_path: Path, name: str) -> None:
    assert name not in read(tmp_path, name, "raam ingeslagen")[0]
    assert read(tmp_path, name, "raam ingeslagen", keep=[name])[0][name].tolist() == [
        "raam ingeslagen"
    ]


TOLD = ["Man zag twee jongens over de schutting klimmen", "De achterdeur stond open bij thuiskomst",
        "Buurvrouw hoorde rond middernacht glas breken aan de achterkant"]  # fmt: skip


def test_free_text_under_any_name_is_kept_only_when_asked(tmp_path: Path) -> None:
    incidents, report = read(tmp_path, "Omschrijving", *TOLD)
    assert "Omschrijving" not in incidents
    assert report.details["dropped"] == ["Omschrijving"]
    assert "Niet overgenomen (lijkt vrije tekst): Omschrijving" in report.notes
    assert "schutting" not in report._repr_html_()
    incidents, report = read(tmp_path, "Omschrijving", *TOLD, keep=["Omschrijving"])
    assert incidents["Omschrijving"].tolist() == TOLD


def test_long_labels_that_come_back_are_no_free_text() -> None:
    label = "Gekwalificeerde diefstal in of uit een box of garage"
    assert personal_values.free_text(pd.DataFrame({"soort": [label] * 10})) == []
    assert personal_values.free_text(pd.DataFrame({"soort": TOLD})) == ["soort"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("bsn", "111222333", "111222334"),
        ("bsn", "123456782", "123456789"),
        ("iban", "NL91ABNA0417164300", "NL92ABNA0417164300"),
        ("email", "p.jansen@example.org", "p.jansen at example"),
        ("phone", "06-12345678", "06-1234567"),
        ("phone", "+31 6 12345678", "+32 6 12345678"),
        ("phone", "053-4818181", "53-4818181"),
        ("plate", "12-AB-34", "1234-AB"),
        ("plate", "X-999-XX", "X-9-X"),
        ("plate", "99-XXX-9", "99-XXXX-9"),
    ],
)
def test_values_about_persons_are_told_from_those_that_only_look_like_it(
    tmp_path: Path, kind: str, good: str, bad: str
) -> None:
    assert read(tmp_path, "zaak", f"zie {good}")[1].details["personal_values"] == {
        "zaak": {kind: 1}
    }
    assert kind not in read(tmp_path, "zaak", bad)[1].details["personal_values"].get("zaak", {})


def test_one_in_eleven_numbers_is_no_bsn() -> None:
    """Of running numbers 1 in 11 passes the eleven-test: too few to warn of."""
    running = pd.Series([str(number) for number in range(100_000_000, 100_001_100)])
    assert sum(map(personal_values.is_bsn, running)) == 100
    assert personal_values.suspects(pd.DataFrame({"zaak": running})) == {}


def test_numbers_in_a_sheet_are_looked_at_too(tmp_path: Path) -> None:
    table = pd.DataFrame({"datum": ["2025-09-01"] * 2, "x": 258000, "y": 471000,
                          "ref": [111222333, 123456782]})  # fmt: skip
    table.to_excel(tmp_path / "a.xlsx", index=False, engine="openpyxl")
    _, report = ipg.read_incidents(tmp_path / "a.xlsx")
    assert report.details["personal_values"] == {"ref": {"bsn": 2}}


def antecedents(path: Path, *rows: str, header: str) -> Path:
    """Write a file of antecedents."""
    path.write_text("\n".join([header, *rows]))
    return path


def test_a_person_has_one_pseudonym_in_files_of_two_systems(tmp_path: Path) -> None:
    """One row per offence in the one, one per proces-verbaal in the other; 7, 7.0 and " 7 "."""
    one = antecedents(tmp_path / "a.csv", "7;pv1;01-02-2020", "8;pv2;01-02-2020",
                      header="persoonsnummer;pv_nummer;pleegdatum")  # fmt: skip
    two = antecedents(tmp_path / "b.csv", " 7 ,2020-03-01,12", header="offender_id,date,feit")
    three = tmp_path / "c.parquet"
    pd.DataFrame({"personid": [7.0, 9.0], "crimeid": [1, 2]}).to_parquet(three)
    persons = [ipg.read_offences(path, key=KEY)[0]["person"].tolist() for path in (one, two, three)]
    assert persons[0][0] == persons[1][0] == persons[2][0]
    assert len({*persons[0], *persons[1], *persons[2]}) == 3


def test_a_key_file_and_its_content_are_the_same_key(tmp_path: Path) -> None:
    path = antecedents(tmp_path / "a.csv", "7;pv1", header="persoonsnummer;pv_nummer")
    secret = tmp_path / "sleutel.txt"
    secret.write_bytes(KEY)
    assert ipg.read_offences(path, key=secret)[0]["person"].tolist() == (
        ipg.read_offences(path, key=KEY)[0]["person"].tolist()
    )


@pytest.mark.parametrize("key", [b"", b"kort", None])
def test_without_a_key_nothing_is_read(tmp_path: Path, key: bytes | None) -> None:
    path = antecedents(tmp_path / "a.csv", "7;pv1", header="persoonsnummer;pv_nummer")
    with pytest.raises(ReadError):
        ipg.read_offences(path, key=key)


def test_homes_names_and_origin_of_offenders_are_dropped(shared: Path) -> None:
    """The set of The Hague has the home of each burglar, and whether they are native."""
    path = shared / "nl_denhaag_inbrekers" / "inbrekers.csv"
    table, report = ipg.read_offences(path, key=KEY)
    gone = {"NHOODRES", "XRESID", "YRESID", "B_NATIVE", "B_FOREIGN"}
    assert not gone & set(table.columns)
    assert table.geometry.isna().all()
    raw = pd.read_csv(path)
    shown = table.to_csv() + report._repr_html_() + " ".join(report.lines())
    assert not any(str(home) in shown for home in raw["XRESID"].astype(str).head(50))
    assert {"XRESID", "YRESID", "B_NATIVE", "B_FOREIGN"} <= set(report.details["dropped"])


def test_links_and_crimes_of_co_offenders_are_read_by_mapping_alone(shared: Path) -> None:
    """Offenders per crime, counted in the links, are those the file of crimes gives."""
    folder = shared / "il_burglary_coffending"
    links, _ = ipg.read_offences(
        folder / "links_2020H1.csv", key=KEY,
        columns={"person": "offenderID", "incident_id": "crimeID"},
    )  # fmt: skip
    crimes = pd.read_csv(folder / "crimes_2020H1.csv").set_index("crimeID")["num_offenders"]
    counted = links.groupby("incident_id")["person"].nunique()
    counted.index = counted.index.astype(int)
    both = crimes.to_frame().join(counted, how="inner")
    assert len(both) == len(crimes)
    assert (both["person"] == both["num_offenders"]).all()


@pytest.mark.parametrize(
    "name",
    ["Godsdienst", "Geslachtsnaam", "Verdachte_Voornaam", "Achternaam verdachte", "victim surname",
     "suspect_first_name", "NAAM_2", "Tel 1", "Mob. nr.", "06-nummer", "Geboren op", "SSN",
     "Persoonsnummer verdachte", "HKS-nummer", "SKN nummer", "Verblijfsstatus", "Psychiatrisch",
     "Verslaafd", "Seksuele geaardheid", "Rek.nr.", "Slachtoffer adres", "Woonplaats verdachte",
     "NAW-gegevens", "Patiënt", "IP-adres"],
)  # fmt: skip
def test_other_names_for_columns_about_persons_are_known(name: str) -> None:
    """Systems spell them with role, number or abbreviation."""
    assert columns.personal_columns([name]) == [name]


@pytest.mark.parametrize(
    "name",
    ["Verdachten", "Straatnaam", "Voornaamste oorzaak", "Plaatsnaam", "Wijknaam", "Residential",
     "Beat name", "Snelheidsbeperking", "Signalering", "Namens", "Telling", "Terras"],
)  # fmt: skip
def test_names_that_only_look_alike_pass(name: str) -> None:
    """What isn't about a person isn't lost."""
    assert columns.personal_columns([name]) == []


@pytest.mark.parametrize("name", ["Pleegadres", "Hsnr", "Huisletter", "Bijzonderheden"])
def test_more_names_for_addresses_and_free_text_are_known(name: str) -> None:
    """They are left out unless asked for."""
    assert columns.skipped_columns([name]) == [name]


def test_a_phone_number_with_its_area_code_in_brackets_is_recognised() -> None:
    """As letterheads write it."""
    assert personal_values.suspects(pd.DataFrame({"q": ["(053) 487 11 11"]})) == {"q": {"phone": 1}}


def test_numbers_with_gaps_are_looked_at_for_bsn() -> None:
    """Sheets make floats of whole numbers when one is missing."""
    rows = pd.DataFrame({"ref": [111222333.0, None, 123456782.0]})
    assert personal_values.suspects(rows) == {"ref": {"bsn": 2}}


def test_values_in_a_column_of_streets_are_looked_at_too(tmp_path: Path) -> None:
    """A column that is recognised can hold an address for mail as well."""
    _, report = read(tmp_path, "straatnaam", "Velveweg", "jan@voorbeeld.nl")
    assert any("straatnaam lijkt persoonsgegevens" in note for note in report.notes)


# Antecedents as they really look.

RECORD = (
    "persoonsnummer;geboortedatum;pv_nummer;feitnummer;pleegdatum;misdrijf;ingezonden_om;afdoening"
)


def record(tmp_path: Path, *rows: str, **options: object) -> tuple[pd.DataFrame, ipg.io.ReadReport]:
    """Read rows below the usual header."""
    path = antecedents(tmp_path / "a.csv", *rows, header=RECORD)
    return ipg.read_offences(path, key=KEY, **options)


@pytest.mark.parametrize("written", ["0007", "7.0", "7,0"])
def test_a_number_is_one_person_however_it_is_written(tmp_path: Path, written: str) -> None:
    """Sheets take zeros and spaces away, and put them there."""
    path = antecedents(tmp_path / "a.csv", "7;1", f"{written};2", header="persoonsnummer;pv")
    table, report = ipg.read_offences(path, key=KEY)
    assert len(set(table["person"])) == 1
    assert any("op meer dan een manier geschreven" in note for note in report.notes)


def test_capitals_and_spaces_make_no_other_person(tmp_path: Path) -> None:
    path = antecedents(tmp_path / "a.csv", "P1;1", "p 1;2", "P10;3", header="persoonsnummer;pv")
    assert ipg.read_offences(path, key=KEY)[0]["person"].nunique() == 2


@pytest.mark.parametrize("nobody", ["onbekend", "NN", "N.N.", "-", "?"])
def test_an_unknown_person_is_no_person(tmp_path: Path, nobody: str) -> None:
    """All offences of nobody known would make the busiest offender of all."""
    _, report = record(tmp_path, f"{nobody};;pv1;;13-02-2020;J;J;", "P1;;pv2;;14-02-2020;J;J;")
    assert (report.n_used, report.n_rejected) == (1, 1)
    assert "onbekend of NN" in report.rejected["reason"].iloc[0]


def test_a_number_at_many_rows_is_asked_about(tmp_path: Path) -> None:
    rows = [f"0;;pv{n};;13-02-2020;J;J;" for n in range(20)]
    rows += [f"P{n};;q{n};;13-02-2020;J;J;" for n in range(60)]
    notes = record(tmp_path, *rows)[1].notes
    assert any("een persoonsnummer staat bij 20 van de 80 rijen" in note for note in notes)


@pytest.mark.parametrize("rounded", ["1,23457E+11", "1.2E+10"])
def test_numbers_that_a_sheet_rounded_are_refused(tmp_path: Path, rounded: str) -> None:
    """Several persons have become one."""
    with pytest.raises(ReadError) as caught:
        record(tmp_path, f"{rounded};;pv1;;13-02-2020;J;J;")
    assert caught.value.code == "numbers_rounded"


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("13-02-2002", 18),
        ("14-02-2002", 17),
        ("00-00-2001", 18),
        ("2001", 18),
        ("00-06-2001", 18),
        ("00-01-2002", 18),
        ("00/00/2001", 18),
        ("2001-00-00", 18),
    ],
)
def test_of_a_date_of_birth_the_last_possible_day_counts(
    tmp_path: Path, born: str, age: int
) -> None:
    """Whoever is known by the year only is at least as old."""
    table, _ = record(tmp_path, f"P1;{born};pv1;;13-02-2020;J;J;")
    assert table["age"].tolist() == [age]


def test_a_year_of_two_digits_lies_before_the_offence(tmp_path: Path) -> None:
    """45 and 68 would be 2045 and 2068."""
    table, report = record(
        tmp_path, "P1;24-05-45;pv1;;13-02-2020;J;J;", "P2;31-12-68;pv2;;13-02-2020;J;J;"
    )
    assert table["age"].tolist() == [74, 51]
    assert any("vorige eeuw" in note for note in report.notes)


@pytest.mark.parametrize("born", ["14-02-2020", "13-02-1885"])
def test_a_birth_that_contradicts_the_offence_gives_no_age(tmp_path: Path, born: str) -> None:
    table, report = record(tmp_path, f"P1;{born};pv1;;13-02-2020;J;J;")
    assert table["age"].isna().all()
    assert any("na het feit of meer dan 110 jaar" in note for note in report.notes)


def test_the_date_of_birth_goes_before_a_given_age(tmp_path: Path) -> None:
    """The given age is often that of today; where there is no date it is all there is."""
    path = antecedents(
        tmp_path / "a.csv", "P1;01-02-1985;40;13-02-2020", "P2;;17 jaar;13-02-2020",
        header="persoonsnummer;geboortedatum;leeftijd;pleegdatum",
    )  # fmt: skip
    table, report = ipg.read_offences(path, key=KEY)
    assert table["age"].tolist() == [35, 17]
    assert any("de berekende geldt" in note for note in report.notes)


def test_ages_that_never_change_are_those_of_today(tmp_path: Path) -> None:
    rows = [f"P{n};{30 + n};1{n}-02-{year}" for n in range(3) for year in (2015, 2021)]
    rows.append("P9;40;13-02-2015")
    path = antecedents(tmp_path / "a.csv", *rows, header="persoonsnummer;leeftijd;pleegdatum")
    notes = ipg.read_offences(path, key=KEY)[1].notes
    assert any("de leeftijd van nu" in note for note in notes)


def test_two_dates_of_birth_of_one_person_are_told(tmp_path: Path) -> None:
    notes = record(
        tmp_path, "P1;13-02-1985;pv1;;13-02-2020;J;J;", "P1;13-02-1995;pv2;;14-02-2020;J;J;"
    )[1].notes
    assert any("1 persoon heeft meer dan een geboortedatum" in note for note in notes)


@pytest.mark.parametrize("born", ["03/04/1971", "Zwartendijk 1971", "17-xx-1971"])
def test_no_date_of_birth_is_shown_by_an_error(tmp_path: Path, born: str) -> None:
    with pytest.raises(ReadError) as caught:
        record(tmp_path, *[f"P1;{born};pv1;;13-02-2020;J;J;"] * 3)
    said = f"{caught.value} {caught.value.facts}"
    assert "1971" not in said
    assert "Zwartendijk" not in said
    assert caught.value.__context__ is None


def test_no_rejected_row_shows_what_may_be_about_a_person(tmp_path: Path) -> None:
    """Rows that broke have a name where the date should be, or a field too many."""
    good = [f"P{n};01-02-1985;pv{n};;13-02-2020;J;J;" for n in range(60)]
    _, report = record(
        tmp_path,
        "P1;;pv1;;Zwartendijk;J;J;",
        "P1;;pv1;;111222333;J;J;",
        "P1;;pv1;;31-02-2020;J;J;",
        "P1;;pv1;;13-02-2020;J;J;;Zwartendijk",
        "Totaal Zwartendijk",
        *good,
    )
    assert report.rejected["found"].tolist() == [
        "", "", "31-02-2020", "9 in plaats van 8", "1 in plaats van 8",
    ]  # fmt: skip
    assert report.cells is None


def test_a_first_line_without_names_is_not_shown(tmp_path: Path) -> None:
    path = antecedents(
        tmp_path / "a.csv", "123456782;Pietersen;03-02-1985",
        header="111222333;Zwartendijk;01-02-1985",
    )  # fmt: skip
    with pytest.raises(ReadError) as caught:
        ipg.read_offences(path, key=KEY)
    assert caught.value.code == "header_missing"
    assert "Zwartendijk" not in f"{caught.value} {caught.value.facts}"


def test_the_number_of_a_person_is_no_other_number(tmp_path: Path) -> None:
    """It would go along as it is."""
    given = {"person": "persoonsnummer", "pv_id": "persoonsnummer"}
    with pytest.raises(ReadError) as caught:
        record(tmp_path, "P1;;pv1;;13-02-2020;J;J;", columns=given)
    assert caught.value.code == "person_twice"


@pytest.mark.parametrize(
    ("said", "misdrijf"),
    [("Misdrijf", True), ("M", True), ("J", True), ("Overtreding", False), ("O", False),
     ("N", False), ("?", None), ("", None)],
)  # fmt: skip
def test_a_misdrijf_is_told_from_an_overtreding(
    tmp_path: Path, said: str, misdrijf: bool | None
) -> None:
    table, _ = record(tmp_path, f"P1;;pv1;;13-02-2020;{said};J;")
    found = table["is_misdrijf"].iloc[0]
    assert (None if pd.isna(found) else found) == misdrijf


@pytest.mark.parametrize(
    ("said", "sent"),
    [("J", True), ("12-03-2020", True), ("Ingezonden", True), ("niet ingezonden", False),
     ("0", False), ("onbekend", None), ("?", None)],
)  # fmt: skip
def test_only_a_clear_yes_says_that_a_pv_was_sent(
    tmp_path: Path, said: str, sent: bool | None
) -> None:
    table, report = record(tmp_path, f"P1;;pv1;;13-02-2020;J;{said};")
    found = table["sent_to_om"].iloc[0]
    assert (None if pd.isna(found) else found) == sent
    assert any("iets anders dan ja of nee" in note for note in report.notes) == (sent is None)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Technisch Sepot (02)", "technisch sepot"),
        ("sepot - technisch", "technisch sepot"),
        ("TECHNISCH_SEPOT", "technisch sepot"),
        ("VRIJSPRAAK.", "vrijspraak"),
        ("Vrijgesproken", "vrijspraak"),
        ("gedeeltelijke vrijspraak", "gedeeltelijke vrijspraak"),
        ("sepot", "sepot"),
        ("Beleidssepot", "Beleidssepot"),
        ("OM-afdoening", "OM-afdoening"),
    ],
)
def test_only_two_outcomes_are_put_into_one_writing(tmp_path: Path, said: str, read: str) -> None:
    """They take a fact out of the count; what is in doubt stays, and is told."""
    table, report = record(tmp_path, f"P1;;pv1;;13-02-2020;J;J;{said}")
    assert table["outcome"].tolist() == [read]
    doubted = any("zonder dat duidelijk is" in note for note in report.notes)
    assert doubted == (said in {"gedeeltelijke vrijspraak", "sepot"})


def test_facts_that_are_numbered_anew_in_each_pv_stay_apart(tmp_path: Path) -> None:
    """Eleven pv's with one fact each are eleven facts, though each is called 1."""
    rows = [f"P1;01-02-1985;pv{n};1;{13 + n}-02-2020;J;J;" for n in range(11)]
    table, report = record(tmp_path, *rows)
    assert table["offence_id"].nunique() == 11
    assert ipg.offenders.classify(table).tolist() == ["zavp"]
    assert any("begint in elk proces-verbaal opnieuw" in note for note in report.notes)


def test_facts_in_words_are_no_numbers(tmp_path: Path) -> None:
    rows = [f"P1;Diefstal;{13 + n}-02-2020;J" for n in range(11)]
    path = antecedents(
        tmp_path / "a.csv", *rows, header="persoonsnummer;feit;pleegdatum;ingezonden_om"
    )
    table, _ = ipg.read_offences(path, key=KEY)
    assert table["offence_id"].isna().all()
    assert ipg.offenders.classify(table).tolist() == ["zavp"]


def test_one_number_for_facts_of_many_days_is_asked_about(tmp_path: Path) -> None:
    rows = [f"P1;310 Sr;{13 + n}-02-2020" for n in range(11)]
    path = antecedents(tmp_path / "a.csv", *rows, header="persoonsnummer;feit;pleegdatum")
    with pytest.raises(ReadError) as caught:
        ipg.read_offences(path, key=KEY)
    assert caught.value.code == "fact_doubt"
    without = ipg.read_offences(path, key=KEY, columns={"offence_id": ""})[0]
    assert without["offence_id"].isna().all()


def test_a_fact_that_is_listed_twice_with_two_dates_stays_one(tmp_path: Path) -> None:
    rows = [f"P1;;pv{n};f{n};{13 + n}-02-2020;J;J;" for n in range(9)]
    table, report = record(tmp_path, *rows, "P1;;pv99;f3;01-01-2021;J;J;")
    assert table["offence_id"].nunique() == 9
    assert any("meer dan een pleegdatum" in note for note in report.notes)


def test_a_later_file_says_how_a_fact_ended(tmp_path: Path) -> None:
    """Overlapping exports make one set; by number, or by pv and day where there is none."""
    one = antecedents(
        tmp_path / "a.csv", "P1;;pv1;f1;13-02-2020;J;J;lopend", "P1;;pv2;;14-02-2020;J;J;lopend",
        "P2;;pv3;f2;14-02-2020;J;J;boete", header=RECORD,
    )  # fmt: skip
    two = antecedents(
        tmp_path / "b.csv", "p1;;pv1;f1;2020-02-13;J;J;vrijspraak",
        "P1;;pv2;;2020-02-14;J;J;boete", header=RECORD,
    )  # fmt: skip
    table, report = ipg.read_offences([one, two], key=KEY)
    assert table["outcome"].tolist() == ["boete", "vrijspraak", "boete"]
    assert (report.n_read, report.n_used, report.n_rejected) == (5, 3, 2)
    assert report.rejected["source"].tolist() == ["a.csv", "a.csv"]


def test_what_no_column_says_is_told(tmp_path: Path) -> None:
    """Without a word on the OM no fact counts, and nobody would know why."""
    path = antecedents(tmp_path / "a.csv", "P1;1;straat", header="persoonsnummer;feitnummer;straat")
    notes = " ".join(ipg.read_offences(path, key=KEY)[1].notes)
    assert "ingezonden aan het OM" in notes
    assert "geen kolom met de pleegdatum" in notes
    assert "Niet gelezen: straat" in notes


SECRET = "kraai-fiets-93-zolder-Twente-veertig"


@pytest.mark.parametrize(
    "content",
    [
        SECRET.encode() + b"\r\n",
        b"\xef\xbb\xbf" + SECRET.encode(),
        SECRET.encode("utf-16"),
        b"\xfe\xff" + SECRET.encode("utf-16-be"),
    ],
    ids=["line end", "mark", "utf-16", "utf-16 the other way round"],
)
def test_a_key_is_the_same_however_an_editor_saved_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sleutel.txt"
    path.write_bytes(content)
    assert ipg.privacy.read_key(path) == SECRET.encode()


def test_all_bytes_of_a_key_that_is_no_text_count() -> None:
    """One in twenty of them begins or ends with what is white space in text."""
    key = b"\n" + hashlib.sha256(b"any").digest() + b"\0"
    assert ipg.privacy.read_key(key) == key


@pytest.mark.parametrize("key", [b"\xef\xbb\xbf", b"\n" * 50, "x" * 4000, "."])
def test_what_is_no_key_is_refused_in_words(key: str | bytes) -> None:
    with pytest.raises(ReadError):
        ipg.privacy.read_key(key)


def test_a_sheet_that_was_not_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"uitleg": ["lees dit"]}).to_excel(book, sheet_name="Leeswijzer", index=False)
        pd.DataFrame({"Persoonsnummer": ["1"]}).to_excel(book, sheet_name="Data", index=False)
    table, report = ipg.read_offences(path, key=KEY)
    assert len(table) == 1
    assert any("niet gelezen: Leeswijzer" in note for note in report.notes)


def test_what_is_counted_in_notes_is_counted_in_rows_that_are_used(tmp_path: Path) -> None:
    """Rows that a later file has too aren't counted once more."""
    rows = [f"P{n};;pv{n};f{n};{13 + n}-02-2020;J;?;sepot" for n in range(4)]
    paths = [antecedents(tmp_path / name, *rows, header=RECORD) for name in ("a.csv", "b.csv")]
    notes = ipg.read_offences(paths, key=KEY)[1].notes
    assert sum("bij 4 rijen" in note for note in notes) == 2


@pytest.mark.parametrize(
    "name",
    ["Naam_verda", "Burgerserv", "Rekeningnu", "Slachtoffe", "Name of victim", "Perp Race",
     "Victim Age", "Geslacht slachtoffer", "Leeftijd verdachte", "Culturele achtergrond",
     "Verward persoon (J/N)", "Persoon ID", "Verdachte ID", "Home address", "Passport",
     "Behandelaar",
     "Reporting Officer", "Username", "Naam bewoner", "DOB_SUSPECT", "IMEI", "Strafblad"],
)  # fmt: skip
def test_cut_off_and_rarer_names_for_columns_about_persons_are_known(name: str) -> None:
    """A Shapefile keeps ten signs; English and Dutch put the words in another order."""
    assert columns.personal_columns([name]) == [name]


@pytest.mark.parametrize(
    "name",
    ["Herkomst melding", "Bron herkomst", "Herkomst van de gegevens", "Afkomstig systeem",
     "Mutatienummer", "Service name", "Device name", "Average persons", "Person count"],
)  # fmt: skip
def test_names_that_only_look_like_those_of_persons_pass_too(name: str) -> None:
    assert columns.personal_columns([name]) == columns.skipped_columns([name]) == []


def test_house_numbers_are_left_out_of_a_shapefile_too() -> None:
    assert columns.skipped_columns(["Pleeghuisn", "Toelichtin"]) == ["Pleeghuisn", "Toelichtin"]


@pytest.mark.parametrize(
    ("values", "kept"), [(["2", "0", "J"], True), (["J. Jansen", "P. de Vries", ""], False)]
)
def test_a_column_of_suspects_is_kept_for_numbers_and_not_for_names(
    tmp_path: Path, values: list[str], kept: bool
) -> None:
    incidents, report = read(tmp_path, "Verdachten", *values)
    assert ("Verdachten" in incidents) == kept
    assert ("Verdachten" in report.details["dropped"]) != kept
    assert "Jansen" not in report._repr_html_() + incidents.to_csv()


@pytest.mark.parametrize("written", ["1112.22.333", "111.222.333", "111 222 333"])
def test_a_bsn_in_groups_is_recognised(written: str) -> None:
    assert personal_values.suspects(pd.DataFrame({"ref": [written]})) == {"ref": {"bsn": 1}}


def test_plates_without_dashes_are_recognised_where_they_fill_a_column() -> None:
    plates = ["AB12CD", "99xxx9", "1ABC23", "GV123H", "12-ab-34"]
    assert personal_values.suspects(pd.DataFrame({"ref": plates})) == {"ref": {"plate": 5}}
    assert (
        personal_values.suspects(pd.DataFrame({"ref": [f"75{n}AB" for n in range(10, 20)]})) == {}
    )


def test_an_account_number_is_no_phone_number_as_well() -> None:
    rows = pd.DataFrame({"ref": ["NL91 ABNA 0417 1643 00"]})
    assert personal_values.suspects(rows) == {"ref": {"iban": 1}}


def test_numbers_of_incidents_are_looked_at_for_bsn(tmp_path: Path) -> None:
    path = tmp_path / "incidenten.csv"
    rows = [f"{bsn};2025-09-01;258000;471000" for bsn in (111222333, 123456782)]
    path.write_text("\n".join(["incidentnummer;datum;x;y", *rows]))
    _, report = ipg.read_incidents(path)
    assert report.details["personal_values"] == {"incidentnummer": {"bsn": 2}}


def test_a_rejected_row_does_not_show_a_column_that_looks_personal(tmp_path: Path) -> None:
    path = tmp_path / "incidenten.csv"
    rows = ["Velveweg;2025-09-01;258000;471000"] * 12 + ["jan@voorbeeld.nl;2025-09-01;;"]
    path.write_text("\n".join(["straatnaam;datum;x;y", *rows]))
    _, report = ipg.read_incidents(path)
    assert report.n_rejected == 1
    assert report.cells is None or "voorbeeld" not in report.cells.to_csv()


def test_columns_without_any_value_are_read(tmp_path: Path) -> None:
    """An export has them where nothing was filled in."""
    table, _ = record(tmp_path, "P1;;;;;;;", "P2;;;;;;;")
    assert table.drop(columns=["person", "geometry"]).isna().all(axis=None)


def test_a_day_with_a_time_is_no_phone_number() -> None:
    """In *02-11-2025 18:30* ten digits stand together that begin with a nought."""
    rows = pd.DataFrame({"q": ["02-11-2025 18:30", "bel 0612345678: ja"]})
    assert personal_values.suspects(rows) == {"q": {"phone": 1}}


def test_digits_inside_a_longer_number_are_no_phone_number() -> None:
    """Numbers of incidents that are hashes begin with ten digits at times."""
    hashed = "0612345678ab" + "c" * 52
    assert personal_values.suspects(pd.DataFrame({"Crime ID": [hashed, "0612345678.25"]})) == {}
    assert personal_values.suspects(pd.DataFrame({"q": ["bel 0612345678."]})) == {"q": {"phone": 1}}
