"""Each audience is a profile: a file that denies what it does not name."""

import ast
import re
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from helpers import in_dutch
from pydantic import BaseModel

from ipgtools import privacy
from ipgtools.errors import IpgError, ReleaseError, SettingsError
from ipgtools.nl import folders
from ipgtools.nl import privacy as words
from ipgtools.privacy import _forms, _profile, _strictness, released_tables
from ipgtools.privacy._profile import Profile, order_of
from ipgtools.settings.parts import Part

AUDIENCES = privacy.names()
ROOT = Path(__file__).resolve().parents[1] / "ipgtools"
TIGHTER = 'label = "Voor de pers"\nas_strict_as = "openbaar"\n'


def own(folder: Path, text: str, name: str = "pers") -> Path:
    """Write an own profile."""
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def parts(part: type[BaseModel] = Profile) -> list[type[BaseModel]]:
    """List a part of a profile and those within it."""
    found = [part]
    for field in part.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Part):
            found += parts(field.annotation)
    return found


def test_the_partners_of_the_police_each_have_a_profile() -> None:
    assert set(AUDIENCES) == {
        "openbaar", "partner", "politie", "burgemeester", "om", "gemeente", "woningcorporatie",
        "jeugdzorg", "jongerenwerk", "zorg-en-veiligheidshuis", "wijkraad", "reclassering",
    }  # fmt: skip
    assert privacy.profile("partner").label == "Alleen voor partners"


def pairs() -> list[tuple[str, str]]:
    """List every profile with each of those it descends from."""
    found = []
    for name, one in privacy.profiles().items():
        parent = one.as_strict_as
        while parent is not None:
            found.append((name, parent))
            parent = privacy.profile(parent).as_strict_as
    return found


@pytest.mark.parametrize(("name", "parent"), pairs())
def test_a_profile_is_as_strict_as_each_it_descends_from(name: str, parent: str) -> None:
    one, other = privacy.profile(name), privacy.profile(parent)
    assert privacy.at_least_as_strict(one, other) == []


def test_every_profile_descends_from_that_of_the_police() -> None:
    roots = [name for name, one in privacy.profiles().items() if one.as_strict_as is None]
    assert roots == ["politie"]
    assert {parent for _, parent in pairs()} >= {"politie"}
    assert {name for name, parent in pairs() if parent == "politie"} == set(AUDIENCES) - {"politie"}


NUMBERS = {
    "openbaar": {
        "notice": False, "kinds.unknown": False,
        "incidents.smallest": 5, "incidents.base": 5, "incidents.zero": False,
        "incidents.fewest": 20,
        "persons.allowed": False, "persons.smallest": 10, "persons.base": 5,
        "persons.zero": False, "persons.levels": (), "persons.inhabitants": 5000,
        "areas.inhabitants": 200, "areas.rates": 20,
        "cells.size": 200, "cells.months": 3, "cells.households": 10,
        "times.calendar": "months", "times.hours": {4: 50, 8: 100, 28: 400},
        "places.finest": "street", "places.points": False, "places.names": 5,
        "places.incidents": 10, "places.addresses": 8, "places.alerts": False,
        "concentration.curve": False, "concentration.tops": (10, 25), "concentration.base": 5,
        "concentration.incidents": 100, "concentration.places": 50,
        "internal.left_out": False, "internal.rejected_values": False,
    },
    "partner": {
        "notice": True, "kinds.unknown": False,
        "incidents.smallest": 5, "incidents.base": 5, "incidents.zero": False,
        "incidents.fewest": 10,
        "persons.allowed": True, "persons.smallest": 10, "persons.base": 5,
        "persons.zero": False, "persons.levels": ("wijk", "gemeente", "gebied"),
        "persons.inhabitants": 5000,
        "areas.inhabitants": 200, "areas.rates": 20,
        "cells.size": 100, "cells.months": 1, "cells.households": 10,
        "times.calendar": "weeks", "times.hours": {4: 50, 8: 100, 28: 200},
        "places.finest": "house_number", "places.points": False, "places.names": "all",
        "places.incidents": 5, "places.addresses": 0, "places.alerts": False,
        "concentration.curve": False, "concentration.tops": (5, 10, 25),
        "concentration.base": 5, "concentration.incidents": 100, "concentration.places": 50,
        "internal.left_out": False, "internal.rejected_values": False,
    },
    "politie": {"persons.allowed": True, "persons.smallest": 5, "notice": True},
    "burgemeester": {
        "persons.smallest": 5, "cells.size": 100, "places.points": False, "places.alerts": False,
        "internal.rejected_values": False,
    },
    "om": {"internal.rejected_values": False},
    "jongerenwerk": {"persons.allowed": False, "places.finest": "street"},
    "woningcorporatie": {"persons.allowed": False},
}  # fmt: skip
"""What may leave rests on these; whoever changes one changes it here too, and says why."""


@pytest.mark.parametrize("name", NUMBERS)
def test_the_thresholds_of_a_profile_are_those_that_were_agreed(name: str) -> None:
    profile = privacy.profile(name)
    found = {key: attrgetter(key)(profile) for key in NUMBERS[name]}
    assert {key: plain(value) for key, value in found.items()} == NUMBERS[name]


def plain(value: Any) -> Any:
    """Give a value of a profile as a file writes it."""
    if isinstance(value, Mapping):
        return {int(key): limit for key, limit in value.items() if limit != "never"}
    return tuple(value) if isinstance(value, list | tuple | frozenset) else value


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_every_setting_of_a_profile_has_an_order_of_strictness(part: type[Part]) -> None:
    """A new setting says which of two values is the stricter, or `Free` if none can be."""
    for field, info in part.model_fields.items():
        within = isinstance(info.annotation, type) and issubclass(info.annotation, Part)
        assert within or order_of(part, field) is not None, f"{part.__name__}.{field}"


LOOSER = {
    "[incidents]\nsmallest = 4": "incidents.smallest is 4, daar 5",
    "[incidents]\nbase = 4": "incidents.base is 4, daar 5",
    "[incidents]\nzero = true": "incidents.zero is true, daar false",
    "[incidents]\nfewest = 19": "incidents.fewest is 19, daar 20",
    "[persons]\nallowed = true": "persons.allowed is true, daar false",
    '[persons]\nlevels = ["wijk"]': "persons.levels noemt wijk",
    '[persons]\nlevels = "all"': "persons.levels noemt all",
    "[persons]\ninhabitants = 100": "persons.inhabitants is 100, daar 5000",
    "[areas]\ninhabitants = 30": "areas.inhabitants is 30, daar 200",
    "[cells]\nsize = 100": "cells.size is 100.0, daar 200.0",
    "[cells]\nmonths = 1": "cells.months is 1, daar 3",
    '[times]\ncalendar = "weeks"': "times.calendar is weeks, daar months",
    "[times.hours]\n28 = 200": "times.hours.28 is 200, daar 400",
    "[times.hours]\n168 = 9000": "times.hours.168 noemt 9000",
    '[places]\nfinest = "house_number"': "places.finest is house_number, daar street",
    "[places]\npoints = true": "places.points is true, daar false",
    "[places]\nnames = 6": "places.names is 6, daar 5",
    '[places]\nnames = "all"': "places.names is all, daar 5",
    "[places]\naddresses = 0": "places.addresses is 0, daar 8",
    "[concentration]\ncurve = true": "concentration.curve is true, daar false",
    "[concentration]\ntops = [5, 10]": "concentration.tops noemt 5",
    '[kinds]\nwithheld = ["sexual"]': "kinds.withheld laat health weg",
    "[kinds]\nunknown = true": "kinds.unknown is true, daar false",
    '[shown]\npictures = ["dichtheid"]': "shown.pictures noemt dichtheid",
    '[shown]\ncautions = ["one_point"]': "shown.cautions noemt one_point",
    "[internal]\nleft_out = true": "internal.left_out is true, daar false",
    '[tables]\ncells = ["cell_id", "n"]': "tables.cells noemt n, dat daar niet bij is",
    '[tables]\nphotos = ["photo_id"]': "tables.photos noemt photo_id",
}


@pytest.mark.parametrize("looser", LOOSER)
def test_a_profile_looser_than_its_parent_is_refused_with_what_and_where(
    looser: str, tmp_path: Path
) -> None:
    own(tmp_path, f"{TIGHTER}{looser}\n")
    with pytest.raises(SettingsError) as refused:
        privacy.profile("pers", tmp_path)
    text = in_dutch(refused.value)
    assert LOOSER[looser] in text
    assert "pers.toml is ruimer dan openbaar" in text
    assert "{" not in text


def test_an_own_profile_inherits_all_that_it_does_not_set(tmp_path: Path) -> None:
    own(tmp_path, f"{TIGHTER}[cells]\nsize = 500\n")
    found, parent = privacy.profile("pers", tmp_path), privacy.profile("openbaar")
    assert (found.name, found.label, found.cells.size) == ("pers", "Voor de pers", 500)
    assert found.cells.months == parent.cells.months
    assert (found.tables, found.kinds, found.times) == (parent.tables, parent.kinds, parent.times)


def test_who_may_have_it_goes_with_the_label(tmp_path: Path) -> None:
    """A profile for some is not for everyone because that of everyone is as strict."""
    own(tmp_path, TIGHTER)
    assert folders.readers("", "Voor de pers") == "wie genoemd is in: Voor de pers"
    assert privacy.profile("pers", tmp_path).readers == ""
    own(tmp_path, f'readers = "de krant"\n{TIGHTER}')
    assert privacy.profile("pers", tmp_path).readers == "de krant"
    own(tmp_path, 'as_strict_as = "partner"\n[incidents]\nsmallest = 10\n', "partner")
    assert privacy.profile("partner", tmp_path).readers == privacy.profile("partner").readers
    assert [name for name, one in privacy.profiles().items() if not one.readers] == []


def test_an_own_profile_can_take_a_table_or_an_hour_away(tmp_path: Path) -> None:
    own(tmp_path, f'{TIGHTER}[tables]\ncells = []\n[times.hours]\n28 = "never"\n')
    found = privacy.profile("pers", tmp_path)
    assert found.times.finest(1e6) == 8
    table = pd.DataFrame({"cell_id": ["a"], "n": [9], "households": [40]})
    table.attrs["grid"] = {"cell_size": 500}
    with pytest.raises(ReleaseError) as refused:
        privacy.release(table, found)
    assert refused.value.code == "release_not_named"


def test_an_own_profile_can_withhold_a_kind_of_its_own(tmp_path: Path) -> None:
    groups = ", ".join(f'"{name}"' for name in privacy.profile("openbaar").kinds.withheld)
    own(tmp_path, f'{TIGHTER}[kinds]\nwithheld = [{groups}, "2.4.1", "Winkeldiefstal"]\n')
    table = pd.DataFrame({"category": ["F95", "2.4.1", "A50", "B50", "A20"]})
    kept = privacy.select(table, privacy.profile("pers", tmp_path)).incidents
    assert kept["category"].tolist() == ["A20"], "robbery in a shop is of that class"


@pytest.mark.parametrize(
    ("kinds", "left"),
    [
        ('withheld = ["sexual"]', ["A20", "Kampvuur"]),
        ("unknown = false", ["A20", "F521"]),
        ("", ["A20", "F521", "Kampvuur"]),
    ],
)
def test_a_profile_withholds_kinds_or_unknown_ones_or_neither(kinds, left, tmp_path) -> None:
    """Each of the two settings works without the other."""
    own(tmp_path, f'label = "Korps"\nas_strict_as = "politie"\n[kinds]\n{kinds}\n')
    table = pd.DataFrame({"category": ["A20", "F521", "Kampvuur"]})
    kept = privacy.select(table, privacy.profile("pers", tmp_path)).incidents
    assert kept["category"].tolist() == left


def test_a_file_with_the_name_of_a_profile_tightens_it(tmp_path: Path) -> None:
    own(tmp_path, 'as_strict_as = "partner"\n[incidents]\nsmallest = 10\n', "partner")
    assert privacy.profile("partner", tmp_path).incidents.smallest == 10
    assert privacy.profile("partner").incidents.smallest == 5
    assert privacy.profiles(tmp_path)["gemeente"].incidents.smallest == 5
    own(tmp_path, 'label = "x"\nas_strict_as = "politie"\n', "openbaar")
    with pytest.raises(SettingsError) as refused:
        privacy.profile("openbaar", tmp_path)
    assert refused.value.code == "profile_looser"


def test_an_own_profile_can_descend_from_an_own_one(tmp_path: Path) -> None:
    own(tmp_path, f"{TIGHTER}[cells]\nsize = 500\n")
    own(tmp_path, 'label = "Krant"\nas_strict_as = "pers"\n', "krant")
    assert privacy.profile("krant", tmp_path).cells.size == 500
    assert privacy.profile(tmp_path / "krant.toml").cells.size == 500
    assert privacy.names(tmp_path)[:3] == ["openbaar", "partner", "politie"]
    assert {"krant", "pers"} < set(privacy.profiles(tmp_path))


WRONG = {
    f"{TIGHTER}[cells]\nsise = 500": "cells.sise bestaat niet (is size bedoeld?)",
    f"{TIGHTER}smalest = 5": "smalest bestaat niet",
    f"{TIGHTER}[cell]\nsize = 500": "cell bestaat niet (is cells bedoeld?)",
    f"{TIGHTER}[cells]\nsize = 'groot'": "cells.size",
    f"{TIGHTER}[cells]\nsize = -1": "cells.size",
    f"{TIGHTER}[times]\ncalendar = 'days'": "times.calendar kan niet days zijn",
    f"{TIGHTER}[times.hours]\n5 = 100": "times.hours",
    f"{TIGHTER}[places]\nnames = 'veel'": "places.names",
    f"{TIGHTER}[incidents]\nbase = 0": "incidents.base",
    f"{TIGHTER}[kinds]\nwithheld = ['sexuel']": "'sexuel' achter, en dat is geen groep (health",
    f"{TIGHTER}name = 'x'": "Het publiek heet zoals het bestand",
    'label = "x"': 'as_strict_as = "partner"',
    'label = "x"\nas_strict_as = "iedereen"': "'iedereen', en dat bestaat niet. Kies uit: openbaar",
    'label = "x"\nas_strict_as = "pers"': "'pers', en dat bestaat niet",
    'label = "x"\nas_strict_as = "openbaar"\ninherits = false': "cells ontbreekt",
    "label = geen toml": "Regel 1",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_profile_that_can_not_be_is_refused_with_what_to_do(text: str, tmp_path: Path) -> None:
    own(tmp_path, text)
    with pytest.raises(IpgError) as refused:
        privacy.profile("pers", tmp_path)
    assert WRONG[text] in in_dutch(refused.value)
    assert "{" not in in_dutch(refused.value)


def test_profiles_that_lead_to_each_other_are_refused(tmp_path: Path) -> None:
    own(tmp_path, 'label = "a"\nas_strict_as = "b"\n', "a")
    own(tmp_path, 'label = "b"\nas_strict_as = "a"\n', "b")
    with pytest.raises(SettingsError) as refused:
        privacy.profile("a", tmp_path)
    assert refused.value.code == "profile_parent"


def test_an_unknown_audience_is_refused_with_those_there_are(tmp_path: Path) -> None:
    own(tmp_path, TIGHTER)
    with pytest.raises(ReleaseError) as refused:
        privacy.profile("iedereen", tmp_path)
    assert in_dutch(refused.value) == (
        "Het publiek 'iedereen' is onbekend. Kies uit: openbaar, partner, politie, burgemeester, "
        "gemeente, jeugdzorg, jongerenwerk, om, pers, reclassering, wijkraad, woningcorporatie, "
        "zorg-en-veiligheidshuis."
    )


def test_a_folder_of_profiles_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        privacy.profile("partner", tmp_path / "weg")
    assert "weg bestaat niet" in in_dutch(refused.value)


def test_every_kind_of_table_is_named_by_the_police_and_by_our_words() -> None:
    """A kind that the gate recognises and no profile names could never leave."""
    named = set(privacy.profile("politie").tables)
    assert named == set(words.KINDS)
    recognised = {"streets", "dayparts", "busiest_share"}  # other forms of a table
    for _, form in released_tables.RELEASED_TABLES:
        made = form.__qualname__.split(".")[0]
        recognised.add(made if made in named else "")
    closed = {
        cell.cell_contents
        for _, form in released_tables.RELEASED_TABLES
        for cell in form.__closure__ or ()
    }
    recognised |= {name for name in closed if isinstance(name, str)}
    assert recognised - {""} == named
    assert callable(_forms.persons)


def test_a_limit_can_be_no_limit() -> None:
    assert _strictness.number("all") > 10**9
    assert privacy.profile("partner").places.names == "all"


def test_the_profiles_come_with_the_package() -> None:
    import tomllib

    project = tomllib.loads((ROOT.parent / "pyproject.toml").read_text("utf-8"))
    assert "**/*.toml" in project["tool"]["setuptools"]["package-data"]["ipgtools"]
    assert len(list((ROOT / "privacy" / "profiles").glob("*.toml"))) == len(AUDIENCES)


def compared(path: Path) -> list[str]:
    """List where a file compares something with the name of an audience."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Dict):
            sides = [key for key in node.keys if key is not None]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        elif isinstance(node, ast.Subscript):
            sides = [node.slice]
        else:
            continue
        names = {one.value for side in sides for one in ast.walk(side) if _is_audience(one)}
        names -= COLUMNS.get(path.parent.name, set())
        if names:
            found.append(f"{path.name}:{getattr(node, 'lineno', 0)} {sorted(names)}")
    return found


def _is_audience(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in set(AUDIENCES) - OTHER_WORDS


OTHER_WORDS = {"gemeente", "om", "woningcorporatie", "jongerenwerk", "wijkraad", "reclassering",
               "jeugdzorg", "burgemeester"}  # fmt: skip
"""Names of audiences that mean something else too, such as a level of area or an actor."""
COLUMNS = {"cases": {"partner"}}
"""Columns that are called as an audience is, by the package whose tables have them."""


def test_no_module_asks_for_an_audience_by_name() -> None:
    """What an audience may see stands in its profile; own audiences have no code."""
    found = [where for path in sorted(ROOT.rglob("*.py")) for where in compared(path)]
    assert found == []


def test_no_module_compares_an_audience_with_anything() -> None:
    asked = re.compile(r"(audience|profile\.name)\s*(==|!=|(not )?in [(\[{A-Z_])|match .*audience")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(ROOT.rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if asked.search(line)
    ]
    assert found == []


def test_a_profile_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        privacy.profile("partner").label = "x"
    assert _profile.profile(privacy.profile("partner")) is privacy.profile("partner")


def test_every_setting_of_a_profile_is_explained_in_dutch() -> None:
    """And the example on that page is a profile."""
    text = (ROOT.parent / "docs" / "publiek.md").read_text("utf-8")
    names = [name for part in parts() for name in part.model_fields if name != "name"]
    assert [name for name in names if not re.search(rf"\b{name}\b", text)] == []
    assert [name for name in AUDIENCES if f"`{name}`" not in text] == []
    assert [name for name in privacy.GROUPS if f"`{name}`" not in text] == []


def test_the_profile_on_that_page_is_one(tmp_path: Path) -> None:
    text = (ROOT.parent / "docs" / "publiek.md").read_text("utf-8")
    example = re.findall(r"```toml\n# profielen/(\w+).toml\n(.*?)```", text, re.DOTALL)
    ((name, content),) = example
    own(tmp_path, content, name)
    assert privacy.profile(name, tmp_path).cells.size == 500
