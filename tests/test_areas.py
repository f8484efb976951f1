"""Areas: one area per point, honest rates, exact comparison."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import points

from ipgtools import areas
from ipgtools.errors import ContractError, CrsError
from ipgtools.inference import poisson_interval


def squares(n=3, size=100.0, **columns):
    """Give n x n squares coded A00, A01 ... row by row from the south-west."""
    shapes = [
        shapely.box(col * size, row * size, (col + 1) * size, (row + 1) * size)
        for row in range(n)
        for col in range(n)
    ]
    codes = [f"A{row}{col}" for row in range(n) for col in range(n)]
    return gpd.GeoDataFrame({"area_code": codes} | columns, geometry=shapes, crs=28992)


def test_a_point_on_a_shared_border_belongs_to_the_code_that_sorts_first():
    table = squares()
    found = areas.assign(points([(100, 50), (100, 100), (300, 300), (50, 50)]), table)
    assert found.tolist() == ["A00", "A00", "A22", "A00"]


def test_row_order_changes_nothing():
    rng = np.random.default_rng(1)
    table = squares(6)
    incidents = points(rng.integers(-1, 13, (500, 2)) * 50)
    expected = areas.assign(incidents, table)
    shuffled = areas.assign(incidents.sample(frac=1, random_state=2), table[::-1])
    pd.testing.assert_series_equal(shuffled.loc[expected.index], expected)


def test_where_areas_overlap_the_code_that_sorts_first_wins():
    table = gpd.GeoDataFrame(
        {"area_code": ["B", "A"]},
        geometry=[shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100)],
        crs=28992,
    )
    assert areas.assign(points([(75, 5), (25, 5)]), table).tolist() == ["A", "B"]


def test_many_points_searched_in_shares_get_what_a_spatial_join_gives(monkeypatch):
    rng = np.random.default_rng(3)
    hexes = shapely.buffer(shapely.points(rng.uniform(0, 5000, (60, 2))), 300, quad_segs=4)
    table = gpd.GeoDataFrame(
        {"area_code": [f"X{i:03d}" for i in rng.permutation(60)]}, geometry=hexes, crs=28992
    )
    incidents = points(rng.uniform(-200, 5200, (20_000, 2)))
    joined = incidents.sjoin(table).groupby(level=0)["area_code"].min()
    expected = joined.reindex(incidents.index)
    alone = areas.assign(incidents, table)
    monkeypatch.setattr(areas, "_MANY", 1000)
    shared_out = areas.assign(incidents, table)
    pd.testing.assert_series_equal(alone, shared_out)
    np.testing.assert_array_equal(alone.isna(), expected.isna())
    assert (alone.dropna() == expected.dropna()).all()


def test_the_result_has_the_input_s_index_and_misses_what_is_nowhere():
    incidents = points([(50, 50), (900, 900), (1, 1), (2, 2)]).set_index([list("dcba")])
    incidents.loc["b", "geometry"] = None
    incidents.loc["a", "geometry"] = shapely.Point()
    found = areas.assign(incidents, squares())
    assert found.index.tolist() == list("dcba")
    assert found.isna().tolist() == [False, True, True, True]
    assert found.dtype == "str"


def test_no_points_and_no_areas_are_fine():
    assert areas.assign(points([]), squares()).tolist() == []
    assert areas.assign(points([(5, 5)]), squares()[:0]).isna().all()


def test_the_landmark_of_velve_lies_in_its_buurt(shared):
    """The point that the domain notes give: RD 259661, 471504 is in BU01530100."""
    folder = shared / "nl_twente_buurten_2021"
    layers = gpd.list_layers(folder / "twente_2021.gpkg")["name"]
    name = next(name for name in layers if "buurt" in name)
    table = gpd.read_file(folder / "twente_2021.gpkg", layer=name)
    code = next(column for column in table if table[column].astype(str).eq("BU01530100").any())
    table = table.rename(columns={code: "area_code"}).to_crs(28992)
    assert areas.assign(points([(259_661, 471_504)]), table).tolist() == ["BU01530100"]


def test_counts_over_areas_add_up_to_the_incidents_inside():
    incidents = points(np.random.default_rng(4).uniform(-50, 350, (1000, 2)).round(-1))
    table = areas.rates(incidents, squares(inhabitants=100))
    assert table["n"].sum() == areas.assign(incidents, squares()).notna().sum()
    assert table.attrs["n_used"] + table.attrs["n_outside"] == 1000
    assert table["n"].dtype == "int64"


def test_a_rate_comes_with_the_exact_interval_of_its_count():
    table = areas.rates(points([(5, 5)] * 10), squares(1, inhabitants=[2000]))
    low, high = poisson_interval(10)
    assert table["per_1000"].tolist() == [5]
    assert table["ci_low"].tolist() == pytest.approx([low / 2])
    assert table["ci_high"].tolist() == pytest.approx([high / 2])


def test_without_inhabitants_there_is_a_count_but_no_rate():
    people = pd.array([0, None, 50, 1], dtype="Int64")
    table = areas.rates(points([(5, 5), (150, 5)]), squares(2, inhabitants=people))
    assert table["n"].tolist() == [1, 1, 0, 0]
    assert table["per_1000"].isna().tolist() == [True, True, False, False]
    assert table["ci_high"].isna().tolist() == [True, True, False, False]


def test_a_rate_can_be_per_another_number():
    assert "per_100" in areas.rates(points([(5, 5)]), squares(inhabitants=10), per=100)


def test_the_given_tables_stay_as_they_were():
    table, incidents = squares(inhabitants=10), points([(5, 5)])
    table.attrs["source"] = "hand"
    before = table.copy()
    result = areas.rates(incidents, table)
    pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))
    assert table.attrs == {"source": "hand"}
    assert result.attrs["source"] == "hand"


def test_change_compares_the_same_area():
    before, after = points([(5, 5)] * 10 + [(150, 5)]), points([(5, 5)] * 30)
    table = areas.change(before, after, squares(2)).set_index("area_code")
    assert table["difference"].tolist() == [20, -1, 0, 0]
    assert table.loc["A00", "ratio"] == 3
    assert table.loc["A00", "p_value"] == pytest.approx(0.002221, abs=1e-6)
    assert table.loc["A01", "p_value"] == 1
    assert np.isnan(table.loc["A10", "ratio"])
    assert table.attrs["before"]["n_used"] == 11


def test_a_longer_period_is_no_increase():
    table = areas.change(points([(5, 5)] * 20), points([(5, 5)] * 40), squares(1), exposure=2.0)
    assert table.loc[0, "difference"] == 0
    assert table.loc[0, "ratio"] == 1
    assert table.loc[0, "p_value"] == 1


def test_areas_without_incidents_do_not_blunt_the_correction():
    before, after = points([(5, 5)]), points([(5, 5)] * 15)
    small, large = areas.change(before, after, squares(1)), areas.change(before, after, squares(9))
    assert small.loc[0, "q_value"] == large.loc[0, "q_value"]
    assert large.loc[1, "q_value"] == 1


@pytest.mark.parametrize(
    ("codes", "words"),
    [(["A", "A"], "repeated"), (["A", None], "missing"), (None, "column is missing")],
)
def test_areas_need_codes_of_their_own(codes, words):
    table = squares(2)[:2].drop(columns="area_code")
    if codes:
        table["area_code"] = codes
    with pytest.raises(ContractError, match=words):
        areas.assign(points([(5, 5)]), table)


def test_rates_need_inhabitants():
    with pytest.raises(ContractError, match="inhabitants: column is missing"):
        areas.rates(points([(5, 5)]), squares())


def test_another_crs_is_refused():
    with pytest.raises(CrsError, match="to_crs"):
        areas.assign(points([(5, 5)], crs=25832), squares())
