"""Address files are read whole, and house numbers become the points they stand for."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from helpers import lay_streets
from shapely import Point, box

import ipgtools as ipg
from ipgtools import geocoder, io
from ipgtools.errors import CrsError, ReadError
from ipgtools.pipeline import file_kind, inputs

RD = 28992
BAG_CSV = """openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;\
nummeraanduiding;verblijfsobjectstatus;object_id;pandstatus;x;y;lon;lat
Beukenlaan;2;;;7500AA;Enschede;0153200000000001;Verblijfsobject in gebruik;1;Pand in gebruik;\
257000;471000;6.88;52.22
Beukenlaan;4;A;2;7500 aa;Enschede;0153200000000002;Verblijfsobject in gebruik;2;Pand in gebruik;\
257020;471000;6.88;52.22
Beukenlaan;6;;;7500AA;Enschede;0153200000000003;Verblijfsobject ingetrokken;3;Pand gesloopt;\
257040;471000;6.88;52.22
Beukenlaan;;;;7500AA;Enschede;0153200000000004;Verblijfsobject in gebruik;4;Pand in gebruik;\
257060;471000;6.88;52.22
Beukenlaan;2;;;7500AA;Enschede;0153200000000005;Verblijfsobject in gebruik;5;Pand in gebruik;\
257000;471001;6.88;52.22
;8;;;7500AA;Enschede;0153200000000006;Verblijfsobject in gebruik;6;Pand in gebruik;\
257080;471000;6.88;52.22
"""


def doors(street="Beukenlaan", **numbers):
    """Make addresses of a street: ``n12a=(x, y)`` is number 12a at that point."""
    parts = [name.removeprefix("n").partition("_") for name in numbers]
    digits = ["".join(filter(str.isdigit, head)) for head, _, _ in parts]
    return gpd.GeoDataFrame(
        {
            "address_id": None,
            "street_name": street,
            "house_number": pd.array([int(each) for each in digits], dtype="Int64"),
            "house_letter": pd.array(
                [
                    head.removeprefix(each) or None
                    for (head, _, _), each in zip(parts, digits, strict=True)
                ],
                dtype="str",
            ),
            "addition": pd.array([rest or None for _, _, rest in parts], dtype="str"),
            "postcode": pd.array([None] * len(parts), dtype="str"),
            "city": pd.array([None] * len(parts), dtype="str"),
        },
        geometry=[Point(place) for place in numbers.values()],
        crs=RD,
    )


BEUKENLAAN = lay_streets(Beukenlaan=[(0, 0), (200, 0)])
HOUSES = doors(
    n2=(0, 10), n6=(40, 10), n8a=(60, 10), n8b=(64, 10), n1=(0, -10), n5=(40, -10), n40=(190, 10)
)


def one(text, streets=BEUKENLAAN, addresses=HOUSES, **options):
    """Locate one text."""
    return geocoder.geocode([text], streets, addresses=addresses, **options).iloc[0]


def test_a_bag_extract_is_read_and_every_row_accounted_for(tmp_path):
    """Withdrawn, without number or street, and double: each row has its reason."""
    path = tmp_path / "bag.csv"
    path.write_text(BAG_CSV)
    addresses, report = ipg.read_addresses(path)
    assert addresses["house_number"].tolist() == [2, 4]
    second = addresses.iloc[1]
    assert (second.house_letter, second.addition, second.postcode) == ("A", "2", "7500AA")
    assert addresses.geometry.iloc[0].equals(Point(257000, 471000))
    assert report.n_read == 6
    reasons = dict(zip(report.rejected["source_row"], report.rejected["reason"], strict=True))
    assert sorted(reasons) == [3, 4, 5, 6]
    assert "ingetrokken" in reasons[3]
    assert reasons[4] == "geen huisnummer"
    assert "vaker" in reasons[5]
    assert reasons[6] == "geen straatnaam"


def test_nothing_but_the_address_is_read(tmp_path):
    """Who lives there, if the file says so, stays in the file."""
    path = tmp_path / "a.csv"
    path.write_text("straatnaam;huisnummer;bewoner;x;y\nBeukenlaan;2;Jan;257000;471000\n")
    addresses, _ = ipg.read_addresses(path)
    assert "Jan" not in addresses.to_csv()


def test_a_geopackage_gives_the_layer_with_addresses(tmp_path):
    """PDOK's columns, in the second layer of the file; sites are surfaces."""
    path = tmp_path / "bag.gpkg"
    houses = gpd.GeoDataFrame({"bouwjaar": [1907]}, geometry=[box(0, 0, 9, 9)], crs=RD)
    houses.to_file(path, layer="pand")
    named = {
        "identificatie": ["0153010000000001", "0153030000000001"],
        "openbare_ruimte_naam": ["Beukenlaan", "Beukenlaan"],
        "huisnummer": [2, 3],
        "huisletter": [None, "c"],
        "toevoeging": [None, None],
        "woonplaats_naam": ["Enschede", "Enschede"],
    }
    site = box(257010, 471000, 257020, 471010)
    places = gpd.GeoDataFrame(named, geometry=[Point(257000, 471000), site], crs=RD)
    places.to_file(path, layer="verblijfsobject")
    addresses, report = ipg.read_addresses(path)
    assert report.details["layer"] == "verblijfsobject"
    assert addresses["house_number"].tolist() == [2, 3]
    assert addresses["address_id"].iloc[0] == "0153010000000001"
    assert site.contains(addresses.geometry.iloc[1])


@pytest.mark.parametrize(
    ("written", "number", "letter", "addition"),
    [
        ("12", 12, None, None),
        ("12a", 12, "a", None),
        ("12 A", 12, "A", None),
        ("12-2", 12, None, "2"),
        ("12a-2", 12, "a", "2"),
        ("12;14", 12, None, "14"),
        ("12bis", 12, None, "bis"),
        ("12.0", 12, None, None),
    ],
)
def test_a_number_in_one_column_is_taken_apart(tmp_path, written, number, letter, addition):
    """OpenStreetMap and lists of municipalities write it in one piece."""
    path = tmp_path / "a.csv"
    path.write_text(f'straat,huisnummer,x,y\nBeukenlaan,"{written}",257000,471000\n')
    found = ipg.read_addresses(path)[0].iloc[0]
    assert found.house_number == number
    assert (found.house_letter if letter else pd.isna(found.house_letter)) in {letter, True}
    assert (found.addition if addition else pd.isna(found.addition)) in {addition, True}


def test_one_address_in_two_towns_is_two_addresses(tmp_path):
    """Without towns in the file the distance tells them apart."""
    path = tmp_path / "a.csv"
    rows = "Dorpsstraat,1,257000,471000\nDorpsstraat,1,257010,471000\nDorpsstraat,1,250000,470000\n"
    path.write_text(f"straat,huisnummer,x,y\n{rows}")
    addresses, report = ipg.read_addresses(path)
    assert len(addresses) == 2
    assert report.rejected["source_row"].tolist() == [2]


def test_short_names_of_columns_are_known(tmp_path):
    """A letter in a column `Toev` isn't lost: it tells two doors apart."""
    path = tmp_path / "adressen.csv"
    path.write_text(
        "Straat;Huisnr;Toev;PC;Plaatsnaam;X;Y\nBeukenlaan;4;a;7533 vl;Enschede;257000,5;471000\n"
    )
    addresses, _ = io.read_addresses(path)
    parts = ["house_number", "addition", "postcode", "city"]
    assert addresses.loc[0, parts].tolist() == [4, "a", "7533VL", "Enschede"]


def test_other_names_of_columns_can_be_given(tmp_path):
    """And without a column of numbers the message says which names are known."""
    path = tmp_path / "a.csv"
    path.write_text("adres_straat;nr_huis;x;y\nBeukenlaan;2;257000;471000\n")
    with pytest.raises(ReadError, match="house_number"):
        ipg.read_addresses(path)
    columns = {"street_name": "adres_straat", "house_number": "nr_huis"}
    assert len(ipg.read_addresses(path, columns=columns)[0]) == 1


def test_points_of_locatieserver_are_read(tmp_path):
    """Its CSV has a point in RD and one in degrees; the first is taken."""
    path = tmp_path / "a.csv"
    path.write_text(
        "straatnaam;huisnummer;woonplaatsnaam;centroide_ll;centroide_rd\n"
        "Bolognalaan;101;Utrecht;POINT(5.17637 52.08207);POINT(140547.812 454887.397)\n"
    )
    found, _ = ipg.read_addresses(path, columns={"city": "woonplaatsnaam"})
    assert found.geometry.iloc[0].equals(Point(140547.812, 454887.397))


def test_a_house_number_is_its_address():
    """The surest there is: its own point, whatever the street's line does."""
    found = one("Beukenlaan 6")
    assert found.geometry.equals(Point(40, 10))
    assert (found.precision, found.location_score) == ("adres", 1.0)
    assert "adressenbestand" in found.reason


def test_no_reason_names_a_house_number():
    """Reasons go with the findings, to readers who may see streets only."""
    texts = ["Beukenlaan 6", "Beukenlaan 4", "Beukenlaan 42", "Beukenlaan t.o. 6", "Beukenlaan 8c"]
    reasons = geocoder.geocode(texts, BEUKENLAAN, addresses=HOUSES)["reason"]
    assert not reasons.str.contains(r"\d").any()


def test_a_missing_number_lies_between_its_neighbours_on_the_same_side():
    """4 is halfway 2 and 6; 3 is halfway 1 and 5, across the street."""
    even, odd = one("Beukenlaan 4"), one("Beukenlaan 3")
    assert even.geometry.equals(Point(20, 10))
    assert odd.geometry.equals(Point(20, -10))
    assert even.location_score < one("Beukenlaan 6").location_score
    assert "tussen de buren" in even.reason


def test_beyond_the_last_house_the_nearest_number_counts_for_less():
    """44 is near 40; 7 is near 5; 99 is near nothing, and stays the street."""
    near = one("Beukenlaan 44")
    assert near.geometry.equals(Point(190, 10))
    assert near.location_score < one("Beukenlaan 4").location_score
    assert one("Beukenlaan 7").geometry.equals(Point(40, -10))
    far = one("Beukenlaan 99")
    assert (far.precision, far.location_score) == ("straat", 0.6)


def test_neighbours_far_apart_say_nothing():
    """Between 8 and 40 lie 130 metres, which is little; a gap of 300 is too much."""
    assert one("Beukenlaan 24").reason.startswith("huisnummer staat niet")
    sparse = doors(n2=(0, 10), n40=(300, 10))
    assert one("Beukenlaan 20", addresses=sparse).precision == "straat"


def test_a_letter_chooses_among_addresses_of_one_number():
    """8b is 8b; 8c is one of them, for a little less; 8 is one of them."""
    assert one("Beukenlaan 8b").geometry.equals(Point(64, 10))
    assert one("Beukenlaan 8 b").geometry.equals(Point(64, 10))
    other = one("Beukenlaan 8c")
    assert other.geometry.x in {60, 64}
    assert 0.9 < other.location_score < 1
    assert one("Beukenlaan 8").location_score == 1


@pytest.mark.parametrize(
    "text", ["Beukenlaan t.o. nr. 6", "Beukenlaan t/o 6", "Beukenlaan t.h.v. 6"]
)
def test_opposite_and_level_lie_on_the_street(text):
    """What is opposite a house is not in the house."""
    found = one(text)
    assert found.geometry.equals(Point(40, 0))
    assert found.precision == "adres"
    assert found.location_score < 1


def test_the_rear_of_a_house_is_the_house():
    """The point is the address; the reason says that the rear is meant."""
    found = one("Beukenlaan 6 - achterzijde")
    assert found.geometry.equals(Point(40, 10))
    assert found.reason.startswith("achterzijde")


def test_addresses_do_without_street_lines():
    """A street known by its houses only has a middle, and its numbers."""
    assert one("Beukenlaan 6", None).geometry.equals(Point(40, 10))
    street = one("Beukenlaan", None)
    assert street.precision == "straat"
    assert street.geometry.distance(Point(60, 10)) < 40


def test_number_ranges_serve_where_no_neighbours_are_known():
    """Number 61 of 1 to 101 is at six tenths of the street."""
    ranged = BEUKENLAAN.assign(nr_van=1, nr_tot=101)
    found = one("Beukenlaan 61", ranged)
    assert found.geometry.equals(Point(120, 0))
    assert found.location_score == 0.9


def test_a_number_or_a_postcode_tells_streets_of_one_name_apart():
    """Two Kerkstraten: 7 occurs in one of them only; 1 needs its postcode, or the area."""
    twice = pd.concat([doors(n1=(0, 0), n7=(30, 0)), doors(n1=(9000, 0))], ignore_index=True)
    twice["postcode"] = pd.array(["7500AA", "7500AA", "7600BB"], dtype="str")
    assert one("Beukenlaan 7", None, twice).geometry.equals(Point(30, 0))
    assert one("Beukenlaan 1", None, twice).geometry is None
    assert one("Beukenlaan 1, 7600 BB", None, twice).geometry.equals(Point(9000, 0))
    assert one("Beukenlaan 1", None, twice, area=box(8000, -9, 9999, 9)).geometry.x == 9000


def test_a_town_behind_the_street_is_no_stray_word_and_chooses():
    """In the text, or meant throughout; a name is mended to a street of the right town."""
    towns = pd.concat(
        [doors("Lindelaan", n1=(0, 0)), doors("Lindenlaan", n1=(9000, 0))], ignore_index=True
    )
    towns["city"] = pd.array(["Boekelo", "Glanerbrug"], dtype="str")
    for text in ("Lindenlaan 1 te Boekelo", "Lindenlaan 1, BOEKELO", "Lindenlaan 1 7500AB Boekelo"):
        assert one(text, None, towns).street == "Lindelaan"
    found = one("Lindenlaan 1, Glanerbrug", None, towns)
    assert (found.geometry.x, found.location_score) == (9000, 1.0)
    assert one("Lindenlaan 1", None, towns, city="Boekelo").street == "Lindelaan"


def test_a_list_of_streets_mends_names_and_places_them_roughly(tmp_path):
    """A point gives the street; a name alone gives no point, and says so."""
    path = tmp_path / "straten.csv"
    path.write_text("naam;x;y\nBeukenlaan;257000;471000\nLindestraat;;\n;1;1\n")
    streets, report = io.read_street_list(path)
    assert (len(streets), report.details["n_without_point"]) == (2, 1)
    found = geocoder.geocode(["Beukenlan 3", "Lindestraat", "Beukenlaan hoek Lindestraat"], streets)
    assert found["street"].str.startswith(("Beukenlaan", "Lindestraat")).all()
    assert found.geometry.notna().tolist() == [True, False, True]
    assert "zonder lijnen" in found["reason"].iloc[2]


def test_a_rejected_address_shows_what_stood_there_and_its_row_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text(
        "Adressen van de gemeente\nstraat;huisnummer;x;y\nBeukenlaan;2;257000;471000\n"
        "Lindestraat;-;257000;471000\n"
    )
    _, report = ipg.read_addresses(path)
    told = pd.read_csv(report.write_rejected(tmp_path / "weg.csv"), sep=";")
    row = told.iloc[0]
    assert row["Rij in Excel"] == 4
    assert "Lindestraat" in row.tolist()
    assert "-" in row.astype("str").str.strip("' ").tolist()


def test_a_list_of_streets_is_read_where_streets_are_asked_for(tmp_path: Path) -> None:
    """In `ipg.toml` and by `check`; a table of something else isn't taken for one."""
    listed = tmp_path / "straten.csv"
    listed.write_text("straat;plaats\nBeukenlaan;Enschede\nLindestraat;Enschede\n")
    streets, _ = inputs.read_street_names(listed)
    assert streets["street_name"].tolist() == ["Beukenlaan", "Lindestraat"]
    assert file_kind.detect(listed).kind == "streets"
    incidents = tmp_path / "incidenten.csv"
    incidents.write_text("straat;datum;x;y\nBeukenlaan;2025-09-13;257000;471000\n")
    with pytest.raises(ReadError):
        inputs.read_street_names(incidents)


def test_addresses_and_streets_must_share_a_crs():
    """Metres of another projection are elsewhere."""
    with pytest.raises(CrsError):
        geocoder.geocode(["Beukenlaan 2"], BEUKENLAAN, addresses=HOUSES.to_crs(32632))
    with pytest.raises(ValueError, match="addresses"):
        geocoder.geocode(["Beukenlaan 2"])


UTM = "EPSG:32632"


@pytest.fixture(scope="module")
def liechtenstein(shared):
    """Give the addresses of Liechtenstein by OpenStreetMap, and how a report would write them."""
    path = shared / "osm_liechtenstein" / "addresses.csv.gz"
    addresses, report = ipg.read_addresses(path, work_crs=UTM)
    assert report.n_read == 999
    letters = addresses["house_letter"].fillna("")
    written = addresses["street_name"] + " " + addresses["house_number"].astype(str) + letters
    return addresses, written


def test_real_addresses_are_found_where_they_are(liechtenstein):
    """Of 976, at least 98 % to the metre; the rest are streets of one name in several villages."""
    addresses, written = liechtenstein
    found = geocoder.geocode(written[::4], addresses=addresses)
    away = found.distance(addresses.geometry[::4])
    assert (away < 1).mean() >= 0.97
    assert found.geometry.notna().mean() >= 0.98


def test_a_real_address_left_out_is_estimated_near_where_it_is(liechtenstein):
    """Half of the estimates between neighbours lie within 15 metres, nine in ten within 40."""
    addresses, written = liechtenstein
    away = []
    for at in addresses.index[::12]:
        others = addresses[addresses["street_name"] == addresses["street_name"][at]].drop(index=at)
        if others.empty:
            continue
        near = addresses.geometry[at].buffer(400)
        found = geocoder.geocode([written[at]], addresses=others, area=near).iloc[0]
        if found.geometry is not None and "tussen de buren" in found.reason:
            away.append(found.geometry.distance(addresses.geometry[at]))
    assert len(away) > 30
    assert pd.Series(away).quantile(0.5) < 15
    assert pd.Series(away).quantile(0.9) < 40


def test_all_layers_of_the_bag_with_addresses_are_read(tmp_path: Path) -> None:
    """Houseboats and caravan sites stand beside the dwellings; their rows say which was theirs."""
    path = tmp_path / "bag.gpkg"
    for layer, number in (("verblijfsobject", 1), ("ligplaats", 3), ("standplaats", 5)):
        gpd.GeoDataFrame(
            {"openbare_ruimte_naam": "Havenkade", "huisnummer": [number, number + 1]},
            geometry=[Point(259000 + number, 471000), None],
            crs=28992,
        ).to_file(path, layer=layer)
    addresses, report = ipg.read_addresses(path)
    assert addresses["house_number"].tolist() == [1, 3, 5]
    assert (report.n_read, report.n_used, report.n_rejected) == (6, 3, 3)
    assert report.rejected["source"].tolist()[1] == "bag.gpkg/ligplaats"


def test_number_zero_is_no_number(tmp_path: Path) -> None:
    """The BAG begins at 1; 0 is how systems write none."""
    path = tmp_path / "a.csv"
    path.write_text("straat;huisnummer;x;y\nA;0;259000;471000\nA;1;259001;471000\n")
    _, report = ipg.read_addresses(path)
    assert report.rejected["reason"].tolist() == ["geen huisnummer"]
