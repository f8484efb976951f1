"""Nothing small can be solved from all that is released together."""

import itertools

import numpy as np
import pandas as pd
import pytest
from released_numbers import coarser, numbers_of, random_release, repaired, with_totals
from scipy import sparse
from scipy.optimize import LinearConstraint, milp

from ipgtools.errors import ReleaseError
from ipgtools.nl import errors as dutch
from ipgtools.privacy import release_atoms
from ipgtools.privacy._linear_bounds import Reader
from ipgtools.privacy.audit_release import audit, bounds
from ipgtools.privacy.release_atoms import Atoms, atoms_of, pieces


def values_by_hand(numbers: pd.DataFrame, atoms: Atoms) -> pd.DataFrame:
    """Try all whole atoms, and give the least and most of each number (the oracle)."""
    members = atoms.members.toarray()
    high = numbers["high"].to_numpy()
    most = [int(high[column > 0].min()) for column in members.T]
    tried = np.array(list(itertools.product(*(range(n + 1) for n in most)))).T
    sums = members @ tried
    fits = np.all((sums >= numbers["low"].to_numpy()[:, None]) & (sums <= high[:, None]), axis=0)
    found = sums[:, fits]
    return pd.DataFrame(
        {"lowest": found.min(axis=1), "highest": found.max(axis=1)}, index=numbers.index
    )


def audited(numbers: pd.DataFrame, atoms: Atoms) -> pd.DataFrame:
    """Audit and repair, and give the numbers as they would leave."""
    return repaired(numbers, audit(numbers, atoms, coarser=coarser(numbers)))


def keeps_small_unknown(numbers: pd.DataFrame, ends: pd.DataFrame) -> bool:
    """Tell whether each small number can be zero and has five possible values."""
    small = ends[numbers["count"] <= numbers["small_limit"]].round(6)
    return bool(((small["lowest"] <= 0) & (small["highest"] >= 4)).all())


# --- worked examples ----------------------------------------------------------------------


@pytest.mark.parametrize("cells", [[1, 1, 50], [4, 4, 50], [1, 0, 0, 0], [0, 0, 0, 7], [2, 51]])
@pytest.mark.parametrize("draw", range(12))
def test_small_cells_are_not_solved_from_the_total(cells: list[int], draw: int) -> None:
    """The rows that were pinned by their total keep all values, however they are rounded."""
    atoms = with_totals(cells, range(len(cells)))
    numbers = numbers_of(atoms.totals(), [f"{draw}-{i}" for i in range(len(cells) + 1)])
    leaves = audited(numbers, atoms)
    assert keeps_small_unknown(numbers, values_by_hand(leaves, atoms))


@pytest.mark.parametrize(
    ("cells", "ends"),
    [([1, 1, 50], (0, 2)), ([4, 4, 50], (4, 4)), ([1, 0, 0, 0], (1, 1)), ([2, 51], (2, 2))],
)
def test_exact_totals_that_pin_a_cell_are_found(cells: list[int], ends: tuple[int, int]) -> None:
    """Hiding the small cells of a table with exact totals does not hide them."""
    atoms = with_totals(cells, range(len(cells)))
    large = [i for i, count in enumerate([*cells, sum(cells)]) if count > 4]
    zeros = [i for i, count in enumerate(cells) if count == 0]
    total = [len(cells)]
    numbers = numbers_of(atoms.totals(), range(len(cells) + 1), exact=large + zeros + total)
    found = audit(numbers, atoms).narrow
    assert tuple(found.iloc[0]) == ends


def test_numbers_that_can_not_be_coarser_make_it_refuse() -> None:
    """Exact numbers of this release that pin a small one keep all of it back."""
    atoms = with_totals([2, 51], [0, 1])
    numbers = numbers_of(atoms.totals(), range(3), exact=[1, 2]).assign(new=True)
    none = numbers[["low", "high"]] * np.nan
    with pytest.raises(ReleaseError, match="1 small numbers") as refused:
        audit(numbers, atoms, coarser=[none])
    assert refused.value.facts["numbers"] == ["0"]
    text = dutch.TEXTS[refused.value.code].format(**refused.value.facts)
    assert "niets naar buiten gegaan" in text


def test_what_others_publish_exactly_is_reported() -> None:
    """A number that the open tables of others pin is known, whatever this release shows."""
    atoms = with_totals([2, 51], [0, 1])
    numbers = numbers_of(atoms.totals(), range(3), exact=[1, 2])
    assert audit(numbers, atoms, coarser=coarser(numbers)).known.index.tolist() == ["0"]


def test_small_numbers_can_be_withheld_coarser() -> None:
    """Two of four with an exact total of eight: "below 5" tells both, "below 10" neither."""
    atoms = with_totals([4, 4, 50], [0, 1, 2])
    numbers = numbers_of(atoms.totals(), range(4), exact=[2, 3])
    assert audit(numbers, atoms).narrow.index.tolist() == ["0", "1"]
    leaves = audited(numbers, atoms)
    assert leaves["high"].max() == 58
    assert keeps_small_unknown(numbers, values_by_hand(leaves, atoms))


def test_a_briefing_of_a_buurt_does_not_solve_its_neighbour() -> None:
    """Wijk 253, its other buurten 234, one of the two left 17: the last one stays unknown."""
    atoms = with_totals([120, 114, 17, 2], range(4), [2, 3])
    exact = numbers_of(atoms.totals(), range(6), exact=[0, 1, 2, 4, 5])
    assert tuple(audit(exact, atoms).narrow.loc["3"]) == (2, 2)
    for draw in range(12):
        numbers = numbers_of(atoms.totals(), [f"{draw}-{i}" for i in range(6)])
        ends = bounds(audited(numbers, atoms), atoms)
        assert keeps_small_unknown(numbers, ends)


def test_five_buurten_one_small_with_an_exact_total() -> None:
    """Four rounded buurten leave a small fifth room, also where their total is exact."""
    cells = [12, 31, 8, 22, 3]
    atoms = with_totals(cells, range(5))
    numbers = numbers_of(atoms.totals(), range(6), exact=[5])
    assert audit(numbers, atoms).narrow.empty
    exact = numbers_of(atoms.totals(), range(6), exact=[0, 1, 2, 3, 5])
    assert tuple(audit(exact, atoms).narrow.loc["4"]) == (3, 3)


def test_old_and_new_borders_do_not_give_their_difference() -> None:
    """52 in the old area and 50 in the new one, of the same incidents: the strip holds 2."""
    atoms = Atoms(sparse.csr_array([[1, 1], [1, 0], [0, 1]]), np.array([50, 2]))
    exact = numbers_of(atoms.totals(), ["old", "new", "strip"], exact=[0, 1])
    assert tuple(audit(exact, atoms).narrow.loc["strip"]) == (2, 2)
    numbers = numbers_of(atoms.totals(), ["old", "new", "strip"])
    assert keeps_small_unknown(numbers, values_by_hand(audited(numbers, atoms), atoms))


def test_a_number_that_is_not_published_can_be_kept_unknown() -> None:
    """A buurt that is left out for its few inhabitants is not what the others leave."""
    atoms = with_totals([8, 1], [0, 1])
    numbers = pd.DataFrame(
        {"count": [8, 1, 9], "low": [6, 0, 5], "high": [14, np.inf, 9], "small_limit": 4,
         "new": [True, False, True]},
        index=["shown", "left out", "wijk"],
    )  # fmt: skip
    found = audit(numbers, atoms, coarser=coarser(numbers))
    assert found.narrow.loc["left out"].tolist() == [0, 3]
    assert keeps_small_unknown(numbers, bounds(repaired(numbers, found), atoms))


def test_persons_keep_ten_values() -> None:
    """Of persons a number below ten is small."""
    atoms = with_totals([30, 7], [0, 1])
    numbers = pd.DataFrame(
        {"count": [30, 7, 37], "low": [30, 0, 35], "high": [34, 9, 39], "small_limit": 9,
         "new": True},
    )  # fmt: skip
    assert audit(numbers, atoms).narrow.loc[1].tolist() == [1, 9]


def test_a_number_that_moved_is_not_blamed_for_its_own_interval() -> None:
    """Published as 5-9 and now 4: nobody was proven present by solving."""
    atoms = with_totals([4, 30], [0, 1])
    numbers = pd.DataFrame(
        {"count": [4, 30, 34], "low": [1, 26, 31], "high": [13, 34, 39], "small_limit": 4,
         "new": [False, True, True]},
    )  # fmt: skip
    assert audit(numbers, atoms).narrow.empty


# --- repair -------------------------------------------------------------------------------


def test_only_new_numbers_are_coarsened() -> None:
    """A number that was published before keeps its form; a new cause is coarsened."""
    atoms = with_totals([7, 1], [0, 1])
    numbers = pd.DataFrame(
        {"count": [7, 1, 8], "low": [6, 0, 5], "high": [14, 4, 9], "small_limit": 4, "new": True},
        index=["large", "small", "wijk"],
    )
    assert audit(numbers, atoms, coarser=coarser(numbers)).widened.index.tolist() == ["large"]
    earlier = numbers.assign(new=[False, True, True])
    assert audit(earlier, atoms, coarser=coarser(numbers)).widened.index.tolist() == ["wijk"]


def test_what_earlier_numbers_tell_is_reported_and_does_not_refuse() -> None:
    """Dec-Feb 5-9 after Nov-Jan 0-4 proves February; a new Jan-Mar can't take that back."""
    wanted = [{"start": 1, "end": 4}, {"start": 2, "end": 5}, {"start": 3, "end": 6}]
    incidents = pd.DataFrame({"occurred_from": [2, 2, 4, 4, 4, 1]})
    atoms = atoms_of(incidents, wanted)
    numbers = pd.DataFrame(
        {"count": [3, 5, 3], "low": [0, 5, 0], "high": [4, 9, 4],
         "small_limit": [-1, -1, 4], "new": [False, False, True]},
    )  # fmt: skip
    found = audit(numbers, atoms, coarser=coarser(numbers))
    assert found.known.loc[2].tolist() == [1, 4]
    assert found.widened.empty


def test_a_release_may_not_narrow_further_what_earlier_ones_left() -> None:
    """The same, and a new exact-like number takes another value away: that is refused."""
    wanted = [
        {"start": 1, "end": 4},
        {"start": 2, "end": 5},
        {"start": 3, "end": 6},
        {"start": 5, "end": 6},
    ]
    atoms = atoms_of(pd.DataFrame({"occurred_from": [2, 2, 4, 4, 5, 1]}), wanted)
    numbers = pd.DataFrame(
        {"count": [3, 4, 3, 1], "low": [0, 4, 0, 1], "high": [4, 9, 4, 1],
         "small_limit": [-1, -1, 4, -1], "new": [False, False, True, True]},
    )  # fmt: skip
    none = numbers[["low", "high"]] * np.nan
    with pytest.raises(ReleaseError) as refused:
        audit(numbers, atoms, coarser=[none])
    assert refused.value.facts["numbers"] == [2]


def test_the_months_in_which_quarters_differ_are_guarded() -> None:
    """Of two quarters a month apart neither gives the one incident of their last month away."""
    months = [1] * 3 + [4]
    earlier, new = {"kinds": "a", "start": 1, "end": 4}, {"kinds": "a", "start": 2, "end": 5}
    incidents = pd.DataFrame({"kind": "a", "occurred_from": [*months, 2, 3, 2, 3, 2]})
    wanted = [earlier, new]
    guarded = pieces(wanted)
    assert [(one["start"], one["end"]) for one in guarded] == [(1, 2), (2, 4), (4, 5)]
    atoms = atoms_of(incidents, wanted + guarded)
    numbers = numbers_of(atoms.totals(), range(5)).astype({"low": float, "high": float})
    numbers.loc[:"1", ["low", "high"]] = [[6, 14], [5, 9]]
    numbers.loc["2":, ["low", "high"]] = [0, np.inf]
    numbers["new"] = [False, True, False, False, False]
    ends = bounds(repaired(numbers, audit(numbers, atoms, coarser=coarser(numbers))), atoms)
    assert keeps_small_unknown(numbers, ends)


def test_a_coarser_form_follows_where_the_first_is_not_enough() -> None:
    """12 as 10-19 with a part of 9 as "below 10" proves the rest present; below 20 does not."""
    atoms = with_totals([9, 3], [0, 1])
    numbers = pd.DataFrame(
        {"count": [9, 3, 12], "low": [5, 0, 11], "high": [9, 4, 19], "small_limit": 4, "new": True},
    )
    leaves = audited(numbers, atoms)
    assert keeps_small_unknown(numbers, values_by_hand(leaves, atoms))
    with pytest.raises(ReleaseError):
        audit(numbers, atoms, coarser=coarser(numbers)[:1])


def test_the_order_of_numbers_changes_nothing_that_is_found() -> None:
    """Narrow numbers and their bounds depend on the release only."""
    rng = np.random.default_rng(8)
    numbers, atoms = random_release(rng)
    order = rng.permutation(len(numbers))
    turned = Atoms(sparse.csr_array(atoms.members[order]), atoms.counts, atoms.links)
    found, again = audit(numbers, atoms).narrow, audit(numbers.iloc[order], turned).narrow
    pd.testing.assert_frame_equal(found.sort_index(), again.sort_index())


FEW_SEEDS = [*range(5), *(pytest.param(n, marks=pytest.mark.calibrate) for n in range(5, 12))]

# --- against the oracle and over many tables ------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_bounds_are_those_of_trying_everything(seed: int) -> None:
    """In a table of rows and columns the bounds of whole numbers are those of the solver."""
    rng = np.random.default_rng(seed)
    shape = [(2, 2), (1, 3), (1, 4)][seed % 3]
    cells = rng.integers(0, 9, shape)
    at = np.arange(cells.size).reshape(shape)
    atoms = with_totals(cells.ravel(), at.ravel(), *at, *at.T)
    numbers = numbers_of(atoms.totals(), [f"{seed}-{i}" for i in range(len(atoms.totals()))])
    pd.testing.assert_frame_equal(
        bounds(numbers, atoms), values_by_hand(numbers, atoms).astype(float), atol=1e-6
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_audit_finds_what_solving_each_number_finds(seed: int) -> None:
    """Proving many numbers at once misses none and blames none."""
    rng = np.random.default_rng(seed)
    for _ in range(4):
        numbers, atoms = random_release(rng)
        ends = bounds(numbers, atoms).round(6)
        small = numbers["count"] <= 4
        wrong = small & ((np.ceil(ends["lowest"]) > 0) | (np.floor(ends["highest"]) < 4))
        assert audit(numbers, atoms).narrow.index.tolist() == numbers.index[wrong].tolist()


@pytest.mark.parametrize("n_tables", [20, pytest.param(2_000, marks=pytest.mark.calibrate)])
def test_no_planted_secret_is_solved(n_tables: int) -> None:
    """Of random releases with small numbers planted none is narrow after repair."""
    rng = np.random.default_rng(n_tables)
    n_small = n_widened = n_numbers = 0
    for _ in range(n_tables):
        numbers, atoms = random_release(rng)
        found = audit(numbers, atoms, coarser=coarser(numbers))
        if not found.narrow.empty:
            assert audit(repaired(numbers, found), atoms).narrow.empty
        n_small += found.n_checked
        n_widened += len(found.widened)
        n_numbers += len(numbers)
    assert n_small > 10 * n_tables
    assert n_widened <= 0.05 * n_numbers


def test_whole_numbers_tell_a_reader_no_more() -> None:
    """A reader who uses that counts are whole finds nothing narrow after repair either."""
    rng = np.random.default_rng(3)
    for _ in range(4):
        numbers, atoms = random_release(rng)
        leaves = audited(numbers, atoms)
        assert atoms.links is not None
        rows = sparse.csc_array(sparse.vstack([atoms.members, atoms.links]))
        zero = np.zeros(atoms.links.shape[0])
        limits = LinearConstraint(
            rows, np.concatenate([leaves["low"], zero]), np.concatenate([leaves["high"], zero])
        )
        for place in np.flatnonzero(numbers["count"] <= 4):
            row = atoms.members[[place]].toarray()[0]
            whole = np.ones(len(row))
            ends = [milp(s * row, constraints=limits, integrality=whole).fun for s in (1, -1)]
            assert round(ends[0]) == 0
            assert round(ends[1]) <= -4


# --- atoms --------------------------------------------------------------------------------


def random_incidents(rng: np.random.Generator) -> pd.DataFrame:
    n = rng.integers(0, 40)
    return pd.DataFrame(
        {
            "area_code": rng.choice(["BU01530001", "BU01530002", "BU01530101"], n),
            "kind": rng.choice(list("abc"), n),
            "occurred_from": rng.integers(0, 4, n),
            "part": rng.choice(list("xyz"), n),
            "cell_id": rng.choice(list("12"), n),
            "street": rng.choice(list("st"), n),
        }
    )


def random_definition(rng: np.random.Generator) -> dict[str, object]:
    found: dict[str, object] = {}
    if rng.random() < 0.7:
        found["area"] = rng.choice(["BU01530001", "BU01530101", "WK015300", "GM0153"])
    if rng.random() < 0.7:
        start = int(rng.integers(0, 4))
        found |= {"start": start, "end": int(rng.integers(start + 1, 5))}
    crossed = rng.integers(0, 7)
    if crossed in (1, 4, 6):
        found["kinds"] = tuple(rng.choice(list("abc"), 2, replace=False))
    if crossed in (2, 4, 5):
        found["part"] = tuple(rng.choice(list("xyz"), 2, replace=False))
    if crossed in (3, 5, 6):
        found |= {"cell": rng.choice(list("12"))} if rng.random() < 0.5 else {"street": "s"}
    return found


def counted(incidents: pd.DataFrame, definition: dict[str, object]) -> int:
    """Count the incidents of a definition one condition after another."""
    found = incidents
    if (area := definition.get("area")) is not None:
        found = found[found["area_code"].str[2:].str.startswith(str(area)[2:])]
    if "start" in definition:
        found = found[
            found["occurred_from"].between(definition["start"], definition["end"], "left")
        ]
    for key, column in {
        "kinds": "kind",
        "part": "part",
        "cell": "cell_id",
        "street": "street",
    }.items():
        if key in definition:
            wanted = definition[key]
            wanted = wanted if isinstance(wanted, tuple) else (wanted,)
            found = found[found[column].isin(wanted)]
    return len(found)


@pytest.mark.parametrize("seed", range(20))
def test_atoms_add_up_to_the_numbers(seed: int) -> None:
    """The sum over its atoms is what a number counts; links hold in the truth."""
    rng = np.random.default_rng(seed)
    incidents = random_incidents(rng)
    wanted = [random_definition(rng) for _ in range(rng.integers(1, 12))]
    atoms = atoms_of(incidents, wanted)
    assert atoms.totals().tolist() == [counted(incidents, one) for one in wanted]
    assert atoms.links is not None
    assert not (atoms.links @ atoms.counts).any()


@pytest.mark.parametrize("seed", FEW_SEEDS)
def test_tables_kept_apart_tell_what_crossing_everything_tells(seed: int) -> None:
    """Links between tables give the same bounds as one large crossed table."""
    rng = np.random.default_rng(seed)
    incidents = random_incidents(rng)
    wanted = [random_definition(rng) for _ in range(rng.integers(4, 14))]
    space = release_atoms._Space.of(incidents, wanted, None)
    crossed = release_atoms._joined(space, space.blocks(frozenset(release_atoms._CROSSED)))
    numbers = numbers_of(crossed.totals(), [f"{seed}-{i}" for i in range(len(wanted))])
    expected = bounds(numbers, crossed)
    for shared in ([], ["cell"], ["kind"], ["part"], ["cell", "part"]):
        apart = release_atoms._joined(space, space.blocks(frozenset(shared)))
        pd.testing.assert_frame_equal(bounds(numbers, apart), expected, atol=1e-6)


def test_what_is_empty_is_not_known_to_be_empty() -> None:
    """Buurten, kinds and cells without incidents have atoms, too."""
    incidents = random_incidents(np.random.default_rng(1)).iloc[:0]
    wanted = [{"area": "WK015300"}, {"area": "BU01530001"}, {"kinds": "a"}, {"cell": "7"}]
    atoms = atoms_of(incidents, wanted)
    numbers = numbers_of(atoms.totals(), range(4))
    assert bounds(numbers, atoms)["highest"].tolist() == [4, 4, 4, 4]


def test_a_map_tells_in_which_buurt_a_cell_lies() -> None:
    """A cell that can only lie in a buurt of 0 to 2 holds no more than that."""
    incidents = pd.DataFrame({"area_code": ["BU01530001"], "cell_id": ["1"]})
    wanted = [{"area": "BU01530001"}, {"area": "BU01530002"}, {"cell": "9"}]
    places = pd.DataFrame({"area_code": ["BU01530002"], "cell_id": ["9"]})
    numbers = pd.DataFrame({"low": 0, "high": [9, 2, 4]})
    anywhere = bounds(numbers, atoms_of(incidents, wanted))
    known = bounds(numbers, atoms_of(incidents, wanted, places=places))
    assert (anywhere["highest"][2], known["highest"][2]) == (4, 2)


def test_a_coarse_part_of_the_week_is_the_sum_of_its_parts() -> None:
    """Evenings count those of workdays and of the weekend."""
    incidents = pd.DataFrame({"part": ["ma avond", "za avond", "za nacht"]})
    wanted = [{"part": ("ma avond", "za avond")}, {"part": "ma avond"}, {}]
    assert atoms_of(incidents, wanted).totals().tolist() == [2, 1, 3]


def test_incidents_without_a_time_are_in_no_period() -> None:
    """They count where no period is asked for."""
    times = pd.to_datetime(["2025-01-05", None])
    wanted = [{}, {"start": "2025-01-01", "end": "2025-02-01"}]
    assert atoms_of(pd.DataFrame({"occurred_from": times}), wanted).totals().tolist() == [2, 1]


def test_a_quarter_of_a_wijk_takes_few_atoms() -> None:
    """Tables that are not crossed with each other don't multiply each other's atoms."""
    rng = np.random.default_rng(0)
    n = 300
    areas, kinds = [f"BU0153{i:04d}" for i in range(10)], [f"K{i}" for i in range(20)]
    cells, parts = [f"C{i}" for i in range(60)], [f"P{i}" for i in range(28)]
    cell = rng.integers(0, 60, n)
    incidents = pd.DataFrame(
        {
            "area_code": np.array(areas)[cell // 6],
            "kind": rng.choice(kinds, n),
            "part": rng.choice(parts, n),
            "cell_id": np.array(cells)[cell],
        }
    )
    wanted: list[dict[str, object]] = [{"area": a, "kinds": k} for a in areas for k in kinds]
    wanted += [{"part": p} for p in parts] + [{"cell": c} for c in cells]
    assert atoms_of(incidents, wanted).members.shape[1] < 400


# --- the solver ---------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_what_is_reached_lies_within_the_bounds(seed: int) -> None:
    """Changing few atoms reaches no further than changing all of them."""
    rng = np.random.default_rng(seed)
    numbers, atoms = random_release(rng)
    assert atoms.links is not None
    low, high = (numbers[name].to_numpy(dtype=float) for name in ("low", "high"))
    reader = Reader(atoms.members, atoms.links, low, high)
    ends = bounds(numbers, atoms)
    point = reader.spacious(rng.uniform(0.5, 1.5, len(numbers)), 4.0)
    assert reader.fits(point)
    for atoms_now in (atoms.counts.astype(float), point):
        lowest, highest = reader.reached(atoms_now)
        assert (lowest >= ends["lowest"] - 1e-5).all()
        assert (highest <= ends["highest"] + 1e-5).all()


# --- bad input ----------------------------------------------------------------------------


def test_counts_outside_what_was_published_are_refused() -> None:
    """Data that changed without the register knowing can't be audited."""
    atoms = with_totals([8, 20], [0, 1])
    numbers = numbers_of(atoms.totals(), range(3)).assign(high=[7, 24, 30])
    with pytest.raises(ReleaseError, match="published from other data") as refused:
        audit(numbers, atoms)
    text = dutch.TEXTS[refused.value.code].format(**refused.value.facts)
    assert text.startswith("Aantallen (1) passen niet")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda n: n.drop(columns="low"), "lacks low"),
        (lambda n: n.iloc[:2], "same numbers"),
        (lambda n: n.assign(count=n["count"] + 1, high=99), "same data"),
    ],
)
def test_a_table_that_does_not_fit_says_why(change: object, words: str) -> None:
    """Numbers and atoms of different data, and columns that are missing."""
    atoms = with_totals([8, 20], [0, 1])
    with pytest.raises(ValueError, match=words):
        audit(change(numbers_of(atoms.totals(), range(3))), atoms)  # type: ignore[operator]


def test_a_coarser_form_that_does_not_hold_the_count_is_refused() -> None:
    """The forms must be of the same counts."""
    atoms = with_totals([8, 20], [0, 1])
    numbers = numbers_of(atoms.totals(), range(3))
    wrong = pd.DataFrame({"low": 0, "high": 9}, index=numbers.index)
    with pytest.raises(ValueError, match="2 counts lie outside"):
        audit(numbers, atoms, coarser=[wrong])


@pytest.mark.parametrize(
    ("definition", "words"),
    [({"buurt": "BU01530001"}, "buurt"), ({"start": 3, "end": 3}, "must be later")],
)
def test_a_definition_that_can_not_be_meant_says_why(
    definition: dict[str, object], words: str
) -> None:
    """An unknown key, and a period without length."""
    with pytest.raises(ValueError, match=words):
        atoms_of(pd.DataFrame({"kind": ["a"]}), [definition])
