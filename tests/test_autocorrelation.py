"""Autocorrelation: published numbers, another implementation, and laws that must hold."""

import json
import math
from itertools import permutations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import lattice
from scipy import ndimage

from ipgtools import autocorrelation
from ipgtools.autocorrelation import weights
from ipgtools.errors import ContractError, CrsError
from ipgtools.inference import benjamini_hochberg

GLOBAL = [autocorrelation.moran, autocorrelation.geary, autocorrelation.general_g]


def strip(values):
    """Give squares in a row, each touching the next."""
    squares = [shapely.box(x, 0, x + 1, 1) for x in range(len(values))]
    return gpd.GeoDataFrame({"n": values}, geometry=squares, crs=28992)


def layer(shared, name):
    path = shared / "ref_lattice_pysal" / "lattice.gpkg"
    return gpd.read_file(path, layer=name).set_crs(28992, allow_override=True)


def expected_of(shared, name):
    return json.loads((shared / "ref_lattice_pysal" / "expected_spdep.json").read_text())[name]


def peers(cells, transform="r"):
    """Give the same touching neighbours as libpysal weights, and esda."""
    esda, libpysal = pytest.importorskip("esda"), pytest.importorskip("libpysal")
    shapes = cells.geometry.to_numpy()
    near = shapely.intersects(shapes[:, None], shapes)
    np.fill_diagonal(near, False)
    weights = libpysal.weights.W(
        {i: np.flatnonzero(row).tolist() for i, row in enumerate(near)}, silence_warnings=True
    )
    weights.transform = transform
    return esda, weights


# published numbers


def test_columbus_equals_spdep(shared):
    table, expected = layer(shared, "columbus"), expected_of(shared, "columbus")
    moran = autocorrelation.moran(table, column="CRIME")
    assert moran.attrs["n_links"] == expected["links"]
    row = moran.iloc[0]
    assert row["value"] == pytest.approx(expected["moran_I"], rel=1e-9)
    assert row["expected"] == pytest.approx(expected["expectation"], rel=1e-9)
    assert row["variance"] == pytest.approx(expected["var_rand"], rel=1e-9)
    assert row["variance_normal"] == pytest.approx(expected["var_norm"], rel=1e-9)
    assert row["z"] == pytest.approx(expected["z_rand"], rel=1e-9)
    assert row["p_value"] == pytest.approx(2 * expected["p_rand_one_sided"], rel=1e-8)
    geary = autocorrelation.geary(table, column="CRIME").iloc[0]
    assert geary["value"] == pytest.approx(expected["geary_C"], rel=1e-9)
    assert geary["z"] == pytest.approx(-expected["geary_z"], rel=1e-9)
    general = autocorrelation.general_g(table, column="CRIME").iloc[0]
    assert general["value"] == pytest.approx(expected["globalG"], rel=1e-9)
    assert general["z"] == pytest.approx(expected["globalG_z"], rel=1e-9)


def test_local_values_of_columbus_equal_spdep(shared):
    expected = expected_of(shared, "columbus")
    table = autocorrelation.local_moran(layer(shared, "columbus"), column="CRIME")
    np.testing.assert_allclose(table["local_moran"][:5], expected["local_moran_first5"], rtol=2e-9)
    np.testing.assert_allclose(table["z"][:5], expected["local_moran_z_first5"], rtol=2e-9)


def test_esda_has_48_49ths_of_our_local_values_on_columbus(shared):
    """It divides by n - 1 where we, with Anselin and spdep, divide by n."""
    table = layer(shared, "columbus")
    esda, weights = peers(table)
    theirs = esda.Moran_Local(table["CRIME"].to_numpy(), weights, permutations=0)
    ours = autocorrelation.local_moran(table, column="CRIME")
    np.testing.assert_allclose(theirs.Is, ours["local_moran"] * 48 / 49, rtol=1e-9)
    codes = pd.Series(theirs.q).map({1: "hh", 2: "lh", 3: "ll", 4: "hl"})
    assert ours["quadrant"].tolist() == codes.tolist()


def test_homicides_and_sids_equal_the_printed_numbers(shared):
    """Printed in esda, p for one tail; their neighbours share more than a corner."""
    stl = autocorrelation.moran(
        layer(shared, "stl_hom"), column="HR8893", neighbours="border"
    ).iloc[0]
    assert stl["value"] == pytest.approx(0.24365582621771659, rel=1e-9)
    assert stl["p_normal"] == pytest.approx(2 * 0.000135739, rel=1e-5)
    sids = autocorrelation.moran(
        layer(shared, "nc_sids"), column="SIDR74", neighbours="border"
    ).iloc[0]
    assert sids["value"] == pytest.approx(0.24772519320480135, rel=1e-9)


def test_freeman_tukey_rates_of_north_carolina_equal_spdep(shared):
    table, expected = layer(shared, "nc_sids"), expected_of(shared, "nc_sids")
    births, deaths = table["BIR74"], table["SID74"]
    table["n"] = np.sqrt(1000) * (np.sqrt(deaths / births) + np.sqrt((deaths + 1) / births))
    found = autocorrelation.moran(table).iloc[0]
    assert found["value"] == pytest.approx(expected["freeman_tukey_moran_I"], rel=1e-9)
    assert found["z"] == pytest.approx(expected["z"], rel=1e-9)


def test_enschede_equals_spdep(shared):
    expected = expected_of(shared, "enschede_crime_2023")
    crimes = pd.read_csv(
        shared / "nl_enschede_misdrijven_2023" / "enschede_misdrijven_2023_per_buurt.csv"
    ).set_index("buurtcode")
    path = shared / "nl_twente_buurten_2021" / "enschede_buurten_2021_wgs84.geojson"
    table = gpd.read_file(path).to_crs(28992)
    code = next(name for name in table if table[name].astype(str).eq("BU01530004").any())
    table["n"] = crimes["misdrijven_2023"].reindex(table[code]).to_numpy()
    found = autocorrelation.moran(table)
    assert found.attrs["n_links"] == expected["links"]
    assert found["value"][0] == pytest.approx(expected["moran_I"], rel=1e-9)
    assert found["z"][0] == pytest.approx(expected["z_rand"], rel=1e-9)
    local = autocorrelation.local_moran(table)
    table = local.set_index(code).sort_index()
    first = expected["local_moran_first3"]
    assert np.isclose(local["local_moran"].to_numpy()[:, None], first, rtol=1e-9).any(axis=0).all()


# another implementation


@pytest.mark.filterwarnings("ignore:The weights matrix")
@pytest.mark.parametrize(("ours", "transform"), [("row", "r"), ("binary", "b")])
def test_a_random_grid_with_gaps_equals_esda(ours, transform):
    cells = lattice(np.random.default_rng(1).poisson(3, (12, 9)))
    cells = cells[np.random.default_rng(2).random(len(cells)) < 0.8].reset_index(drop=True)
    esda, weights = peers(cells, transform)
    assert not weights.islands
    x = cells["n"].to_numpy(dtype=float)
    theirs = esda.Moran(x, weights, transformation=transform, permutations=0)
    found = autocorrelation.moran(cells, weights=ours).iloc[0]
    assert found["value"] == pytest.approx(theirs.I, rel=1e-9)
    assert found["z"] == pytest.approx(theirs.z_rand, rel=1e-9)
    assert found["z_normal"] == pytest.approx(theirs.z_norm, rel=1e-9)
    assert found["p_value"] == pytest.approx(theirs.p_rand, rel=1e-9)
    theirs = esda.Geary(x, weights, transformation=transform, permutations=0)
    found = autocorrelation.geary(cells, weights=ours).iloc[0]
    assert found["value"] == pytest.approx(theirs.C, rel=1e-9)
    assert found["z"] == pytest.approx(theirs.z_rand, rel=1e-9)
    assert found["z_normal"] == pytest.approx(theirs.z_norm, rel=1e-9)


def test_the_general_g_of_a_grid_equals_esda():
    cells = lattice(np.random.default_rng(3).gamma(2, 2, (8, 7)))
    esda, weights = peers(cells, "b")
    theirs = esda.G(cells["n"].to_numpy(), weights, permutations=0)
    found = autocorrelation.general_g(cells).iloc[0]
    assert found["value"] == pytest.approx(theirs.G, rel=1e-9)
    assert found["z"] == pytest.approx(theirs.z_norm, rel=1e-9)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:The inplace keyword")
def test_joins_equal_esda():
    cells = lattice(np.random.default_rng(4).integers(0, 2, (9, 9)))
    esda, weights = peers(cells, "b")
    theirs = esda.Join_Counts(cells["n"].to_numpy(), weights, permutations=0)
    found = autocorrelation.join_counts(cells).set_index("joins")["value"]
    assert found.to_dict() == {"BB": theirs.bb, "BW": theirs.bw, "WW": theirs.ww}


# every permutation of a small map: the moments are exact


@pytest.mark.parametrize("weights", ["row", "binary"])
@pytest.mark.parametrize("measure", GLOBAL)
def test_moments_are_those_of_all_permutations(measure, weights):
    row = strip([0, 1, 5, 2, 2, 7])
    found = measure(row, weights=weights).iloc[0]
    every = [
        measure(row.assign(n=values), weights=weights)["value"][0]
        for values in set(permutations(row["n"].tolist()))
    ]
    assert found["expected"] == pytest.approx(np.mean(every), rel=1e-9)
    assert found["variance"] == pytest.approx(np.var(every), rel=1e-9)


@pytest.mark.parametrize("weights", ["row", "binary"])
def test_moments_of_joins_are_those_of_all_permutations(weights):
    row = strip([0, 1, 1, 0, 0, 1, 1])
    found = autocorrelation.join_counts(row, weights=weights)
    every = np.array(
        [
            autocorrelation.join_counts(row.assign(n=values), weights=weights)["value"]
            for values in set(permutations(row["n"].tolist()))
        ]
    )
    np.testing.assert_allclose(found["expected"], every.mean(axis=0), rtol=1e-9)
    np.testing.assert_allclose(found["variance"], every.var(axis=0), rtol=1e-9)


@pytest.mark.parametrize("weights", ["row", "binary"])
def test_local_moments_are_those_of_all_permutations_around_the_place(weights):
    row = strip([3, 1, 5, 2, 2, 7])
    found = autocorrelation.local_moran(row, weights=weights)
    first, *others = row["n"].tolist()
    for at in (1,):
        every = []
        for rest in permutations(others):
            values = [*rest[:at], first, *rest[at:]]
            changed = autocorrelation.local_moran(row.assign(n=values), weights=weights)
            every.append(changed["local_moran"][at])
        values = [*others[:at], first, *others[at:]]
        found = autocorrelation.local_moran(row.assign(n=values), weights=weights)
        assert found["expected"][at] == pytest.approx(np.mean(every), rel=1e-9)
        assert found["variance"][at] == pytest.approx(np.var(every), rel=1e-9)


# known by hand


@pytest.mark.parametrize(
    "options", [{"neighbours": "border"}, {"neighbours": "radius", "radius": 100}]
)
def test_a_chessboard_is_as_unlike_as_can_be(options):
    board = lattice(np.indices((4, 4)).sum(axis=0) % 2)
    assert autocorrelation.moran(board, **options)["value"][0] == pytest.approx(-1)
    assert autocorrelation.join_counts(board, **options)["value"].tolist() == [0, 24, 0]


def test_two_halves_have_their_joins_within():
    joins = autocorrelation.join_counts(strip([1, 1, 1, 0, 0, 0]))
    assert joins["joins"].tolist() == ["BB", "BW", "WW"]
    assert joins["value"].tolist() == [2, 1, 2]
    assert joins["expected"].tolist() == pytest.approx([1, 3, 1])


def test_quadrants_are_of_the_place_and_its_surroundings():
    found = autocorrelation.local_moran(strip([9, 9, 0, 0, 0, 8, 0, 0]))
    assert found["quadrant"].tolist() == ["hh", "hh", "lh", "ll", "lh", "hl", "lh", "ll"]


def test_a_planted_hotspot_is_sure_and_nothing_far_from_it():
    """Its corners have three of their eight neighbours in it: they may be possible only."""
    table = np.random.default_rng(5).poisson(2, (20, 20))
    table[8:12, 8:12] += 20
    found = autocorrelation.local_moran(lattice(table))
    sure = found["certainty"].eq("sure") & found["quadrant"].eq("hh")
    centre, corners = np.zeros((2, 20, 20), dtype=bool)
    centre[8:12, 8:12] = True
    corners[8:12:3, 8:12:3] = True
    assert sure[(centre & ~corners).ravel()].all()
    assert found.loc[corners.ravel(), "certainty"].ne("none").all()
    around = ndimage.binary_dilation(centre, np.ones((3, 3)))
    assert not sure[~around.ravel()].any()


# laws


@pytest.mark.parametrize("measure", GLOBAL)
def test_the_order_of_rows_changes_nothing(measure):
    cells = lattice(np.random.default_rng(6).poisson(3, (7, 8)))
    other = cells.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(measure(cells), measure(other))
    one = autocorrelation.local_moran(cells)
    pd.testing.assert_frame_equal(one, autocorrelation.local_moran(other).sort_index())


@pytest.mark.parametrize("measure", GLOBAL[:2])
def test_adding_and_multiplying_change_nothing(measure):
    cells = lattice(np.random.default_rng(8).poisson(3, (7, 8)))
    other = cells.assign(n=cells["n"] * 3 + 1000)
    pd.testing.assert_frame_equal(measure(cells), measure(other), rtol=1e-9)
    columns = ["local_moran", "z", "q_value", "quadrant"]
    one, two = (autocorrelation.local_moran(table)[columns] for table in (cells, other))
    pd.testing.assert_frame_equal(one, two, rtol=1e-9)


def test_local_values_average_to_the_global_one():
    cells = lattice(np.random.default_rng(9).poisson(3, (9, 8)))
    local = autocorrelation.local_moran(cells)["local_moran"].mean()
    assert local == pytest.approx(autocorrelation.moran(cells)["value"][0])


def test_all_joins_are_counted_once():
    cells = lattice(np.random.default_rng(10).integers(0, 2, (6, 5)))
    joins = autocorrelation.join_counts(cells)
    assert joins["value"].sum() * 2 == joins.attrs["n_links"]


@pytest.mark.parametrize("weights", ["row", "binary"])
@pytest.mark.parametrize("measure", GLOBAL)
def test_the_grid_path_and_the_general_path_agree(measure, weights):
    cells = lattice(np.random.default_rng(11).gamma(2, 3, (9, 12)))
    centres = cells.set_geometry(cells.centroid)
    for radius in (100, 150, 320):
        options = {"neighbours": "radius", "radius": radius, "weights": weights}
        pd.testing.assert_frame_equal(
            measure(cells, **options), measure(centres, **options), rtol=1e-9
        )


def test_cells_of_a_grid_touch_their_eight_neighbours():
    cells = lattice(np.random.default_rng(12).poisson(3, (5, 6)))
    shapes = cells.geometry.to_numpy()
    near = shapely.intersects(shapes[:, None], shapes).sum(axis=1) - 1
    found = weights.find_neighbours(cells, neighbours="touching", radius=None)
    np.testing.assert_array_equal(found.sizes, near)


@pytest.mark.parametrize("measure", GLOBAL)
def test_an_island_is_as_good_as_not_there(measure):
    row = strip([1, 5, 4, 2, 7, 3])
    far = gpd.GeoDataFrame({"n": [50]}, geometry=[shapely.box(90, 0, 91, 1)], crs=28992)
    both = pd.concat([row, far], ignore_index=True)
    found = measure(both)
    pd.testing.assert_frame_equal(found, measure(row))
    assert found.attrs["n_islands"] == 1
    assert found.attrs["islands"] == [6]
    assert found.attrs["n_used"] == 6
    local = autocorrelation.local_moran(both)
    assert local["quadrant"].iloc[-1] == "none"
    assert math.isnan(local["q_value"].iloc[-1])
    np.testing.assert_allclose(
        local["q_value"][:6], benjamini_hochberg(autocorrelation.local_moran(row)["p_value"])
    )


# permutations


@pytest.mark.parametrize("measure", GLOBAL)
def test_permutations_are_repeatable_and_near_the_exact_p(measure):
    row = strip([0, 1, 2, 4, 7])
    found = measure(row, n_permutations=1999, rng=3)
    pd.testing.assert_frame_equal(found, measure(row, n_permutations=1999, rng=3))
    every = np.array([measure(row.assign(n=v))["value"][0] for v in permutations(row["n"])])
    value = found["value"][0]
    tails = [(every >= value - 1e-9).mean(), (every <= value + 1e-9).mean()]
    assert found["p_permutation"][0] == pytest.approx(min(1, 2 * min(tails)), abs=0.06)


def test_local_permutation_p_is_exact_and_simulations_come_near():
    """All orders of the other values around each place in turn."""
    values = [3, 1, 5, 2, 2, 7]
    row = strip(values)
    known = autocorrelation.local_moran(row)
    found = autocorrelation.local_moran(row, n_permutations=4999, rng=5)
    for at in range(6):
        others = values[:at] + values[at + 1 :]
        k = 1 if at in {0, 5} else 2
        near = [values[i] for i in (at - 1, at + 1) if 0 <= i < 6]
        sums = np.array([sum(order[:k]) for order in permutations(others)])
        tails = [(sums >= sum(near)).mean(), (sums <= sum(near)).mean()]
        exact = min(1, 2 * min(tails))
        assert known["p_permutation"][at] == pytest.approx(exact, rel=1e-9)
        assert found["p_permutation"][at] == pytest.approx(exact, abs=0.03)


def test_p_values_of_chance_are_uniform():
    """On 300 random maps no more than about one in twenty has p of 0.05 or less."""
    draw = np.random.default_rng(13)
    cells = lattice(np.zeros((10, 10)))
    p = [
        autocorrelation.moran(cells.assign(n=draw.poisson(2, 100)))["p_value"][0]
        for _ in range(300)
    ]
    assert 0.02 < np.mean(np.array(p) <= 0.05) < 0.085
    assert np.mean(p) == pytest.approx(0.5, abs=0.06)


def test_maps_of_chance_with_anything_sure_are_few():
    """Of 100 maps with one incident in five cells; the normal curve alone has most of them."""
    draw = np.random.default_rng(14)
    cells = lattice(np.zeros((20, 20)))
    sure, normal = 0, 0
    for _ in range(100):
        found = autocorrelation.local_moran(cells.assign(n=draw.poisson(0.2, 400)))
        sure += found["certainty"].eq("sure").any()
        normal += (found["q_value"] <= 0.05).any()
    assert sure <= 5
    assert normal > 25


def test_values_that_are_no_counts_have_a_permutation_p_too():
    """The curve with three exact moments comes near to 9,999 permutations."""
    cells = lattice(np.random.default_rng(15).gamma(1.5, 2, (9, 9)))
    found = autocorrelation.local_moran(cells)
    assert found.attrs["method"]["permutation"] == "pearson3"
    simulated = autocorrelation.local_moran(cells, n_permutations=9999, rng=1)
    np.testing.assert_allclose(found["p_permutation"], simulated["p_permutation"], atol=0.04)
    many = lattice(np.random.default_rng(16).gamma(1.5, 2, (17, 17)))
    assert len(autocorrelation.local_moran(many)) == 289


# what can't be tested


def test_equal_values_and_few_places_say_so():
    for values, code in (([2, 2, 2, 2, 2], "constant"), ([1, 2], "too_few"), ([], "too_few")):
        table = autocorrelation.moran(strip(values), n_permutations=9)
        assert table.attrs["warnings"] == [{"code": code}]
        assert table[["value", "p_value", "p_permutation"]].isna().all(axis=None)
        local = autocorrelation.local_moran(strip(values), n_permutations=9)
        assert len(local) == len(values)
        assert local["certainty"].eq("none").all()
    joins = autocorrelation.join_counts(strip([1, 1, 1, 1, 1]), n_permutations=9)
    assert joins["value"].tolist() == [4, 0, 0]
    assert joins["p_value"].isna().all()


def test_results_can_be_written_as_json():
    row = strip([1, 0, 1, 1, 0])
    for measure in (*GLOBAL, autocorrelation.join_counts, autocorrelation.local_moran):
        attrs = measure(row, n_permutations=9, rng=1).attrs
        method = json.loads(json.dumps(attrs))["method"]
        assert method["name"] == measure.__name__
        assert method["seed"] == 1


def test_wrong_input_is_refused():
    row = strip([1, 2, 3, 4])
    with pytest.raises(CrsError):
        autocorrelation.moran(row.to_crs(4326))
    with pytest.raises(ContractError, match="column is missing"):
        autocorrelation.moran(row, column="x")
    with pytest.raises(ContractError, match="negative"):
        autocorrelation.general_g(row.assign(n=[-1, 2, 3, 4]))
    with pytest.raises(ContractError, match="neither 0 nor 1"):
        autocorrelation.join_counts(row)
    with pytest.raises(ContractError, match="geometry"):
        autocorrelation.moran(row.set_geometry([None, *row.geometry[1:]], crs=28992))
    with pytest.raises(ValueError, match="weights"):
        autocorrelation.moran(row, weights="queen")
    with pytest.raises(ValueError, match="neighbours"):
        autocorrelation.moran(row, neighbours="queen")
    with pytest.raises(ValueError, match="radius"):
        autocorrelation.moran(row, radius=100)
    with pytest.raises(ValueError, match="alpha"):
        autocorrelation.local_moran(row, alpha=2)
    with pytest.raises(ValueError, match="n_permutations"):
        autocorrelation.local_moran(row, n_permutations=-1)
