"""A place in words is told by names of the street file, or not at all."""

import random
import re

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

import ipgtools as ipg
from ipgtools import privacy
from ipgtools.geocoder import PublicPlaces, public_place
from ipgtools.geocoder.exact_names import ExactNames
from ipgtools.geocoder.tokens import is_street, tokens
from ipgtools.nl import schouw
from ipgtools.privacy import public_place_names

CROSSING = {
    "Oostveenweg": [(0, 0), (100, 0)],
    "Leijdsweg": [(50, -50), (50, 50)],
    "Pluimstraat": [(0, 1000), (100, 1000)],
}
OTHERS = (
    "Lage Bothofstraat", "Plein 1940-1945", "Laan 1940-1945", "Plein 1813", "Plein",
    "Boulevard 1945", "2e Pijpstraat", "Pijpstraat", "1e Dwarsstraat", "Jansenstraat",
    "Galenstraat", "Langeweg",
    "Van der Heijdenstraat", "Burgemeester Jacobsstraat", "J.J. van Deinselaan", "O&O plein",
    "Hengelosestraat", "Reigerstraat", "Veldkamp", "Bloemendaal", "De Klomp", "Oude Markt",
    "'t Straatje", "Esstraat", "Curaçaostraat",
)  # fmt: skip
NAMES = (*CROSSING, *OTHERS)
STREETS = gpd.GeoDataFrame(
    {"street_name": NAMES},
    geometry=[LineString(CROSSING[name]) if name in CROSSING else None for name in NAMES],
    crs=28992,
)
KNOWN = PublicPlaces(STREETS)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Oostveenweg nr. 80 - achterzijde", "Oostveenweg"),
        ("Leijdsweg t.o. 15a", "Leijdsweg"),
        ("OOSTVEENWEG 0012 A", "Oostveenweg"),
        ("oostveenweg 12-II", "Oostveenweg"),
        ("Oostveenweg 12 t/m 18", "Oostveenweg"),
        ("Oostveenweg12bis", "Oostveenweg"),
        ("Oostveenweg 12 hs (mw. Jansen)", "Oostveenweg"),
        ("bij mw. De Vries, Lage Bothofstraat 12-14", "Lage Bothofstraat"),
        ("achterpad Pluimstraat", "Pluimstraat"),
        ("Zwerfvuil in de Pluimstraat", "Pluimstraat"),
        ("Plein 1940-1945", "Plein 1940-1945"),
        ("Plein 1940-1945 nr. 12", "Plein 1940-1945"),
        ("laan 1940 - 1945", ""),
        ("Plein 1813 12", "Plein 1813"),
        ("Plein 12", "Plein"),
        ("2e Pijpstraat 4", "2e Pijpstraat"),
        ("Tweede Pijpstraat", "2e Pijpstraat"),
        ("1ste Dwarsstraat", "1e Dwarsstraat"),
        ("burg. Jacobsstr. 12", "Burgemeester Jacobsstraat"),
        ("v.d. Heijdenstraat 1", "Van der Heijdenstraat"),
        ("JJ van Deinselaan", "J.J. van Deinselaan"),
        ("Hengelose straat 100", "Hengelosestraat"),
        ("curacaostr 3", "Curaçaostraat"),
        ("'t straatje", "'t Straatje"),
        ("O&O plein", "O&O plein"),
        ("Oude Markt", "Oude Markt"),
        ("De Klomp 3", "De Klomp"),
        ("Bloemendaal", "Bloemendaal"),
        ("woont Pluimstraat 12, afval op Oostveenweg", "Oostveenweg"),
        ("Oostveenweg tussen Leijdsweg en Pluimstraat", "Oostveenweg"),
        ("tussen Pluimstraat en Leijdsweg op de Oostveenweg", "Oostveenweg"),
    ],
)
def test_a_street_is_told_as_the_file_spells_it(text: str, place: str) -> None:
    assert KNOWN.name(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "", "12-II", "12 t/m 18", "12 hs", "12bis", "12-A", "0012 A", "nr. 12", "t.o. 15a",
        "(mw. Jansen)", "Jansen", "mw. Jansen, 06-12345678", "fam. De Vries",
        "Plein 1940", "Plein 1945", "3e Pijpstraat", "Oude Pijpstraat",
        "Jan van Galenstraat 4", "van Galenstraat", "Burgemeester Galenstraat", "A. Galenstraat",
        "De Reigerstraat 7", "Heijdenstraat", "Wteede Pluimstraat",
        "mw. Langeweg", "dhr. A. Langeweg", "Piet Langeweg", "Langeweg-Smit", "Smit-Langeweg",
        "mw. Bloemendaal", "Piet Bloemendaal", "bij Bloemendaal", "(Veldkamp)", "Veldkamp-Jansen",
        "melding van Bloemendaal 12", "Veldkamp belde", "mw. Jansen woont Pluimstraat 12",
        "tussen Oostveenweg en Pluimstraat", "jan@oostveenweg.nl", "www.oostveenweg.nl",
        "Oostveen weg-Jansen", "Oostveenwegje", "Dostveemweg 12", "A35", "\x00\u202e", "№ 12 ½",
    ],
)  # fmt: skip
def test_what_names_no_street_for_certain_is_not_told(text: str) -> None:
    assert KNOWN.name(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "hoek Oostveenweg/Leijdsweg", "Oostveenweg hoek Leijdsweg", "Oostveenweg - hoek Leijdsweg",
        "Oostveenweg t.h.v. Leijdsweg", "Oostveenweg x Leijdsweg", "Oostveenweg-Leijdsweg",
        "hoek van de Oostveenweg en de Leijdsweg", "hoek Oostveenweg 12 / Leijdsweg",
    ],
)  # fmt: skip
def test_a_corner_is_told_by_both_streets(text: str) -> None:
    assert KNOWN.name(text) == "Oostveenweg bij Leijdsweg"


def test_streets_that_do_not_meet_are_no_corner() -> None:
    assert KNOWN.name("hoek Oostveenweg/Pluimstraat") == "Oostveenweg"


def test_a_list_of_names_tells_corners_without_lines() -> None:
    listed = gpd.GeoDataFrame({"street_name": ["Oostveenweg", "Pluimstraat"]})
    assert (
        PublicPlaces(listed).name("hoek Oostveenweg/Pluimstraat") == "Oostveenweg bij Pluimstraat"
    )


def test_an_area_is_told_where_no_street_is() -> None:
    areas = gpd.GeoDataFrame({"area_name": ["Wooldrik", "De Leuriks"]})
    known = PublicPlaces(STREETS, areas=areas)
    assert known.name("speeltuin Wooldrik") == "Wooldrik"
    assert known.name("mw. Wooldrik") == known.name("Jan Wooldrik") == ""
    assert known.name("Wooldrik, Pluimstraat 3") == "Pluimstraat"


def test_streets_of_another_town_are_not_told() -> None:
    towns = gpd.GeoDataFrame(
        {"street_name": ["Kerkstraat", "Dorpsstraat"], "city": ["Enschede", "Glanerbrug"]}
    )
    known = PublicPlaces(towns)
    assert known.name("Kerkstraat 5, Enschede") == "Kerkstraat"
    assert known.name("Kerkstraat 5, Glanerbrug") == ""
    assert known.name("Kerkstraat 5 te Hengelo") == ""


def test_a_house_number_in_the_file_of_streets_is_not_told() -> None:
    """A list of addresses may be given for one of streets."""
    known = PublicPlaces(
        gpd.GeoDataFrame({"street_name": ["Pluimstraat 12a", "De Es 4", "Plein 9"]})
    )
    assert known.name("Pluimstraat 12a") == "Pluimstraat"
    assert known.name("De Es 4") == known.name("Plein 9") == ""


def test_without_a_file_of_streets_nothing_is_told() -> None:
    assert public_place(["Oostveenweg", "hoek A/B"], None).isna().all()
    assert not PublicPlaces()


def test_the_result_stands_on_the_index_of_the_texts() -> None:
    texts = pd.Series(["Oostveenweg 3", None, "Oostveenweg 3"], index=[7, 5, 7])
    told = public_place(texts, STREETS)
    assert told.index.tolist() == [7, 5, 7]
    assert told.isna().tolist() == [False, True, False]


def test_streets_that_may_be_persons_are_told_apart() -> None:
    assert all(map(is_street, ["egstraat", "plein 1813", "van galenstraat", "park de kotten"]))
    assert not any(map(is_street, ["veldkamp", "de klomp", "voetpad", "weg", "plein"]))


_FORMS = re.compile(r"(?P<one>.+?)(?: bij (?P<other>.+))?")
_NOISE = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(
        ["12", "12-II", "12a", "t/m", "hoek", "/", "-", ",", "(", ")", "mw.", "Jansen", "De", "van",
         "nr.", "t.o.", "bij", "tussen", "en", "x", "straat", "Oude", "06-12345678", "7531 AB"]
    ),
    st.text(max_size=6),
    st.integers(0, 99999).map(str),
)  # fmt: skip


@settings(max_examples=5 * settings.default.max_examples)
@given(st.lists(_NOISE, max_size=8), st.sampled_from(["", " ", " ", "-"]))
def test_whatever_is_mixed_into_a_text_only_names_come_out(parts: list[str], by: str) -> None:
    """A name comes out whole or not at all, and only if all of its words stood in the text."""
    text = by.join(parts)
    told = KNOWN.name(text)
    names = {"": [], **{name: [name] for name in NAMES}}
    names |= {f"{one} bij {other}": [one, other] for one in NAMES for other in NAMES}
    assert told in names
    assert all(run_together(name) in run_together(text) for name in names[told])


def run_together(text: str) -> str:
    """Give the words of a text without what stands between them."""
    return "".join(token.key for token in tokens(text))


# The gate.


@pytest.mark.parametrize("text", ["12-14", "12-II", "(mw. Jansen)", "12 t/m 18", "12 hs", "12bis"])
def test_no_house_number_or_person_reaches_the_public(text: str) -> None:
    """What stood in 0.1.0's public report: '12-', '(mw. Jansen)', 'Oostveenweg/m'."""
    for front in ("", "Oostveenweg "):
        table = pd.DataFrame(
            {"finding_id": ["1"], "schouw_id": ["s"], "location_text": [front + text]}
        )
        shown = privacy.release(table, "openbaar", streets=STREETS).table["location_text"]
        assert shown.fillna("").tolist() == [front.strip()]


def test_places_are_missing_and_that_is_said_without_streets() -> None:
    table = pd.DataFrame(
        {"finding_id": ["1"], "schouw_id": ["s"], "location_text": ["Oostveenweg"]}
    )
    shown = privacy.release(table, "openbaar")
    assert shown.table["location_text"].isna().all()
    assert sum("stratenbestand" in line for line in shown.suppressed) == 1


def test_partners_see_the_house_of_a_finding_and_not_of_a_photo() -> None:
    """They may need the number for what they have to do; the title of a mail is a resident's."""
    finding = pd.DataFrame(
        {"finding_id": ["1"], "schouw_id": ["s"], "location_text": ["Oostveenweg 12"]}
    )
    kept = privacy.release(finding, "partner", streets=STREETS).table
    assert kept["location_text"].tolist() == ["Oostveenweg 12"]
    photos = pd.DataFrame(
        {"photo_id": ["a", "b"], "caption": ["Afval bij buurvrouw Truus", "Vraagje van Piet"],
         "location_text": ["Oostveenweg 12", None]}
    )  # fmt: skip
    shown = privacy.release(photos, "partner", streets=STREETS).table
    assert shown["caption"].tolist() == ["Afval, Oostveenweg", "Melding"]
    assert "location_text" not in shown


@pytest.mark.parametrize(
    ("text", "told"),
    [("Oostveenweg 12-II (mw. Jansen)", "Oostveenweg 12-II"),
     ("bij dhr. A. Smit, OOSTVEENWEG nr. 12 a", "Oostveenweg nr. 12 a"),
     ("Leijdsweg t.o. nr. 23", "Leijdsweg t.o. nr. 23"),
     ("t/o Leijdsweg 23", "t.o. Leijdsweg 23"),
     ("ter hoogte van Leijdsweg 23", "ter hoogte van Leijdsweg 23"),
     ("Oostveenweg nr. 94 - achterzijde", "Oostveenweg nr. 94 - achterzijde"),
     ("Pluimstraat - hondenuitrenveld", "Pluimstraat - hondenuitrenveld"),
     ("Oostveenweg 12 t/m 18", "Oostveenweg 12 t/m 18"),
     ("Oostveenweg 12-16, 12 hs", "Oostveenweg 12-16"),
     ("Oostveenweg 12 bis", "Oostveenweg 12 bis"),
     ("Oostveenweg 12 J. Jansen", "Oostveenweg 12"),
     ("Oostveenweg 12 J Jansen", "Oostveenweg 12"),
     ("Oostveenweg 12, Kerk", "Oostveenweg 12"),
     ("Oostveenweg 12jan", "Oostveenweg"),
     ("Oostveenweg 12-05-1985", "Oostveenweg"),
     ("Oostveenweg, 06-12345678", "Oostveenweg"),
     ("hoek Oostveenweg/Leijdsweg 3", "Oostveenweg bij Leijdsweg"),
     ("12-II (mw. Jansen)", "")],
)  # fmt: skip
def test_who_may_see_house_numbers_sees_street_and_number_and_nothing_else(text, told) -> None:
    """What somebody wrote about a place may name who lives there."""
    assert KNOWN.house(text) == told
    for audience in ("partner", "burgemeester"):
        table = pd.DataFrame({"finding_id": ["1"], "schouw_id": ["s"], "location_text": [text]})
        shown = privacy.release(table, audience, streets=KNOWN).table["location_text"]
        assert shown.fillna("").tolist() == [told]
    assert privacy.release(table, "politie").table["location_text"].tolist() == [text]


@given(st.lists(_NOISE, max_size=8), st.sampled_from(["", " ", " ", "-"]))
def test_of_a_text_only_names_numbers_and_words_of_lists_come_with_a_house(
    parts: list[str], by: str
) -> None:
    told = KNOWN.house(by.join(parts))
    for name in sorted(NAMES, key=len, reverse=True):
        told = told.replace(name, " ")
    words = {"nr", "tm", "en", "bij"} | schouw.ADDITIONS | schouw.PLACE_WORDS
    words |= {word for some in schouw.RELATIONS.values() for one in some for word in one.split()}
    left = [one.key for one in tokens(told) if one.key not in words]
    assert all(one[0].isdigit() or len(one) == 1 for one in left)


def test_the_street_of_a_finding_is_one_of_the_file_or_missing() -> None:
    table = pd.DataFrame(
        {"finding_id": ["1", "2", "3"], "schouw_id": ["s"] * 3, "location_text": ["Leijdsweg"] * 3,
         "street": ["Leijdsweg", "Oostveenweg / Leijdsweg", "bij mw. Jansen"]}
    )  # fmt: skip
    shown = privacy.release(table, "partner", streets=STREETS).table["street"]
    assert shown.fillna("").tolist() == ["Leijdsweg", "Oostveenweg / Leijdsweg", ""]


def test_actions_and_compared_findings_are_told_by_street() -> None:
    text = "Leijdsweg 15 (dhr. Smit)"
    action = pd.DataFrame({"action_id": ["1"], "actor": ["DSOB"], "location_text": [text]})
    compared = pd.DataFrame(
        {"outcome": ["nieuw"], "before_id": [None], "after_id": ["1"], "location_text": [text]}
    )
    for table in (action, compared):
        shown = privacy.release(table, "openbaar", streets=STREETS).table
        assert shown["location_text"].tolist() == ["Leijdsweg"]


@pytest.mark.parametrize(
    "name",
    ["Oostveenweg", "Oostveenweg bij Leijdsweg", "Oostveenweg tussen Leijdsweg en Pluimstraat",
     "omgeving Oostveenweg en Plein 1940-1945", "Oostveenweg (noord)", "Oostveenweg (midden 2)",
     "plek 2", "plek 2 in Wooldrik", "plek 2 in het noordwesten", "Boulevard 1945 bij De Klomp"],
)  # fmt: skip
def test_names_of_hot_places_pass(name: str) -> None:
    areas = gpd.GeoDataFrame({"area_name": ["Wooldrik"]})
    assert PublicPlaces(STREETS, areas=areas).is_public(name)


@pytest.mark.parametrize(
    "name",
    ["", "Oostveenweg 12", "Oostveenweg bij Jansen", "bij en tussen", "mw. Jansen", "12",
     "plek van Jansen", "Oostveenweg 1945", "Plein 1940", "Mevrouw Jansen Pluimstraat"],
)  # fmt: skip
def test_names_of_hot_places_with_anything_else_in_them_do_not(name: str) -> None:
    assert not KNOWN.is_public(name)
    shown, said = public_place_names.public_hot_place_names(
        pd.DataFrame({"number": [3], "name": [name]}), KNOWN
    )
    assert shown["name"].tolist() == ["plek 3"]
    assert len(said) == 1


# Real streets and reports.


@pytest.fixture(scope="module")
def enschede(shared) -> PublicPlaces:
    path = shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    return PublicPlaces(ipg.read_streets(path)[0])


_OF_PERSONS = (
    "mw. {0}", "dhr. A. {0}", "Jan {0}", "({0})", "bij {0}", "melding van {0}", "{0}-Jansen",
    "Jansen-{0}", "{0} belde", "Pluimstraat 12 ({0})", "{0}, Pluimstraat 12", "contact: {0}",
    "Pluimstraat 12 t.n.v. {0}", "eigenaar {0}",
)  # fmt: skip


def test_persons_called_like_a_street_are_not_told(enschede) -> None:
    """Of 155 streets in Enschede the name is one that persons have as well."""
    names = sorted(set(enschede.streets.exact.values()))
    may_be_persons = [
        name for name in names if not is_street(" ".join(one.key for one in tokens(name)))
    ]
    assert len(may_be_persons) > 100
    told = [enschede.name(form.format(name)) for name in may_be_persons for form in _OF_PERSONS]
    assert set(told) == {"", "Pluimstraat"}


_WRITTEN = (
    "{0} {1}", "{0} nr. {1}", "{0} {1}a", "{0} {1}-II", "{0} t.o. {1}", "{0} {1} t/m {2}",
    "{0} - achterzijde", "{0}", "bij mw. De Vries, {0} {1}", "{0} {1} (fam. Jansen)",
    "ter hoogte van {0} {1}", "speeltuin {0}",
)  # fmt: skip


def test_nearly_every_street_of_a_town_is_found_and_none_is_mistaken(enschede) -> None:
    rng = random.Random(11)
    names = sorted(set(enschede.streets.exact.values()))
    told = [
        (name, enschede.name(form.format(name, rng.randint(1, 300), rng.randint(301, 400))))
        for name in names
        for form in _WRITTEN
    ]
    assert not [pair for pair in told if pair[1] not in ("", pair[0])]
    assert sum(name == found for name, found in told) >= 0.99 * len(told)


def test_streets_of_other_towns_are_seldom_taken_for_ones_of_this_town(enschede, shared) -> None:
    """Streets of Twente outside Enschede whose name Enschede has not."""
    path = shared / "nl_twente_schoorsteenbranden" / "twente_schoorsteenbranden_2004_2020.csv"
    fires = pd.read_csv(path)
    own = {name.casefold() for name in enschede.streets.exact.values()}
    others = {
        street
        for street in fires.loc[fires["gemeente"] != "Enschede", "straat"].dropna()
        if street.casefold() not in own and "- n7" not in street  # the same street, with its road
    }
    texts = [form.format(name.title(), 12, 14) for name in sorted(others) for form in _WRITTEN]
    wrong = [text for text in texts if enschede.name(text)]
    assert len(wrong) <= 0.001 * len(texts), wrong


def test_findings_of_the_sample_keep_their_place(root) -> None:
    sample = root / "data" / "sample"
    streets = ipg.read_streets(sample / "straten.geojson")[0]
    findings = ipg.read_schouw(sample / "schouw_velve-lindenhof.docx", streets=streets)[0]
    told = public_place(findings["location_text"], streets)
    assert told.notna().all()
    assert not told.str.contains(r"\d").any()


def test_findings_of_a_real_report_keep_their_place(enschede, shared) -> None:
    expected = pd.read_csv(shared / "schouw_velve_lindenhof_2007" / "verwacht.csv")
    told = expected["adres"].map(enschede.name)
    assert (told != "").all()
    assert sum(" bij " in name for name in told) == 4


def test_whole_names_are_found_in_order() -> None:
    names = ExactNames.of(["Oostveenweg", "Leijdsweg"])
    found = names.find(tokens("Leijdsweg 3, Oostveenweg 4"))
    assert [one.name for one in found] == ["Leijdsweg", "Oostveenweg"]


def test_points_of_findings_go_where_they_went() -> None:
    table = gpd.GeoDataFrame(
        {"finding_id": ["1"], "schouw_id": ["s"], "location_text": ["Oostveenweg"],
         "location_precision": ["straat"]},
        geometry=[Point(1, 1)], crs=28992,
    )  # fmt: skip
    shown = privacy.release(table, "openbaar", streets=STREETS).table
    assert shown.geometry.notna().all()
