"""A table without lines comes back from where its words stand on the page."""

import pytest

from ipgtools.schouw.formats import pdf_layout

HEADER = (0, {10: "Nr", 40: "Locatie", 140: "Constatering", 300: "Wie"})


class Sheet:
    """A page of words, given by line: its height, and texts by where they begin."""

    def __init__(self, *lines):
        self.words = [
            {"text": word, "x0": x, "x1": x + 5 * len(word), "top": top, "bottom": top + 10}
            for top, texts in lines
            for start, text in texts.items()
            for x, word in spread(start, text)
        ]

    def extract_words(self, **_):
        """Give the words as pdfplumber does."""
        return self.words


def spread(start, text):
    """Put the words of a text one after the other, 3 points apart."""
    for word in text.split():
        yield start, word
        start += 5 * len(word) + 3


def rows_of(*lines):
    """Make the rows of a page."""
    found = pdf_layout.table([Sheet(HEADER, *lines)], [])
    return None if found is None else found.grid[1:]


FIRST = ["1", "Beukenlaan 4", "Heg groeit over de stoep", "Gemeente"]
SECOND = ["2", "Lindestraat 12", "Bord scheef", "Politie"]


def test_lines_below_a_number_belong_to_it():
    """Cells set to the top."""
    assert rows_of(
        (20, {10: "1", 40: "Beukenlaan 4", 140: "Heg groeit", 300: "Gemeente"}),
        (32, {140: "over de stoep"}),
        (48, {10: "2", 40: "Lindestraat 12", 140: "Bord scheef", 300: "Politie"}),
    ) == [FIRST, SECOND]


def test_lines_above_a_number_belong_to_it_where_cells_are_set_to_the_bottom():
    """As Excel does."""
    assert rows_of(
        (20, {140: "Heg groeit"}),
        (32, {10: "1", 40: "Beukenlaan 4", 140: "over de stoep", 300: "Gemeente"}),
        (48, {10: "2", 40: "Lindestraat 12", 140: "Bord scheef", 300: "Politie"}),
    ) == [FIRST, SECOND]


def test_numbers_set_to_the_right_are_no_part_of_the_place():
    """They end right before it, far from the name of their column."""
    assert rows_of(
        (20, {33: "1", 40: "Beukenlaan 4", 140: "Heg groeit over de stoep", 300: "Gemeente"}),
        (40, {33: "2", 40: "Lindestraat 12", 140: "Bord scheef", 300: "Politie"}),
    ) == [FIRST, SECOND]


def test_a_sentence_below_the_table_is_no_row():
    """It is counted."""
    lines = [
        (20, {10: "1", 40: "Beukenlaan 4", 140: "Heg", 300: "Gemeente"}),
        (36, {10: "2", 40: "Lindestraat 12", 140: "Bord scheef", 300: "Politie"}),
        (52, {10: "3", 40: "Lindestraat 14", 140: "Bord scheef", 300: "Politie"}),
        (200, {10: "Met groet"}),
    ]
    found = pdf_layout.table([Sheet(HEADER, *lines)], [])
    assert (len(found.grid), found.after) == (4, 1)


@pytest.mark.parametrize(
    "lines",
    [
        [(20, {10: "1", 140: "Heg"}), (40, {10: "2", 140: "Bord"})],
        [(20, {10: "een", 40: "Beukenlaan"}), (40, {10: "twee", 40: "Lindestraat"})],
        [],
    ],
)
def test_what_is_no_table_is_not_made_one(lines):
    """Rows without places or descriptions, or none at all."""
    assert rows_of(*lines) is None


def test_a_line_that_also_stands_within_the_page_is_no_running_head():
    """*Wijkagent i.s.m.* in a cell at the edge of each page."""
    pages = [["kop", "a", "b", "c", "blad 1"], ["kop", "d", "kop", "e", "f", "blad 2"]]
    assert pdf_layout.edges(pages) == ["blad 0"]
