"""The sample town: the same every time, true to its statistics, and honest about its truth."""

import csv
import email
import email.policy
import gzip
import hashlib
import io
import json
import tomllib
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import ipgtools as ipg
from ipgtools import codes, sample
from ipgtools.nl import sample as words
from ipgtools.sample import (
    antecedents,
    background_activity,
    export,
    incidents,
    offence_types,
    persons,
    planted_effects,
    random_streams,
    report,
    streets,
)
from ipgtools.sample import town as towns

SEED = 2007


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("stad")
    sample.write(directory)
    return directory


@pytest.fixture(scope="module")
def truth(folder):
    return json.loads((folder / "waarheid.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(folder):
    """Every row as text, on its source row."""
    table = pd.read_csv(
        folder / "incidenten.csv.gz",
        sep=";",
        dtype=str,
        keep_default_na=False,
        encoding="utf-8-sig",
    )
    table.index = table.index + 1
    return table


@pytest.fixture(scope="module")
def sound(rows, truth):
    """The rows that weren't spoilt, with numbers and times."""
    bad = {row for kind in truth["bad_rows"]["kinds"].values() for row in kind["source_rows"]}
    good = rows[~rows.index.isin(bad)].copy()
    for name in ("Begin-pleeg", "Eind-pleeg", "Kennisname"):
        good[name] = pd.to_datetime(good[f"{name}datum/tijd"], format="%d-%m-%Y %H:%M")
    good["x"], good["y"] = good["X"].astype(int), good["Y"].astype(int)
    good["class"] = good["Incidentsoort code"].map(codes.class_of)
    return good


@pytest.fixture(scope="module")
def town():
    return towns.load()


@pytest.fixture(scope="module")
def laid(town):
    return streets.lay(town, SEED)


def small(town, laid, size=3_000, seed=SEED):
    return incidents.prepare(town, laid, seed=seed, size=size)


# --- the same every time


def test_the_repository_holds_what_the_generator_makes(folder, root):
    """Byte by byte for text, unpacked; documents and pictures by what they hold."""
    stored = root / "data" / "sample"
    own = [path for path in stored.rglob("*") if not path.name.startswith("register")]
    names = {path.relative_to(stored).as_posix() for path in own if path.is_file()}
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == made
    for name in sorted(names):
        old, new = (stored / name).read_bytes(), (folder / name).read_bytes()
        if name.endswith(".gz"):
            assert gzip.decompress(old) == gzip.decompress(new), name
        elif name.endswith(".docx"):
            assert _document(old) == _document(new)
        elif name.endswith(".eml"):
            _assert_same_mail(old, new)
        else:
            assert old == new, name
    assert sum(path.stat().st_size for path in own) < 8_000_000


def test_the_size_of_the_chunks_changes_nothing(town, laid):
    model = small(town, laid)
    whole = b"".join(export.text(model))
    assert b"".join(export.text(model, chunk=701)) == whole
    assert b"".join(export.text(model, chunk=2_999)) == whole


def test_another_seed_gives_another_town(town, laid):
    one, other = (b"".join(export.text(small(town, laid, seed=seed))) for seed in (1, 2))
    assert one != other
    assert streets.lay(town, 1).geojson() != laid.geojson()


def test_a_draw_depends_on_seed_subject_and_row_only():
    rows_ = np.arange(1000)
    drawn = random_streams.uniform(1, "a", rows_)
    assert (random_streams.uniform(1, "a", rows_[::-1])[::-1] == drawn).all()
    assert (random_streams.uniform(1, "b", rows_) != drawn).all()
    assert (random_streams.uniform(2, "a", rows_) != drawn).all()


def test_draws_are_uniform():
    """A chi-square over 100 bins of 100,000 draws stays under its 99.99 % point."""
    n = np.bincount(
        (random_streams.uniform(7, "test", np.arange(100_000)) * 100).astype(int), minlength=100
    )
    assert ((n - 1000) ** 2 / 1000).sum() < 161.3


def test_draws_are_those_of_the_published_generator():
    """SplitMix64 from state 0 starts with e220a8397b1dcdaf (Vigna's reference)."""
    key = np.frombuffer(hashlib.blake2b(b"0/x", digest_size=8).digest(), dtype="<u8")[0]
    row = (np.array([1], dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) - key) * np.uint64(
        pow(0x9E3779B97F4A7C15, -1, 2**64)
    )
    assert random_streams.uniform(0, "x", row)[0] == (0xE220A8397B1DCDAF >> 11) * 2.0**-53


@pytest.mark.parametrize("size", [1_000, 1_001, 4_567])
def test_any_size_adds_up(town, laid, size):
    model = small(town, laid, size)
    counts = export.Counts(model)
    text = b"".join(export.text(model, chunk=1_000, counts=counts)).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(table) == size + 1
    assert {len(row) for row in table} == {33}
    bad = export.spoilt(SEED, size)
    assert counts.buurt.sum() + len(bad.rows) == size
    assert counts.code.sum() + len(bad.rows) == size
    assert len(bad.rows) == max(10, round(size * 0.005))


@pytest.mark.parametrize("size", [999, 10_000_001])
def test_sizes_out_of_bounds_are_refused(tmp_path, size):
    with pytest.raises(ValueError, match="expected 1000 to 10000000"):
        sample.write(tmp_path, incidents=size)


def test_identifications_stay_unique_up_to_ten_million():
    numbers = export.identification(np.arange(10_000_000))
    assert (np.bincount(numbers, minlength=10_000_000) == 1).all()


def test_progress_ends_at_all_rows(town, laid):
    told = []
    for _ in export.text(
        small(town, laid), chunk=1_000, progress=lambda done, n: told.append((done, n))
    ):
        pass
    assert told == [(1_000, 3_000), (2_000, 3_000), (3_000, 3_000)]


# --- areas and streets


def test_the_areas_are_those_of_cbs(folder):
    buurten = json.loads((folder / "buurten.geojson").read_text(encoding="utf-8"))["features"]
    facts = pd.DataFrame([feature["properties"] for feature in buurten])
    assert len(facts) == 70
    assert facts["wijkcode"].nunique() == 10
    assert facts["aantal_inwoners"].sum() == 161_740
    assert (facts["wijkcode"] == "WK" + facts["buurtcode"].str[2:8]).all()
    velve = facts.set_index("buurtcode").loc["BU01530100"]
    assert (velve["buurtnaam"], velve["aantal_inwoners"]) == ("Velve-Lindenhof", 4805)
    wijken = json.loads((folder / "wijken.geojson").read_text(encoding="utf-8"))["features"]
    inhabitants = {
        each["properties"]["wijkcode"]: each["properties"]["aantal_inwoners"] for each in wijken
    }
    assert (inhabitants["WK015301"], len(inhabitants)) == (12_510, 10)


def test_cells_share_their_borders_and_overlap_nowhere(town):
    import shapely

    assert shapely.coverage_is_valid(town.cells)
    whole = shapely.coverage_union_all(town.cells)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert whole.area == pytest.approx(sum(cell.area for cell in town.cells), rel=1e-12)


def test_the_file_gives_the_same_borders_back_in_rd(folder, town):
    import geopandas as gpd
    import shapely

    read = gpd.read_file(folder / "buurten.geojson")
    assert read.crs == "EPSG:4326"
    back = read.to_crs(28992)
    assert back["buurtcode"].tolist() == town.code
    ours = shapely.get_coordinates(np.array(town.cells))
    assert np.abs(shapely.get_coordinates(back.geometry.to_numpy()) - ours).max() < 0.02


def test_a_known_point_lies_in_velve_lindenhof(town):
    position, _ = town.locate([259_661], [471_504])
    assert town.code[position[0]] == "BU01530100"


def test_degrees_are_those_of_the_published_test_vectors():
    """PDOK's own pairs of RD and WGS84."""
    lon, lat = towns.to_degrees([140547.812, 187816.756], [454887.397, 433912.801])
    assert lon == pytest.approx([5.17636456, 5.86394184], abs=2e-6)
    assert lat == pytest.approx([52.08206803, 51.89276528], abs=2e-6)


def test_the_ten_streets_of_the_report_have_their_corners(laid):
    for name in streets.SCHOUW_STREETS:
        assert name in laid.name
    for one, other in (
        ("Pluimstraat", "Oostveenweg"),
        ("Leijdsweg", "Gronausevoetpad"),
        ("Oostveenweg", "Marthalaan"),
        ("Leijdsweg", "Gronausestraat"),
    ):
        x, y = report.corner(laid, one, other)
        assert np.hypot(x - 259_660, y - 471_500) < 450


def test_house_numbers_run_on_along_a_street(laid):
    """Ranges of a street join up, and an address lies beside its stretch."""
    import shapely

    by_street = {}
    for row, name in enumerate(laid.name):
        if laid.last[row]:
            by_street.setdefault(name, []).append((laid.first[row], laid.last[row]))
    for ranges in by_street.values():
        ends = [0, *(last for _, last in ranges)]
        assert [first for first, _ in ranges] == [end + 1 for end in ends[:-1]]
    lines = np.array(laid.line)[laid.address_stretch]
    away = shapely.distance(lines, shapely.points(laid.address_x, laid.address_y))
    assert away.min() > 7
    assert away.max() < 11
    assert (laid.first[laid.address_stretch] <= laid.address_number).all()
    assert (laid.address_number <= laid.last[laid.address_stretch]).all()


def test_addresses_lie_in_their_buurt(laid, town):
    import shapely

    cells = np.array(town.cells)[laid.address_buurt]
    assert shapely.contains_xy(cells, laid.address_x, laid.address_y).all()


# --- the incidents


def test_the_header_is_that_of_bvh(rows):
    assert list(rows.columns) == list(words.BVH_COLUMNS)
    assert len(rows.columns) == 33
    assert len(rows) == 20_000


def test_points_lie_in_the_buurt_they_name(sound, town, truth):
    import shapely

    cells = dict(zip(town.name, town.cells, strict=True))
    named = sound[sound["Pleegbuurt"] != "Onbekend"]
    assert len(named) > 0.97 * len(sound)
    for name, own in named.groupby("Pleegbuurt"):
        assert shapely.contains_xy(cells[name], own["x"], own["y"]).all(), name
    position, _ = town.locate(sound["x"], sound["y"])
    n = np.bincount(position, minlength=70)
    assert {code: count["n"] for code, count in truth["per_buurt"].items()} == dict(
        zip(town.code, n.tolist(), strict=True)
    )
    focus = sound["Begin-pleeg"].between("2025-09-01", "2025-11-30 23:59")
    assert focus.sum() == sum(count["n_focus_period"] for count in truth["per_buurt"].values())


def test_times_lie_in_the_period(sound):
    assert sound["Begin-pleeg"].min() >= pd.Timestamp("2024-01-01")
    assert sound["Begin-pleeg"].max() < pd.Timestamp("2025-12-01")
    assert (sound["Eind-pleeg"] >= sound["Begin-pleeg"]).all()
    assert sound["Kennisname"].max() < pd.Timestamp("2025-12-03")


def test_weekday_and_dagdeel_follow_from_the_time(sound):
    names = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    parts = ["nacht", "ochtend", "middag", "avond"]
    for name in ("Begin-pleeg", "Eind-pleeg", "Kennisname"):
        assert (
            sound[name].dt.day_of_week.map(dict(enumerate(names))) == sound[f"{name}dag v/d week"]
        ).all()
        assert (
            (sound[name].dt.hour // 6).map(dict(enumerate(parts))) == sound[f"{name}dagdeel"]
        ).all()


def test_no_begin_falls_in_the_hour_that_the_clock_skips(sound):
    for name in ("Begin-pleeg", "Eind-pleeg", "Kennisname"):
        hours = sound[name].dt.floor("h")
        assert not hours.isin(pd.to_datetime(["2024-03-31 02:00", "2025-03-30 02:00"])).any()


def test_intervals_follow_the_real_export(sound, truth):
    """Quantiles of domain knowledge: 5.3 % zero, median 5.5 h, 90 % 43 h, 2.2 % over a week."""
    own = sound[sound["class"].isin(truth["interval_classes"])]
    hours = (own["Eind-pleeg"] - own["Begin-pleeg"]).dt.total_seconds() / 3600
    assert (hours == 0).mean() == pytest.approx(0.053, abs=0.01)
    assert (hours <= 1).mean() == pytest.approx(0.225, abs=0.03)
    assert hours.median() == pytest.approx(5.5, abs=0.6)
    assert hours.quantile(0.9) == pytest.approx(43, rel=0.15)
    assert hours.quantile(0.99) == pytest.approx(362, rel=0.2)
    assert (hours > 168).mean() == pytest.approx(0.022, abs=0.005)


def test_times_are_rounded_like_people_round(sound):
    minute = sound["Begin-pleeg"].dt.minute
    assert (minute % 5 == 0).mean() == pytest.approx(0.95, abs=0.01)
    assert (minute == 0).mean() == pytest.approx(0.54, abs=0.015)


def test_missing_values_occur_as_often_as_in_the_real_export(sound):
    assert (sound["Pleeghuisnummer met toev."] == "").mean() == pytest.approx(0.294, abs=0.015)
    assert (sound["Pleegpostcode"] == "").mean() == pytest.approx(0.296, abs=0.015)
    assert (sound["Poging"] == "J").mean() == pytest.approx(0.012, abs=0.003)
    slow = sound[sound["Eind-pleeg"] > sound["Begin-pleeg"]]
    assert (slow["Kennisname"] < slow["Eind-pleeg"]).mean() == pytest.approx(0.011, abs=0.004)
    assert 0 < (sound["Kennisname"] < sound["Begin-pleeg"]).mean() < 0.004


def test_points_are_stacked_as_in_the_real_export(sound, truth):
    """About half of the points of 15,947 incidents differ, and some hold very many."""
    n = sound.head(15_947).groupby(["x", "y"]).size()
    assert 0.40 < len(n) / 15_947 < 0.65
    assert n.max() > 60
    counts = sound.groupby(["x", "y"]).size()
    for place in truth["stacked_places"]:
        assert counts[place["x"], place["y"]] >= place["n"] > 10


def test_the_mix_of_offences_is_the_national_one(sound, truth):
    planted_n = pd.Series(truth["per_class"])
    planted_n = planted_n - _planted_per_class(truth).reindex(planted_n.index, fill_value=0)
    _, of_class, share = offence_types.mix()
    expected = pd.Series(share, index=of_class).groupby(level=0).sum()
    n = planted_n.sum()
    spread = np.sqrt(n * expected * (1 - expected))
    assert ((planted_n - n * expected).abs() <= 4.5 * spread + 1).all()
    bikes, burglaries = (codes.CLASSES[code].count_2023 for code in ("1.2.3", "1.1.1"))
    assert expected["1.2.3"] / expected["1.1.1"] == pytest.approx(bikes / burglaries)


def test_city_has_far_more_per_inhabitant(truth, town):
    rate = pd.Series({code: n["n"] for code, n in truth["per_buurt"].items()}) / town.inhabitants
    lived_in = town.inhabitants >= 500
    assert rate["BU01530000"] > 4 * rate[lived_in].median()


def test_one_row_in_two_hundred_is_spoilt_in_ten_ways(rows, truth):
    bad = truth["bad_rows"]
    assert bad["n"] == 100
    assert len(bad["kinds"]) == 10
    assert {kind["n"] for kind in bad["kinds"].values()} == {10}
    own = {name: rows.loc[kind["source_rows"]] for name, kind in bad["kinds"].items()}
    assert (own["no_coordinates"][["X", "Y"]] == "").all(axis=None)
    assert (own["zero_coordinates"][["X", "Y"]] == "0").all(axis=None)
    assert (own["swapped_axes"]["X"].astype(int) > 400_000).all()
    assert (own["outside_netherlands"]["Y"].astype(int) > 625_000).all()
    assert own["degrees"]["X"].astype(float).between(6.7, 7.1).all()
    times = own["end_before_begin"][["Begin-pleegdatum/tijd", "Eind-pleegdatum/tijd"]].apply(
        pd.to_datetime, format="%d-%m-%Y %H:%M"
    )
    assert (times.iloc[:, 1] < times.iloc[:, 0]).all()
    unread = pd.to_datetime(
        own["unreadable_date"]["Begin-pleegdatum/tijd"], format="%d-%m-%Y %H:%M", errors="coerce"
    )
    assert unread.isna().all()
    assert (own["missing_id"]["Incident Identificatie"] == "").all()
    before = rows.loc[own["duplicate_id"].index - 1, "Incident Identificatie"].to_numpy()
    assert (own["duplicate_id"]["Incident Identificatie"].to_numpy() == before).all()
    assert own["unknown_code"]["Incidentsoort code"].map(codes.class_of).eq("onbekend").all()


def test_sound_rows_are_sound(sound):
    assert sound["Incident Identificatie"].is_unique
    assert sound["Incident Identificatie"].str.fullmatch(r"PL0600_BVH_\d{7}").all()
    assert (sound["class"] != "onbekend").all()
    assert sound["Pleegpostcode"].str.fullmatch(r"|7\d{3}|7\d{3}[FIOQUY]{2}").all()
    assert sound["Temperatuur"].str.fullmatch(r"|-?\d{1,2}\.\d").all()


def test_hostile_texts_stand_in_sound_rows(rows, sound, truth):
    assert len(truth["hostile_rows"]) == len(words.HOSTILE)
    for row, (column, text) in zip(truth["hostile_rows"], words.HOSTILE, strict=True):
        assert rows.loc[row, column] == text
        assert row in sound.index


# --- planted truth


def test_hot_places_hold_more_than_their_surroundings(sound, truth):
    """Within the radius and the period at least five times the density of the ring around it."""
    discs = [place for place in truth["hot_places"] if place["shape"] == "disc"]
    assert len(discs) == 8
    assert sum(place["wijk"] == "WK015301" for place in truth["hot_places"]) == 4
    for place in discs:
        own = during(sound, place)
        away = np.hypot(own["x"] - place["x"], own["y"] - place["y"])
        inside = (away <= place["radius_m"]).sum()
        around = ((away > place["radius_m"]) & (away <= 3 * place["radius_m"])).sum() / 8
        assert inside >= place["n"]
        assert place["n"] > 30
        assert inside > 5 * around, place["name"]


def test_the_wijk_has_a_new_a_gone_and_a_lasting_hot_place(sound, truth):
    n = {}
    for place in truth["hot_places"]:
        own = sound[sound["Incidentsoort code"] == place["mk"]]
        own = own[np.hypot(own["x"] - place["x"], own["y"] - place["y"]) <= place["radius_m"]]
        summer = own["Begin-pleeg"].between("2025-06-01", "2025-08-31 23:59").sum()
        autumn = own["Begin-pleeg"].between("2025-09-01", "2025-11-30 23:59").sum()
        if place["wijk"] == "WK015301":
            n[place["story"]] = (summer, autumn)
    assert set(n) == {"lasting", "new", "gone"}
    assert n["new"][0] < 5 < 40 < n["new"][1]
    assert n["gone"][1] < 5 < 30 < n["gone"][0]
    assert min(n["lasting"]) > 10


def test_the_hot_time_is_friday_and_saturday_night(sound, truth):
    place = truth["hot_places"][0]
    own = sound[sound["Incidentsoort code"] == place["mk"]]
    own = own[np.hypot(own["x"] - place["x"], own["y"] - place["y"]) <= place["radius_m"]]
    evening = own["Begin-pleeg"] - pd.Timedelta(hours=4)
    night = evening.dt.day_of_week.isin([4, 5]) & (evening.dt.hour >= 15)
    assert night.mean() > 0.7


def test_burglaries_come_in_series(sound, truth):
    """Pairs close in space and time: far more than if days were dealt out at random."""
    own = sound[sound["Incidentsoort code"] == truth["near_repeat"]["mk"]]
    near = truth["near_repeat"]
    x, y = own["x"].to_numpy(), own["y"].to_numpy()
    day = own["Begin-pleeg"].dt.normalize().to_numpy().astype("datetime64[D]").astype(int)
    upper = np.triu_indices(len(own), 1)
    close = (np.hypot(x[:, None] - x, y[:, None] - y) <= near["distance_m"])[upper]
    soon = (np.abs(day[:, None] - day) <= near["days"])[upper]
    expected = close.sum() * soon.sum() / len(close)
    assert (close & soon).sum() > 4 * expected
    assert near["n"] > 50


def test_every_series_stays_within_its_spread(town, laid):
    model = small(town, laid, 60_000)
    drawn = incidents.draw(model, np.arange(60_000))
    own = drawn["role"] == -2
    near = pd.DataFrame({name: drawn[name][own] for name in ("series", "x", "y", "begin")})
    widest = near.groupby("series").agg(lambda values: values.max() - values.min())
    assert (widest["begin"] // 1440 <= planted_effects.NEAR_REPEAT_DAYS).all()
    assert (np.hypot(widest["x"], widest["y"]) <= 2 * 2 * planted_effects.NEAR_REPEAT_SPREAD).all()
    middle = model.series[near["series"], 0]
    away = np.hypot(laid.address_x[middle] - near["x"], laid.address_y[middle] - near["y"])
    assert (away <= planted_effects.NEAR_REPEAT_SPREAD).all()


def test_the_lone_address_is_an_ordinary_one_with_many_incidents_in_every_quarter(sound, truth):
    place = by_name(truth, "geluid Park Stokhorst")
    own = during(sound, place)
    n = own.groupby(["x", "y"]).size()
    assert n[place["x"], place["y"]] >= place["n"] > 60
    assert min(place["n_per_quarter"][-4:]) >= 8
    around = own[np.hypot(own["x"] - place["x"], own["y"] - place["y"]).between(1, 100)]
    assert around.groupby(["x", "y"]).size().max() <= 4
    assert "flats" not in place["street"]
    at_it = own[(own["x"] == place["x"]) & (own["y"] == place["y"])]
    assert set(at_it["Pleegstraatnaam"]) == {place["street"]}


def test_only_both_halves_of_the_place_astride_a_border_stand_out(sound, truth, laid, town):
    """
    More than twice what addresses explain: sure for both halves together, for neither alone.

    Scores of discs of squares of 100 m without their busiest square; over a wijk, chance
    stays under 8 in 95 of 100 maps.
    """
    place = by_name(truth, "jeugd Boswinkel en Wesselerbrink")
    assert sorted(place["n_per_wijk"]) == ["WK015302", "WK015306"]
    assert min(place["n_per_wijk"].values()) > 0.4 * place["n"]
    wijk = np.array(town.wijk_code)
    happened = wijk[town.locate(sound["x"], sound["y"])[0]]
    at_home = wijk[laid.address_buurt]

    def squares(x, y):
        edges = [np.arange(-1000, 1001, 100) + middle // 100 * 100 for middle in
                 (place["x"], place["y"])]  # fmt: skip
        return np.histogram2d(x, y, edges)[0]

    def best(*codes_of):
        here, there = np.isin(happened, codes_of), np.isin(at_home, codes_of)
        n = squares(sound["x"][here], sound["y"][here])
        mean = squares(laid.address_x[there], laid.address_y[there]) * here.sum() / there.sum()
        scores = [0.0]
        for i, j in np.ndindex(9, 9):
            for radius in (1, 1.42, 2, 2.24):
                rows_, columns = np.indices(n.shape)
                disc = np.hypot(rows_ - 6 - i, columns - 6 - j) <= radius
                rest = np.argsort(n[disc])[:-1]
                o, m = n[disc][rest].sum(), 2 * mean[disc][rest].sum()
                if o > m > 0:
                    scores.append(o * np.log(o / m) - (o - m))
        return max(scores)

    assert best("WK015302") < 6
    assert best("WK015306") < 6
    assert best("WK015302", "WK015306") > 10


def test_the_line_runs_along_one_street(sound, truth):
    import shapely

    place = by_name(truth, "fietsen Deppenbroek")
    assert 400 <= place["length_m"] <= 600
    own = during(sound, place)
    away = shapely.distance(shapely.LineString(place["line"]), shapely.points(own["x"], own["y"]))
    assert (away <= 20).sum() >= place["n"] > 150
    assert ((away > 30) & (away <= 110)).sum() < 0.1 * place["n"]
    assert (own[away <= 20]["Pleegstraatnaam"] == place["street"]).mean() > 0.95
    assert min(place["n_per_quarter"]) > 10


def test_the_fall_is_hot_until_the_focus_period(sound, truth):
    place = by_name(truth, "vernieling Stadsveld-Zuid")
    own = sound[sound["Incidentsoort code"] == place["mk"]]
    own = own[np.hypot(own["x"] - place["x"], own["y"] - place["y"]) <= place["radius_m"]]
    days = [pd.Timestamp(day) for day in truth["quarters"]]
    n = [own["Begin-pleeg"].between(*pair, inclusive="left").sum() for pair in pairwise(days)]
    assert min(n[:4]) >= 15
    assert n[4] <= 3
    assert place["n_per_quarter"][4] == 0


def test_flats_have_many_homes_on_little_street_and_no_more_incidents_a_home(
    folder, sound, truth, laid
):
    """Incidents a home lie within chance of those of the rest of the buurt."""
    metres = sum(line.length for line, last in zip(laid.line, laid.last, strict=True) if last)
    for flats in truth["flats"]:
        assert flats["homes_per_metre"] > 4 * len(laid.address_x) / metres
        assert abs(flats["n"] - flats["n_expected"]) < 3 * np.sqrt(flats["n_expected"])
        there = sound["Pleegbuurt"] == buurt_name(folder, flats["buurt"])
        on = there & sound["Pleegstraatnaam"].isin(flats["streets"])
        for place in truth["hot_places"]:
            on &= np.hypot(sound["x"] - place["x"], sound["y"] - place["y"]) > place["radius_m"]
        others = (there.sum() - flats["n"]) / (flats["homes_in_buurt"] - flats["homes"])
        assert flats["n"] / flats["homes"] < 1.5 * others
        assert on.sum() >= 0.9 * flats["n"]


def test_homes_above_each_other_share_their_point(laid):
    flat = np.isin(laid.address_stretch, np.concatenate(list(laid.flats.values())))
    points = pd.DataFrame({"x": laid.address_x, "y": laid.address_y})
    assert (points[flat].groupby(["x", "y"]).size() >= 4).all()
    assert points[~flat].groupby(["x", "y"]).size().max() <= 2


def test_the_quiet_wijk_has_nothing_but_its_addresses(sound, truth, laid, town):
    """Streets, addresses and quarters hold what their number explains (chi-square)."""
    quiet = truth["quiet_wijk"]["wijk"]
    assert not [place for place in truth["hot_places"] if quiet in place["n_per_wijk"]]
    assert not [cell for cell in truth["busy_by_nature"]["cells"] if cell["wijk"] == quiet]
    wijk = np.array(town.wijk_code)
    own = sound[wijk[town.locate(sound["x"], sound["y"])[0]] == quiet]
    assert len(own) == truth["quiet_wijk"]["n"] > 1_000
    there = wijk[laid.address_buurt] == quiet
    streets_ = pd.Series(np.array(laid.name)[laid.address_stretch[there]])
    homes = streets_.value_counts()
    n = own["Pleegstraatnaam"].value_counts().reindex(homes.index, fill_value=0)
    many = homes >= 20
    observed = [*n[many], n[~many].sum()]
    share = np.array([*homes[many], homes[~many].sum()]) / homes.sum()
    assert stats.chisquare(observed, share * len(own)).pvalue > 0.01
    numbered = own[own["Pleeghuisnummer met toev."] != ""]
    per_address = numbered.groupby(["x", "y"]).size()
    empty = np.zeros(there.sum() - len(per_address))
    spread = np.concatenate([per_address, empty])
    assert spread.var() / spread.mean() == pytest.approx(1, abs=0.1)
    assert per_address.max() <= 6


def test_a_heap_of_incidents_stands_at_a_time_that_is_none(sound, truth):
    clock = sound["Begin-pleeg"].dt.strftime("%H:%M")
    for heap in truth["unknown_times"]:
        own = clock[sound["class"] == heap["class"]]
        at = (own == heap["clock"]).sum()
        assert at >= heap["n"]
        assert 0.03 < heap["n"] / len(own) < 0.08
        hour, sides = heap["clock"][:2], {"00": ("23:00", "01:00"), "12": ("11:00", "13:00")}
        beside = sum((own == side).sum() for side in sides[hour]) / 2
        assert at > 2 * beside - 2
    heaped = [heap["class"] for heap in truth["unknown_times"]]
    others = clock[~sound["class"].isin(heaped)]
    assert (others == "00:00").sum() < 1.5 * (others == "23:00").sum()


def test_two_parts_of_a_wijk_have_opposite_trends_in_burglary(folder, sound, truth):
    half = pd.Timestamp("2024-12-15")
    shares = {}
    for trend in truth["trends"]:
        names = [buurt_name(folder, code) for code in trend["buurten"]]
        own = sound[sound["Pleegbuurt"].isin(names) & (sound["Incidentsoort code"] == trend["mk"])]
        late = (own["Begin-pleeg"] >= half).sum()
        shares[trend["direction"]] = stats.binomtest(int(late), len(own)).proportion_ci(0.95)
    assert {trend["wijk"] for trend in truth["trends"]} == {"WK015306"}
    assert shares["down"].high < 0.5 < shares["up"].low


def test_no_burglary_of_a_trend_makes_another_likely_nearby(town, laid):
    """Where and when are drawn apart: as many close and soon pairs as chance gives."""
    model = small(town, laid, 120_000)
    drawn = incidents.draw(model, np.arange(120_000))
    for role, part in enumerate(incidents.ROLES):
        if not isinstance(part, planted_effects.Trend):
            continue
        own = drawn["role"] == role
        upper = np.triu_indices(own.sum(), 1)
        x, y, day = drawn["x"][own], drawn["y"][own], drawn["begin"][own] // 1440
        close = (np.hypot(x[:, None] - x, y[:, None] - y) <= 200)[upper]
        soon = (np.abs(day[:, None] - day) <= 14)[upper]
        expected = close.sum() * soon.mean()
        assert abs((close & soon).sum() - expected) < 4 * np.sqrt(expected)


def test_the_series_that_ends_last_lies_in_the_wijk_of_the_briefing(truth):
    last = truth["near_repeat"]["last_series"]
    assert last["wijk"] == "WK015301"
    assert last["start"] >= "2025-11-20"
    assert last["n"] >= 2


def test_the_address_file_is_read_without_a_rejected_row(folder, sound, laid):
    addresses, report = ipg.read_addresses(folder / "adressen.csv.gz")
    assert (report.n_read, report.n_used) == (len(laid.address_x), len(laid.address_x))
    assert len(report.rejected) == 0
    assert (folder / "adressen.csv.gz").stat().st_size < 500_000
    found = set(zip(addresses["street_name"], addresses["house_number"], strict=True))
    numbered = sound[sound["Pleeghuisnummer met toev."] != ""]
    number = numbered["Pleeghuisnummer met toev."].str.extract(r"^(\d+)")[0].astype(int)
    assert set(zip(numbered["Pleegstraatnaam"], number, strict=True)) <= found


def test_the_truth_tells_of_every_wijk_and_quarter(sound, truth, town):
    told = pd.DataFrame(truth["wijk_quarters"])
    assert len(told) == 10 * 5
    wijk = np.array(town.wijk_code)[town.locate(sound["x"], sound["y"])[0]]
    for each in truth["wijk_quarters"]:
        during_ = sound["Begin-pleeg"].between(each["start"], each["end"], inclusive="left")
        assert each["n"] == (during_ & (wijk == each["wijk"])).sum()
    new = [(e["wijk"], e["start"], name) for e in truth["wijk_quarters"] for name in
           e["new_or_rising"]]  # fmt: skip
    assert sorted(new) == [
        ("WK015301", "2025-06-01", "scooters Varvik-Diekman"),
        ("WK015301", "2025-09-01", "auto's Gronausestraat"),
        ("WK015306", "2024-09-01", "vernieling Wesselerbrink"),
    ]
    focus = told[told["start"] == "2025-09-01"].set_index("wijk")
    assert focus.loc["WK015302", "fallen"] == ["vernieling Stadsveld-Zuid"]
    assert focus.loc["WK015302", "lasting"] == focus.loc["WK015306", "lasting"]
    nothing = focus.loc[["WK015303", "WK015307", "WK015308", "WK015309"]]
    assert not nothing[["new_or_rising", "lasting", "fallen"]].any(axis=None)


def test_claims_are_words_that_a_briefing_uses(truth):
    known = {words.SPOT, words.CLUSTER, words.RISE, words.DROP, words.NOTHING}
    for kind in ("hot_places", "trends", "flats"):
        assert all(set(each["claims"]) <= known for each in truth[kind])
    for place in truth["hot_places"]:
        assert (words.NOTHING in place["claims"]) == (place["n_per_quarter"][3:] == [0, 0])


def test_what_is_busy_by_nature_follows_from_the_model(town, laid):
    """The expectation by address is what is drawn: chi-square over squares of 500 m."""
    model = small(town, laid, 100_000)
    drawn = incidents.draw(model, np.arange(100_000))
    own = drawn["role"] == -1
    expected = background_activity.per_address(model) / (1 - export.BAD_SHARE)
    cell = np.unique(
        np.column_stack([laid.address_x // 500, laid.address_y // 500]), axis=0, return_inverse=True
    )[1]
    mean = np.bincount(cell, expected)
    n = np.bincount(cell[drawn["address"][own]], minlength=len(mean))
    enough = mean >= 10
    excess = ((n - mean) ** 2 / mean)[enough].sum()
    assert stats.chi2.sf(excess, enough.sum()) > 0.001
    cells = background_activity.busy_places(model)["cells"]
    assert {place.name for place in planted_effects.STACKED} <= {each["why"] for each in cells}
    assert all(each["ratio"] >= background_activity.BUSY for each in cells)


# --- persons


def test_the_edge_cases_have_the_classes_worked_out_by_hand(truth):
    cases = {case["name"]: (case["2014"], case["pv"]) for case in truth["persons"]["cases"]}
    assert len(cases) == 24
    assert cases["precies 10"] == ("overig", "meerpleger")
    assert cases["precies 11"] == ("zavp", "zavp")
    assert cases["elfde feit net buiten vijf jaar"][0] == "veelpleger"
    assert cases["elfde feit net binnen vijf jaar"][0] == "zavp"
    assert cases["twaalf feiten in een pv"] == ("zavp", "overig")
    assert cases["jarig tussen t0 en peildatum"][0] == "jeugdige_veelpleger"


@pytest.mark.parametrize("regime", ["2014", "pv"])
def test_the_offender_rules_find_the_planted_classes(folder, truth, regime):
    """Recipes fix the classes; the module that applies the definitions must agree on each."""
    from ipgtools import offenders

    table = pd.read_csv(folder / "antecedenten.csv", sep=";", dtype=str, encoding="utf-8-sig")
    born = pd.to_datetime(table["geboortedatum"], format="%d-%m-%Y")
    day = pd.to_datetime(table["pleegdatum"], format="%d-%m-%Y", errors="coerce")
    before = (day.dt.month * 100 + day.dt.day) < (born.dt.month * 100 + born.dt.day)
    offences = pd.DataFrame(
        {
            "person": table["persoonsnummer"],
            "offence_id": table["feitnummer"],
            "pv_id": table["pv_nummer"],
            "committed_on": day.astype("datetime64[s]"),
            "sent_to_om": table["ingezonden_om"] == "J",
            "outcome": table["afdoening"],
            "is_misdrijf": table["misdrijf"] == "J",
            "age": day.dt.year - born.dt.year - before,
        }
    )
    klasse = offenders.classify(
        offences, regime=regime, reference_date=truth["persons"]["reference_date"]
    )
    at = ["2014", "pv"].index(regime)
    expected = {person: both[at] for person, both in truth["persons"]["expected"].items()}
    assert klasse.to_dict() == expected
    assert set(truth["persons"]["klassen"]["2014"]) == set(offenders.KLASSEN) - {"meerpleger"}
    assert set(truth["persons"]["klassen"]["pv"]) == set(offenders.KLASSEN)


def test_the_wijk_has_enough_persons_to_count_and_classes_to_hide(folder, town):
    table = pd.read_csv(folder / "antecedenten.csv", sep=";", dtype=str, encoding="utf-8-sig")
    position, _ = town.locate(table["X"].astype(int), table["Y"].astype(int))
    there = np.array(town.wijk_code)[position] == "WK015301"
    assert table.loc[there, "persoonsnummer"].nunique() > 50


def test_antecedents_hold_no_home_and_link_to_incidents_of_that_day(folder, sound):
    table = pd.read_csv(folder / "antecedenten.csv", sep=";", dtype=str, encoding="utf-8-sig")
    assert list(table.columns) == antecedents.HEADER.split(";")
    assert not [name for name in table if "woon" in name or "naam" in name]
    linked = table.dropna(subset=["incident_nummer"])
    assert len(linked) > 300
    found = sound.set_index("Incident Identificatie").loc[linked["incident_nummer"]]
    assert (found["Begin-pleeg"].dt.strftime("%d-%m-%Y").to_numpy() == linked["pleegdatum"]).all()
    assert (found["Incidentsoort code"].to_numpy() == linked["mk_code"]).all()
    assert (found["X"].to_numpy() == linked["X"]).all()


def test_about_six_hundred_persons_are_invented():
    made = persons.invent(SEED)
    assert 590 <= len(made) <= 610
    assert all(person.facts for person in made)


# --- schouw, photos, settings


def test_the_report_holds_sixteen_findings_and_seventeen_actions(truth):
    schouw = truth["schouw"]
    assert (schouw["n_findings"], schouw["n_actions"], schouw["n_lost_texts"]) == (16, 17, 2)
    assert [finding["number"] for finding in schouw["findings"]] == list(range(44, 60))
    actors = pd.Series([a["actor"] for f in schouw["findings"] for a in f["actions"]])
    assert actors.value_counts().to_dict() == {
        "Stadsdeelbeheer": 12,
        "DSOB": 3,
        "Politie": 1,
        "Wijkagent / DSOB": 1,
    }


def test_the_findings_lie_in_velve_lindenhof(truth, town):
    placed = [finding for finding in truth["schouw"]["findings"] if "x" in finding]
    assert len(placed) == 12
    position, _ = town.locate([each["x"] for each in placed], [each["y"] for each in placed])
    assert {town.code[row] for row in position} == {"BU01530100"}


def test_house_numbers_are_not_those_of_the_real_report(shared):
    real = (shared / "schouw_velve_lindenhof_2007" / "verwacht.csv").read_text(encoding="utf-8")
    places = {row["adres"] for row in csv.DictReader(io.StringIO(real))}
    numbered = [place for _, place, *_ in words.SCHOUW if any(sign.isdigit() for sign in place)]
    assert len(numbered) == 8
    assert not places & set(numbered)
    for place in numbered:
        street, number = place.split(" nr. ")[0].split(" t.")[0], place.split("nr. ")[1].split()[0]
        assert not [old for old in places if street in old and f"nr. {number}" in old]


def test_the_three_forms_of_the_report_say_the_same(folder):
    from docx import Document

    document = Document(folder / "schouw_velve-lindenhof.docx")
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:]
    text = (folder / "schouw_velve-lindenhof.csv").read_text(encoding="utf-8-sig")
    rows_ = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [cell[0] for cell in cells] == [f"{row['nr']}." for row in rows_]
    assert [cell[1] for cell in cells] == [row["adres"] for row in rows_]
    assert [cell[2] for cell in cells] == [row["omschrijving"] for row in rows_]
    for row in rows_:
        parts = {row[name].count(" | ") for name in ("actie_door", "actie", "status")}
        assert len(parts) == 1
    assert sum(row["status"].count("afgehandeld") for row in rows_) == 5
    recognised = (folder / "schouw_velve-lindenhof.txt").read_text(encoding="utf-8")
    for misread in ("Dostveenweg", "§2.", "i7.", "D508", "WijkagentDS0B"):
        assert misread in recognised


def test_mails_carry_drawn_photos_with_a_place(folder, truth):
    from PIL import ExifTags, Image

    mails = sorted((folder / "mails").glob("*.eml"))
    photos = {mail.name: _photos(mail.read_bytes()) for mail in mails}
    assert [len(each) for each in photos.values()] == [1, 2, 1, 0, 1]
    for photo in truth["photos"]:
        image = Image.open(io.BytesIO(photos[photo["mail"]][photo["file"]]))
        exif = image.getexif()
        assert exif[ExifTags.Base.Model] == "voorbeeldgegevens"
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert bool(gps) == ("lat" in photo)
        if gps:
            degrees = [float(part) for part in gps[ExifTags.GPS.GPSLatitude]]
            lat = degrees[0] + degrees[1] / 60 + degrees[2] / 3600
            assert lat == pytest.approx(photo["lat"], abs=1e-6)
            assert np.hypot(photo["x"] - 259_660, photo["y"] - 471_500) < 450


def test_senders_are_nobody(folder):
    for mail in (folder / "mails").glob("*.eml"):
        read = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        assert read["From"].endswith("@example.org")
        assert read["To"].endswith("@example.org")


def test_the_settings_name_files_that_are_there(folder):
    settings = tomllib.loads((folder / "ipg.toml").read_text(encoding="utf-8"))
    for name in settings["input"].values():
        assert (folder / name).exists()
    assert settings["area"]["code"] == "WK015301"
    assert settings["output"]["sample"] is True


def test_a_large_sample_is_not_packed(tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "PACKED_UP_TO", 1_000)
    written = sample.write(tmp_path, incidents=1_500)
    assert "incidenten.csv" in written["files"]
    assert 'incidents = "incidenten.csv"\n' in (tmp_path / "ipg.toml").read_text(encoding="utf-8")
    assert (tmp_path / "incidenten.csv").read_bytes().count(b"\r\n") == 1_501


def test_the_key_is_long_enough(folder):
    key = (folder / "sleutel.txt").read_text(encoding="ascii").strip()
    assert len(bytes.fromhex(key)) == 32


# --- help


def _document(archive):
    from docx import Document

    document = Document(io.BytesIO(archive))
    return (
        [paragraph.text for paragraph in document.paragraphs],
        [[cell.text for cell in row.cells] for row in document.tables[0].rows],
    )


def _photos(mail):
    read = email.message_from_bytes(mail, policy=email.policy.default)
    return {part.get_filename(): part.get_content() for part in read.iter_attachments()}


def _assert_same_mail(old, new):
    from PIL import Image

    for part in ("From", "To", "Subject", "Date", "Message-ID"):
        one, other = (
            email.message_from_bytes(mail, policy=email.policy.default) for mail in (old, new)
        )
        assert one[part] == other[part]
    assert one.get_body().get_content() == other.get_body().get_content()
    stored, made = _photos(old), _photos(new)
    assert stored.keys() == made.keys()
    for name in stored:
        one, other = (Image.open(io.BytesIO(photos[name])) for photos in (stored, made))
        assert one.size == other.size
        for ifd in (0x8769, 0x8825):
            assert dict(one.getexif().get_ifd(ifd)) == dict(other.getexif().get_ifd(ifd))
        apart = np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int))
        assert apart.mean() < 2


def by_name(truth, name):
    """Give a planted place."""
    return next(place for place in truth["hot_places"] if place["name"] == name)


def buurt_name(folder, code):
    """Give the name of a buurt."""
    areas = json.loads((folder / "buurten.geojson").read_text(encoding="utf-8"))["features"]
    names = {each["properties"]["buurtcode"]: each["properties"]["buurtnaam"] for each in areas}
    return names[code]


def during(sound, place):
    """Give the incidents of a place's kind in its period."""
    own = sound[sound["Incidentsoort code"] == place["mk"]]
    return own[(own["Begin-pleeg"] >= place["start"]) & (own["Begin-pleeg"] < place["end"])]


def _planted_per_class(truth):
    per_class = {}
    for place in truth["hot_places"] + truth["trends"]:
        of = codes.class_of(place["mk"])
        per_class[of] = per_class.get(of, 0) + place["n"]
    near = codes.class_of(truth["near_repeat"]["mk"])
    per_class[near] = per_class.get(near, 0) + truth["near_repeat"]["n"]
    return pd.Series(per_class)
