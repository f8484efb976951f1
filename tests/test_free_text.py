"""What people wrote about a finding leaves only where it can point at nobody."""

import geopandas as gpd
import pandas as pd
import pytest

from ipgtools import privacy
from ipgtools.geocoder.public_places import PublicPlaces
from ipgtools.privacy import free_text

STREETS = gpd.GeoDataFrame({"street_name": ["Leijdsweg", "Van Musschenbroekstraat"]})
PLACES = PublicPlaces(STREETS)
HARMLESS = [
    "Haag groeit over de stoep",
    "Sloopauto op de Leijdsweg (kenteken bekend)",
    "Particulier bouwterrein: groenonderhoud door Stadsdeelbeheer is niet langer gewenst",
    "aanspreken eigenaar (V.v.E.)",
    "Afval in de Van Musschenbroekstraat",
]
TELLING = [
    "Haag van Jansen",
    "Jansen weigert te snoeien",
    "Haag groeit. Jansen weigert",
    "afval van mevrouw de vries",
    "aanspreken bewoner jansen",
    "melder: p. bakker",
    "bel 06-12345678",
    "haag bij nr. 12",
    "sloopauto XX-12-YY",
    "mail j.smit@example.org",
    "zie www.example.org",
    "De heer K. de Boer aanspreken",
    "AFVAL VAN JANSEN",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_a_text_without_a_trace_of_a_person_leaves(text):
    assert free_text.is_clean(text, PLACES)


@pytest.mark.parametrize("text", TELLING)
def test_a_text_with_a_trace_of_a_person_does_not(text):
    assert not free_text.is_clean(text, PLACES)


def actions() -> pd.DataFrame:
    texts = [HARMLESS[0], "Jansen weigert"]
    return pd.DataFrame(
        {
            "action_id": ["1", "2"], "number": [44, 45], "location_text": ["Leijdsweg 3"] * 2,
            "description": texts, "task": ["maaien", "bel 06-12345678"],
            "actor": ["DSOB", "DSOB"], "category": ["groen", "groen"],
        }
    )  # fmt: skip


@pytest.mark.parametrize("audience", ["partner", "woningcorporatie", "gemeente"])
def test_a_partner_reads_the_texts_that_point_at_nobody(audience):
    shown = privacy.release(actions(), audience, streets=STREETS)
    if "description" in shown.table:
        assert shown.table["description"].tolist()[0] == HARMLESS[0]
        assert shown.table["description"].isna().tolist() == [False, True]
        assert any("waar een naam" in line for line in shown.suppressed)
    if "task" in shown.table:
        assert shown.table["task"].isna().tolist() == [False, True]


def test_the_public_reads_no_text_and_the_police_all():
    assert not {"description", "task"} & set(privacy.release(actions(), "openbaar").table)
    police = privacy.release(actions(), "politie").table
    assert police["description"].tolist() == actions()["description"].tolist()
