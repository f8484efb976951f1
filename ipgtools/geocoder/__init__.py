"""Turn places in Dutch words into points, without a network."""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.geocoder.geocode_texts import geocode, shape_of, street_names
from ipgtools.geocoder.location_grammar import Place, read_place
from ipgtools.geocoder.location_phrases import find_phrase
from ipgtools.geocoder.public_places import PublicPlaces, public_place
from ipgtools.geocoder.street_matching import StreetNames
from ipgtools.geocoder.string_similarity import Match, Names, distance, normalise_name, similarity

__all__ = [
    "distance",
    "find_phrase",
    "geocode",
    "normalise_name",
    "public_place",
    "read_place",
    "shape_of",
    "similarity",
    "street_names",
    "Match",
    "Names",
    "Place",
    "PublicPlaces",
    "StreetNames",
]

if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"locate": "geocode", "plain": "normalise_name"})
