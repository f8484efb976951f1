"""Mails that Outlook saved give their photos as other mails do."""

import io
import struct

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from shapely import LineString

from ipgtools.photos import outlook, read_photos

pytest.importorskip("oxmsg")
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, SMALL = 512, 64, 4096


def compound(tree, *, claim=None):
    """
    Write a compound file ([MS-CFB], version 3): names are streams (bytes) or storages (dict).

    `claim` makes every large stream say it has that many bytes.
    """
    entries, large = [["Root Entry", 5, FREE, FREE, 0, 0]], []
    mini, mini_chain = bytearray(), []

    def lay(children):
        first = FREE
        for name in sorted(children, key=lambda key: (len(key), key.upper()), reverse=True):
            value, at = children[name], len(entries)
            entries.append([name, 1 if isinstance(value, dict) else 2, first, FREE, 0, 0])
            first = at
            if isinstance(value, dict):
                entries[at][3] = lay(value)
                continue
            entries[at][5] = len(value)
            if len(value) >= SMALL:
                large.append((at, value))
            elif value:
                n = -(-len(value) // MINI)
                start = len(mini_chain)
                entries[at][4] = start
                mini_chain.extend([*range(start + 1, start + n), END])
                mini.extend(value.ljust(n * MINI, b"\0"))
        return first

    entries[0][3] = lay(tree)
    sectors, chain = [], []

    def put(data):
        start, n = len(sectors), -(-len(data) // SECTOR)
        if not n:
            return END
        padded = data.ljust(n * SECTOR, b"\0")
        sectors.extend(padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR))
        chain.extend([*range(start + 1, start + n), END])
        return start

    for at, value in large:
        entries[at][4] = put(value)
        entries[at][5] = claim or len(value)
    entries[0][4], entries[0][5] = put(bytes(mini)), len(mini)
    mini_fat = b"".join(struct.pack("<I", each) for each in mini_chain)
    mini_start = put(mini_fat + b"\xff" * (-len(mini_fat) % SECTOR))
    listed = b"".join(
        (name + "\0").encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, FREE, sibling, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
        for name, kind, sibling, child, start, size in entries
    )
    directory = put(listed + (b"\0" * 68 + b"\xff" * 12 + b"\0" * 48) * (-len(entries) % 4))
    n_fat = 1
    while len(sectors) + n_fat > n_fat * SECTOR // 4:
        n_fat += 1
    where = [len(sectors) + at for at in range(n_fat)]
    chain.extend([FAT] * n_fat)
    table = b"".join(struct.pack("<I", each) for each in chain)
    table = table.ljust(n_fat * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    n_mini = -(-len(mini_fat) // SECTOR)
    sizes = (0, n_fat, directory, 0, SMALL, mini_start, n_mini, END, 0)
    head += struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, *sizes)
    difat = [*where, *[FREE] * (109 - n_fat)]
    return head + struct.pack("<109I", *difat) + b"".join(sectors) + table


def storage(head, **values):
    """Write properties ([MS-OXMSG]): ``p0037="Afval"`` is the subject."""
    listed, streams = b"", {}
    for name, value in values.items():
        pid = int(name[1:], 16)
        if isinstance(value, str | bytes):
            kind = 0x001F if isinstance(value, str) else 0x0102
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            streams[f"__substg1.0_{pid:04X}{kind:04X}"] = data
            size = len(data) + (2 if isinstance(value, str) else 0)
            listed += struct.pack("<HHIII", kind, pid, 6, size, 0)
        elif isinstance(value, pd.Timestamp):
            ticks = int((value - pd.Timestamp("1601-01-01", tz="UTC")).total_seconds()) * 10**7
            listed += struct.pack("<HHIQ", 0x0040, pid, 6, ticks)
        else:
            listed += struct.pack("<HHIQ", 0x0003, pid, 6, value)
    return {"__properties_version1.0": b"\0" * head + listed, **streams}


def attachment(name, data, kind="image/jpeg"):
    """Make an attachment; without data it is one that has no bytes of its own."""
    if data is None:
        return storage(8, p3707=name, p3705=5, p370E=kind)
    return storage(8, p3707=name, p3705=1, p370E=kind, p3701=data)


def msg(*attachments, subject="Afval", text="Zie foto.", sender="Jan Jansen", **more):
    """Make a mail of Outlook, sent on 3 November 2025, 9:30 in the Netherlands."""
    sent = pd.Timestamp("2025-11-03 08:30", tz="UTC")
    tree = storage(32, p0037=subject, p1000=text, p0C1A=sender, p0C1F="jan@example.org", p0039=sent,
                   p340D=0x40000, **more)  # fmt: skip
    for at, parts in enumerate(attachments):
        tree[f"__attach_version1.0_#{at:08X}"] = parts
    return tree


def jpeg(colour="green", size=(40, 30)):
    """Make a photo."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG", quality=95)
    return stream.getvalue()


def read(tmp_path, tree, **options):
    """Write a mail into a folder and read its photos."""
    path = tmp_path / "mail.msg"
    path.write_bytes(tree if isinstance(tree, bytes) else compound(tree))
    return read_photos(path, tmp_path / "out", **options)


def test_photo_time_and_subject_come_from_the_mail(tmp_path):
    """The sender's name and what points to a person stay behind."""
    tree = msg(attachment("IMG_1.jpg", jpeg()), subject="RE: Afval, groet Jan 06-12345678")
    photos, report = read(tmp_path, tree)
    assert (report.n_read, report.n_used) == (1, 1)
    found = photos.iloc[0]
    assert found.received_at == pd.Timestamp("2025-11-03 09:30")
    assert found.caption == "Afval, groet"
    assert found.source == "mail.msg"


def test_small_and_large_attachments_come_out_whole(tmp_path):
    """A photo of 700 bytes lies elsewhere in the file than one of 300 kilobytes."""
    import os

    noise = Image.frombytes("RGB", (320, 320), os.urandom(320 * 320 * 3))
    stream = io.BytesIO()
    noise.save(stream, "PNG")
    tree = msg(attachment("a.jpg", jpeg()), attachment("b.png", stream.getvalue(), "image/png"))
    photos, _ = read(tmp_path, tree)
    sizes = []
    for path in photos["path"]:
        with Image.open(path) as copy:
            sizes.append(copy.size)
    assert sizes == [(40, 30), (320, 320)]


def test_the_words_give_a_place(tmp_path):
    """Of plain text, and of a mail that is a page only."""
    streets = gpd.GeoDataFrame(
        {"street_id": ["1"], "street_name": ["Pluimstraat"], "kind": "street"},
        geometry=[LineString([(0, 0), (100, 0)])],
        crs=28992,
    )
    page = b"<html><body><p>Er ligt afval in de <b>Pluimstraat</b>.</p></body></html>"
    for tree in (
        msg(attachment("a.jpg", jpeg()), text="Er ligt afval in de Pluimstraat."),
        msg(attachment("a.jpg", jpeg("red")), text="", p1013=page, p3FDE=65001),
    ):
        photos, _ = read(tmp_path, tree, streets=streets)
        assert photos["place_from"].tolist() == ["words"]
        assert photos["location_text"].tolist() == ["Pluimstraat"]


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (msg(), "zonder foto"),
        (msg(attachment("a.pdf", b"%PDF", "application/pdf")), "geen foto"),
        (msg(attachment("doorgestuurd", None, "")), "geen foto"),
        (msg(attachment("a.jpg", b"geen foto")), "beschadigd"),
        (msg(attachment("a.jpg", jpeg() + b"\0" * 50_000)), "te groot"),
        ({"Workbook": b"een rekenblad"}, "niet te lezen"),
        (msg({"leeg": b"x"}), "geen foto"),
    ],
)
def test_what_gives_no_photo_has_its_reason(tmp_path, tree, reason):
    """Other attachments, a mail within the mail, damage, size, and other files of Office."""
    photos, report = read(tmp_path, tree, max_bytes=40_000)
    assert photos.empty
    assert reason in report.rejected["reason"][0]


@pytest.mark.parametrize("name", ["../../weg.jpg", "/tmp/weg.jpg", "C:\\weg.jpg", "a\0b.jpg", ""])
def test_names_of_attachments_are_never_paths(tmp_path, name):
    """Copies are called by their hash."""
    photos, _ = read(tmp_path, msg(attachment(name, jpeg())))
    assert [path.parent for path in (tmp_path / "out").iterdir()] == [tmp_path / "out"]
    assert photos["path"].iloc[0].endswith(f"{photos['photo_id'].iloc[0]}.jpg")


def test_a_file_whose_parts_claim_more_than_it_has_is_not_opened(tmp_path):
    """A few kilobytes that would unpack to gigabytes."""
    tree = msg(attachment("a.jpg", b"\xff\xd8" * 4000))
    _, report = read(tmp_path, compound(tree, claim=2**31))
    assert "niet te lezen" in report.rejected["reason"][0]
    with pytest.raises(ValueError, match="bytes in a file of"):
        outlook.read(compound(tree, claim=len(compound(tree)) + 1), most_parts=9)


def test_very_many_attachments_are_not_all_opened(tmp_path):
    """The rest is told."""
    small = jpeg(size=(2, 2))
    _, report = read(tmp_path, msg(*(attachment(f"{at}.jpg", small) for at in range(205))))
    assert report.n_read == 201
    assert "te veel delen" in report.rejected["reason"].iloc[-1]


GOOD = compound(msg(attachment("a.jpg", jpeg()), attachment("b.jpg", jpeg("red", (400, 400)))))


FLIP = st.tuples(st.integers(0, len(GOOD) - 1), st.integers(1, 255))


@given(cut=st.integers(0, len(GOOD)), flips=st.lists(FLIP, max_size=12))
def test_damaged_mails_never_break_the_reader(tmp_path_factory, cut, flips):
    """Cut off and flipped anywhere: a reason, and numbers that add up."""
    data = bytearray(GOOD)
    for at, by in flips:
        data[at] ^= by
    folder = tmp_path_factory.mktemp("mails")
    path = folder / "a.msg"
    path.write_bytes(bytes(data[: cut or None]))
    photos, report = read_photos(path, folder / "out")
    assert report.n_read == len(photos) + report.n_rejected


def inside(*attachments, **how):
    """Make a mail that is attached to another: eight bytes less stand before its properties."""
    tree = msg(*attachments, **how)
    tree["__properties_version1.0"] = tree["__properties_version1.0"][8:]
    return storage(8, p3705=5, p370E="") | {"__substg1.0_3701000D": tree}


def test_a_mail_attached_to_a_mail_is_opened(tmp_path):
    """Its own words, time and photo count; two layers deep as well."""
    twice = inside(
        inside(
            attachment("a.jpg", jpeg()), subject="Lamp van Piet Pietersen", sender="P Pietersen"
        ),
        subject="FW: Lamp",
    )
    photos, report = read(tmp_path, msg(twice, attachment("b.pdf", b"%PDF", "application/pdf")))
    assert photos["source"].tolist() == ["mail.msg"]
    assert photos["caption"].tolist() == ["Lamp van Piet"]
    assert report.rejected["found"].tolist() == ["mail.msg, bijlage 2 (pdf)"]


def test_a_mail_without_photo_in_a_mail_is_told(tmp_path):
    """As one that came alone."""
    _, report = read(tmp_path, msg(inside()))
    assert "e-mail zonder foto" in report.rejected["reason"][0]


def test_logos_of_signatures_are_no_photos(tmp_path):
    """By the name that the page of the mail gives them."""
    small = io.BytesIO()
    Image.new("RGB", (180, 60), "red").save(small, "PNG")
    logo = storage(8, p3707="logo.png", p3705=1, p370E="image/png", p3701=small.getvalue(),
                   p3712="logo@01")  # fmt: skip
    page = b"<p>Zie foto</p><img src='cid:logo@01'>"
    tree = msg(logo, attachment("a.jpg", jpeg()), p1013=page, p3FDE=65001)
    photos, report = read(tmp_path, tree)
    assert len(photos) == 1
    assert "logo" in report.rejected["reason"][0]


def test_an_encoding_that_nobody_knows_is_no_traceback(tmp_path):
    """A code page that isn't one: the photo is read all the same."""
    tree = msg(attachment("a.jpg", jpeg()), p1013=b"<p>x</p>", p3FDE=4242)
    photos, report = read(tmp_path, tree)
    assert report.n_read == len(photos) + report.n_rejected == 1
