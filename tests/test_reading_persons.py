"""Nothing about persons comes along by accident: by the names of columns and by their values."""

from pathlib import Path

import pandas as pd
import pytest

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import columns, personal

KEY = b"k" * 40
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
    path = folder / "incidenten.csv"
    path.write_text("\n".join([f'incidentnummer;datum;x;y;"{name}"', *rows]))
    return ipg.read_incidents(path, **options)


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
    assert columns.forbidden([name]) == []
    assert columns.left_out([name]) == []


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
    assert personal.free_text(pd.DataFrame({"soort": [label] * 10})) == []
    assert personal.free_text(pd.DataFrame({"soort": TOLD})) == ["soort"]


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
    assert sum(map(personal.is_bsn, running)) == 100
    assert personal.suspects(pd.DataFrame({"zaak": running})) == {}


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


@pytest.mark.parametrize("key", [b"", b"kort"])
def test_without_a_key_nothing_is_read(tmp_path: Path, key: bytes) -> None:
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
    assert columns.forbidden([name]) == [name]


@pytest.mark.parametrize(
    "name",
    ["Verdachten", "Straatnaam", "Voornaamste oorzaak", "Plaatsnaam", "Wijknaam", "Residential",
     "Beat name", "Snelheidsbeperking", "Signalering", "Namens", "Telling", "Terras"],
)  # fmt: skip
def test_names_that_only_look_alike_pass(name: str) -> None:
    """What isn't about a person isn't lost."""
    assert columns.forbidden([name]) == []


@pytest.mark.parametrize("name", ["Pleegadres", "Hsnr", "Huisletter", "Bijzonderheden"])
def test_more_names_for_addresses_and_free_text_are_known(name: str) -> None:
    """They are left out unless asked for."""
    assert columns.left_out([name]) == [name]


def test_a_phone_number_with_its_area_code_in_brackets_is_recognised() -> None:
    """As letterheads write it."""
    assert personal.suspects(pd.DataFrame({"q": ["(053) 487 11 11"]})) == {"q": {"phone": 1}}


def test_numbers_with_gaps_are_looked_at_for_bsn() -> None:
    """Sheets make floats of whole numbers when one is missing."""
    rows = pd.DataFrame({"ref": [111222333.0, None, 123456782.0]})
    assert personal.suspects(rows) == {"ref": {"bsn": 2}}


def test_values_in_a_column_of_streets_are_looked_at_too(tmp_path: Path) -> None:
    """A column that is recognised can hold an address for mail as well."""
    _, report = read(tmp_path, "straatnaam", "Velveweg", "jan@voorbeeld.nl")
    assert any("straatnaam lijkt persoonsgegevens" in note for note in report.notes)
