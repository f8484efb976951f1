"""Residents' photos are kept safe, small and without anything hidden."""

import io
import struct
import sys
import zlib
from email.message import EmailMessage
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin
from shapely import LineString, box

from ipgtools.errors import ReadError
from ipgtools.photos import blur, clean_caption, read_photos

STREETS = gpd.GeoDataFrame(
    {"street_id": ["1", "2"], "street_name": ["Pluimstraat", "Oostveenweg"], "kind": "street"},
    geometry=[
        LineString([(259000, 471500), (259400, 471500)]),
        LineString([(259200, 471300), (259200, 471700)]),
    ],
    crs=28992,
)


def picture(colour="green", *, size=(40, 30), place=None, taken=None, orientation=None, **save):
    """Make a JPEG with what a camera notes."""
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if taken:
        exif.get_ifd(0x8769)[36867] = taken
    if place:
        longitude, latitude = place
        exif.get_ifd(0x8825).update(
            {1: "N", 2: (latitude, 0.0, 0.0), 3: "E", 4: (longitude, 0.0, 0.0)}
        )
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG", exif=exif, **save)
    return stream.getvalue()


def mail(*attachments, subject="Afval", text="Zie foto.", sender="Jan Jansen <jan@example.org>"):
    """Make a mail; attachments are pairs of a name and bytes."""
    message = EmailMessage()
    message["From"], message["Subject"] = sender, subject
    message["Date"] = "Mon, 03 Nov 2025 09:30:00 +0100"
    message.set_content(text)
    for name, data in attachments:
        message.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    return message.as_bytes()


def read(tmp_path, files, **options):
    """Write files into a folder and read its photos."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return read_photos(folder, tmp_path / "out", **options)


def test_place_and_time_come_from_the_camera(tmp_path):
    """Velve-Lindenhof by its degrees lies where RD says."""
    data = picture(place=(6.91893, 52.22167), taken="2025:11:03 08:12:40")
    photos, report = read(tmp_path, {"a.jpg": data})
    row = photos.iloc[0]
    assert row.taken_at == pd.Timestamp("2025-11-03 08:12:40")
    assert row.geometry.distance(gpd.points_from_xy([259661], [471504])[0]) < 5
    assert (row.place_from, report.n_used, row.status) == ("gps", 1, "melding")


def test_copies_carry_nothing_hidden(tmp_path):
    """Neither EXIF nor XMP, comments, profiles or thumbnails get into the copy."""
    data = picture(
        place=(6.9, 52.2), taken="2025:11:03 08:12:40", comment=b"geheim",
        xmp=b"<x:xmpmeta>geheim</x:xmpmeta>",
    )  # fmt: skip
    photos, _ = read(tmp_path, {"a.jpg": data})
    raw = (tmp_path / "out" / f"{photos.photo_id[0]}.jpg").read_bytes()
    for mark in (b"Exif", b"http://ns.adobe", b"ICC_PROFILE", b"geheim", b"2025:11:03"):
        assert mark not in raw
    with Image.open(io.BytesIO(raw)) as kept:
        assert not dict(kept.getexif())


def test_photos_are_turned_upright(tmp_path):
    """Orientation 6 swaps width and height, in the pixels and for good."""
    photos, _ = read(tmp_path, {"a.jpg": picture(orientation=6)})
    with Image.open(photos.path[0]) as kept:
        assert kept.size == (30, 40)


def test_large_photos_are_made_smaller(tmp_path):
    """The longest side of a copy is bounded."""
    photos, _ = read(tmp_path, {"a.jpg": picture(size=(400, 200))}, max_side=100)
    with Image.open(photos.path[0]) as kept:
        assert kept.size == (100, 50)


def test_a_photo_without_place_takes_it_from_the_words_of_its_mail(tmp_path):
    """The corner named in the mail becomes the point."""
    data = mail(("a.jpg", picture()), text="Op de hoek van de Pluimstraat en de Oostveenweg!")
    photos, _ = read(tmp_path, {"a.eml": data}, streets=STREETS)
    assert photos.place_from[0] == "words"
    assert photos.geometry[0].equals(gpd.points_from_xy([259200], [471500])[0])


def test_without_words_or_camera_there_is_no_point(tmp_path):
    """No place is guessed."""
    photos, _ = read(tmp_path, {"a.eml": mail(("a.jpg", picture()))}, streets=STREETS)
    assert photos.geometry.isna().all()


def test_the_text_of_a_mail_stays_out_of_the_table(tmp_path):
    """It is kept apart only if a folder is named for it."""
    data = mail(("a.jpg", picture()), text="De buurman van nummer 4 doet het weer.")
    texts = tmp_path / "teksten"
    photos, report = read(tmp_path, {"a.eml": data}, text_dir=texts)
    shown = photos.drop(columns="geometry").to_csv() + repr(report) + repr(report.details)
    assert "buurman" not in shown
    assert "buurman" in (texts / f"{photos.photo_id[0]}.txt").read_text()
    assert not list((tmp_path / "out").glob("*.txt"))


def test_captions_point_to_nobody():
    """Addresses, numbers and the sender's name are taken out of the subject."""
    subject = "Fwd: RE: Afval Pluimstraat, groet Jan (jan@example.org) 06 1234 5678\r\nBcc: x"
    assert clean_caption(subject, "Jan Jansen") == "Afval Pluimstraat, groet Bcc: x"
    assert clean_caption("") == ""


def test_times_of_mails_are_local(tmp_path):
    """Half past nine at UTC+1 in winter is half past nine here."""
    photos, _ = read(tmp_path, {"a.eml": mail(("a.jpg", picture()))})
    assert photos.received_at[0] == pd.Timestamp("2025-11-03 09:30")


@pytest.mark.parametrize("name", ["../../x.jpg", "/etc/x.jpg", "..\\x.jpg", "a\x00.jpg", "con.jpg"])
def test_names_of_attachments_are_never_paths(tmp_path, name):
    """Whatever an attachment is called, its copy is named by its hash."""
    data = mail(("goed.jpg", picture())).replace(b"goed.jpg", name.encode())
    photos, _ = read(tmp_path, {"a.eml": data})
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"{photos.photo_id[0]}.jpg"]
    assert not (tmp_path / "x.jpg").exists()


def png_claiming(width, height):
    """Make a tiny PNG that says it is huge."""

    def chunk(kind, body):
        tail = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + tail

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("half.jpg", picture(size=(400, 300), quality=95)[:1500], "beschadigd"),
        ("leeg.jpg", b"", "beschadigd"),
        ("tekst.jpg", b"<svg onload=alert(1)>", "andere soort"),
        ("bom.png", png_claiming(50_000, 50_000), "beeldpunten"),
        ("grote_bom.png", png_claiming(2**31 - 1, 2**31 - 1), "beeldpunten"),
        ("foto.heic", b"....ftypheic", "beschadigd"),
        ("mail.msg", b"\xd0\xcf\x11\xe0", "e-mail is niet te lezen"),
        ("lijst.csv", b"a;b", "geen foto of e-mail"),
        ("leeg.eml", b"", "zonder foto"),
        ("kaal.eml", mail(), "zonder foto"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(tmp_path, name, data, reason):
    """Never a traceback, never a copy, and the numbers add up."""
    photos, report = read(tmp_path, {name: data})
    assert photos.empty
    assert reason in report.rejected["reason"][0]
    assert report.n_read == report.n_rejected == 1
    assert not (tmp_path / "out").exists()


def test_files_above_the_limit_are_not_opened(tmp_path):
    """By size and by pixels."""
    files = {"a.jpg": picture(size=(300, 300)), "b.jpg": picture(size=(10, 10))}
    photos, report = read(tmp_path, files, max_pixels=1000)
    assert (len(photos), report.n_rejected) == (1, 1)
    _, report = read_photos(tmp_path / "in", tmp_path / "out", max_bytes=100)
    assert report.n_rejected == 2


HEIF = pytest.importorskip("pillow_heif")


def heic(colour="green", *, size=(64, 48), exif=None):
    """Make a photo as telephones do."""
    made, photo = io.BytesIO(), Image.new("RGB", size, colour)
    HEIF.from_pillow(photo).save(made, **({"exif": exif.tobytes()} if exif else {}))
    return made.getvalue()


def camera(place=(52.22, 6.9), orientation=1):
    """Say what a telephone notes: a moment, a place, and how it was held."""
    exif = Image.Exif()
    exif[0x0112], exif[306] = orientation, "2025:03:01 12:00:00"
    exif[0x8825] = {1: "N", 2: (place[0], 0.0, 0.0), 3: "E", 4: (place[1], 0.0, 0.0)}
    return exif


@pytest.mark.parametrize("way", ["file", "attachment"])
def test_photos_of_telephones_are_kept_as_jpeg(tmp_path, way):
    """HEIC, with place and time from the camera; the copy carries nothing of it."""
    data = heic(exif=camera())
    files = {"a.heic": data} if way == "file" else {"a.eml": mail(("IMG_1.HEIC", data))}
    photos, report = read(tmp_path, files)
    assert report.n_rejected == 0
    assert photos["taken_at"].iloc[0] == pd.Timestamp("2025-03-01 12:00")
    place = photos.to_crs(4326).geometry.iloc[0]
    assert (round(place.x, 4), round(place.y, 4)) == (6.9, 52.22)
    with Image.open(photos["path"].iloc[0]) as copy:
        assert (copy.format, dict(copy.getexif())) == ("JPEG", {})
        assert copy.getpixel((5, 5))[1] > 100


def test_photos_of_telephones_are_turned_upright(tmp_path):
    """Held on its side: 64 by 48 becomes 48 by 64, once."""
    photos, _ = read(tmp_path, {"a.heic": heic(exif=camera(orientation=6))})
    with Image.open(photos["path"].iloc[0]) as copy:
        assert copy.size == (48, 64)


def test_copies_of_photos_of_telephones_are_pixels_only(tmp_path):
    """What stands beside them in the file, in words and in a second picture, stays behind."""
    made, exif = io.BytesIO(), camera()
    exif[0x013B] = "GEHEIM"
    whole = HEIF.from_pillow(Image.new("RGB", (64, 48), "green"))
    whole.add_from_pillow(Image.new("RGB", (64, 48), "red"))
    whole.save(made, exif=exif.tobytes(), xmp=b"<x:xmpmeta>GEHEIM</x:xmpmeta>", save_all=True)
    assert b"GEHEIM" in made.getvalue()
    photos, _ = read(tmp_path, {"a.heic": made.getvalue() + b"GEHEIM"})
    data = (tmp_path / "out" / f"{photos['photo_id'][0]}.jpg").read_bytes()
    assert not any(mark in data for mark in (b"GEHEIM", b"Exif", b"xmp", b"ICC_PROFILE"))
    assert data.endswith(b"\xff\xd9")


def test_a_photo_of_a_telephone_can_be_blurred(tmp_path):
    """From the original as well as from the copy."""
    path = tmp_path / "a.heic"
    path.write_bytes(heic())
    out = blur(path, [(0, 0, 9, 9)], tmp_path / "uit.jpg")
    with Image.open(out) as copy:
        assert copy.format == "JPEG"


def test_large_and_broken_photos_of_telephones_are_refused(tmp_path):
    """More pixels than allowed, and a file cut off at any place."""
    data = heic()
    _, report = read(tmp_path, {"a.heic": data}, max_pixels=1000)
    assert "beeldpunten" in report.rejected["reason"][0]
    for length in range(8, len(data), 37):
        path = tmp_path / "afgebroken.heic"
        path.write_bytes(data[:length])
        _, report = read_photos(path, tmp_path / "out")
        assert report.n_read == report.n_used + report.n_rejected == 1


def test_without_the_package_the_reason_says_what_to_install(tmp_path, monkeypatch):
    """On a machine that has neither of the two packages."""
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    _, report = read(tmp_path, {"a.heic": heic(), "b.msg": b"\xd0\xcf\x11\xe0" * 99})
    assert "pillow-heif" in report.rejected["reason"][0]
    assert "python-oxmsg" in report.rejected["reason"][1]


def test_a_photo_sent_twice_is_kept_once(tmp_path):
    """The same bytes are the same photo."""
    photos, report = read(tmp_path, {"a.jpg": picture(), "b.eml": mail(("c.jpg", picture()))})
    assert len(photos) == 1
    assert "eerder" in report.rejected["reason"][0]


def test_an_mbox_gives_the_photos_of_all_its_mails(tmp_path):
    """Mails are cut at their From lines; a quoted one is text."""
    first = mail(("a.jpg", picture("red")), text="From hier is het vies\n>From toen")
    second = mail(("b.jpg", picture("blue")))
    box_ = b"From a@example.org\n" + first.replace(b"\nFrom hier", b"\n>From hier")
    box_ += b"\n\nFrom b@example.org\n" + second
    photos, report = read(tmp_path, {"a.mbox": box_})
    assert (len(photos), report.n_read) == (2, 2)


def test_a_mail_of_a_thousand_nested_mails_is_survived(tmp_path):
    """Deep nesting is refused, not followed."""
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(2000)
    )
    photos, report = read(tmp_path, {"a.eml": deep})
    assert photos.empty
    assert report.n_read == report.n_rejected >= 1


def test_links_are_told_but_not_followed_and_copies_not_read_again(tmp_path):
    """The folder of the copies may lie inside the folder that is read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(picture())
    (tmp_path / "elders.jpg").write_bytes(picture("red"))
    (folder / "link.jpg").symlink_to(tmp_path / "elders.jpg")
    for _ in range(2):
        photos, report = read_photos(folder, folder / "uit")
        assert (len(photos), report.n_read) == (1, 2)
        assert report.rejected["found"].tolist() == ["link.jpg"]
        assert "verwijzing" in report.rejected["reason"][0]


def test_photos_outside_the_area_are_told(tmp_path):
    """They stay in the table; the report names them."""
    photos, report = read(
        tmp_path,
        {"a.jpg": picture(place=(4.9, 52.4))},
        area=box(250_000, 465_000, 264_000, 479_000),
    )
    assert report.details["photos_outside"] == photos.photo_id.tolist()


def test_an_empty_folder_and_a_missing_one_are_errors(tmp_path):
    """The message says which folder."""
    with pytest.raises(ReadError, match="holds no files"):
        read_photos(tmp_path, tmp_path / "out")
    with pytest.raises(ReadError, match="does not exist"):
        read_photos(tmp_path / "weg", tmp_path / "out")


def test_real_cameras_agree_with_the_figures_read_before(tmp_path, shared):
    """Place to a metre and time to the second, seven photos of seven."""
    folder = shared / "photos_exif_gps"
    expected = pd.read_csv(folder / "expected_exif.csv").set_index("file")
    photos, report = read_photos(folder, tmp_path)
    assert set(photos["source"]) == set(expected.index)
    assert report.n_read == len(photos) + report.n_rejected
    photos = photos.set_index("source").to_crs(4326).loc[expected.index]
    known = expected["lat"].notna()
    assert (photos.geometry.notna() == known).all()
    assert (photos.geometry[known].y - expected["lat"][known]).abs().max() < 1e-5
    assert (photos.geometry[known].x - expected["lon"][known]).abs().max() < 1e-5
    times = pd.to_datetime(expected["DateTimeOriginal"], format="%Y:%m:%d %H:%M:%S")
    assert photos["taken_at"].astype("str").tolist() == times.astype("str").tolist()


def test_real_mails_are_read_and_every_part_accounted_for(tmp_path, shared):
    """The assembled mails give their photos, the awkward ones a reason."""
    photos, report = read_photos(shared / "eml_samples", tmp_path)
    assembled = photos[photos["source"].str.startswith("assembled")].to_crs(4326)
    assert assembled.groupby("source").size().to_dict() == {
        "assembled_1_photo_gps.eml": 1,
        "assembled_2_two_photos_latin1.eml": 2,
    }
    assert assembled.geometry.notna().tolist() == [True, True, False]
    assert abs(assembled.geometry.iloc[0].y - 43.467448) < 1e-5
    assert abs(assembled.geometry.iloc[1].x - 11.884538) < 1e-5
    assert report.n_read == report.n_used + report.n_rejected
    assert len(list(tmp_path.iterdir())) == len(photos)


def test_a_place_without_a_capital_is_found_if_it_is_a_street_to_the_letter(tmp_path):
    """Residents write *op de hoek van de pluimstraat*; a bestrating is no street."""
    photos, _ = read(
        tmp_path,
        {
            "a.eml": mail(
                ("a.jpg", picture()), text="op de hoek van de pluimstraat en de oostveenweg."
            ),
            "b.eml": mail(("b.jpg", picture("red")), text="de straat en de pluimsstraat zijn vies"),
        },
        streets=STREETS,
    )
    photos = photos.set_index("source")
    assert photos.loc["a.eml", "location_text"] == "Pluimstraat hoek Oostveenweg"
    assert photos.geometry.notna().to_dict() == {"a.eml": True, "b.eml": False}


def test_of_two_towns_the_one_meant_gives_the_place(tmp_path):
    """A street of that name in another town doesn't make the place doubtful."""
    towns = gpd.GeoDataFrame(
        {"street_id": ["1", "2"], "street_name": "Pluimstraat", "city": ["Enschede", "Losser"]},
        geometry=[STREETS.geometry.iloc[0], STREETS.translate(9000).iloc[0]],
        crs=28992,
    )
    letter = {"a.eml": mail(("a.jpg", picture()), text="Afval in de Pluimstraat")}
    photos, _ = read(tmp_path, letter, streets=towns, city="Enschede")
    assert photos.geometry.iloc[0].x == 259200


def test_the_origin_tells_files_of_one_name_and_mails_of_one_box_apart(tmp_path):
    """The folder below the one that was read, and the number of the mail."""
    for name, colour in (("ma", "red"), ("di", "blue")):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "foto.jpg").write_bytes(picture(colour))
    letters = (mail((f"{one}.jpg", picture(one))) for one in ("green", "white"))
    (tmp_path / "in" / "post.mbox").write_bytes(b"\n".join(b"From a@b\n" + one for one in letters))
    photos, _ = read_photos(tmp_path / "in", tmp_path / "out")
    assert sorted(photos["source"]) == [
        "di/foto.jpg", "ma/foto.jpg", "post.mbox, bericht 1", "post.mbox, bericht 2",
    ]  # fmt: skip


def test_style_and_script_of_a_mail_are_no_words(tmp_path):
    """Only what a reader of the mail sees counts, for its place and for the text kept."""
    message = EmailMessage()
    message["Subject"] = "Lamp"
    message.set_content(
        "<style>p{color:red}</style><p>Bij de Oostveenweg</p><script>Pluimstraat()</script> stuk",
        subtype="html",
    )
    message.add_attachment(picture(), maintype="image", subtype="jpeg", filename="a.jpg")
    photos, _ = read(
        tmp_path, {"a.eml": message.as_bytes()}, streets=STREETS, text_dir=tmp_path / "text"
    )
    assert photos["location_text"].tolist() == ["Oostveenweg"]
    kept = next((tmp_path / "text").iterdir()).read_text()
    assert kept.split() == ["Bij", "de", "Oostveenweg", "stuk"]


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "TIFF", "BMP"])
def test_a_picture_of_another_kind_is_not_called_damaged(tmp_path, kind):
    """The reason tells what to do with it."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30)).save(stream, kind)
    _, report = read(tmp_path, {"a.jpg": stream.getvalue()})
    assert "bewaar een foto als JPEG" in report.rejected["reason"][0]


def test_no_kept_copy_holds_anything_but_pixels(tmp_path):
    """EXIF, XMP, IPTC, ICC, comments, text chunks and what is glued behind: none in the bytes."""

    def part(mark, data):
        return b"\xff" + bytes([mark]) + struct.pack(">H", len(data) + 2) + data

    whole = picture(place=(6.9, 52.2), comment=b"GEHEIM", icc_profile=ImageCms.ImageCmsProfile(
        ImageCms.createProfile("sRGB")).tobytes())  # fmt: skip
    hidden = (
        part(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>GEHEIM</x>")
        + part(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x06GEHEIM")
        + part(0xFE, b"GEHEIM") + part(0xEC, b"Ducky GEHEIM")
    )  # fmt: skip
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "GEHEIM")
    text.add_itxt("XML:com.adobe.xmp", "GEHEIM")
    exif = Image.Exif()
    exif[0x010E] = "GEHEIM"
    png = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(png, "PNG", pnginfo=text, exif=exif)
    files = {"a.jpg": whole[:2] + hidden + whole[2:] + b"ftypmp42 GEHEIM", "b.png": png.getvalue()}
    photos, _ = read(tmp_path, files)
    assert len(photos) == 2
    for path in photos["path"]:
        data = Path(path).read_bytes()
        marks, at = set(), 2
        while data[at + 1] != 0xDA:
            marks.add(data[at + 1])
            at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        assert marks <= {0xE0, 0xDB, 0xC0, 0xC4}
        assert b"GEHEIM" not in data
        assert data.endswith(b"\xff\xd9")


def noted(gps=None, exif=None, **tags):
    """Make a JPEG with what a camera noted about place and time."""
    made = Image.Exif()
    made.get_ifd(0x8825).update(gps or {})
    made.get_ifd(0x8769).update(exif or {})
    made.update({int(key[1:]): value for key, value in tags.items()})
    stream = io.BytesIO()
    Image.new("RGB", (40, 30)).save(stream, "JPEG", exif=made)
    return stream.getvalue()


HERE = {1: "N", 2: (52.0, 13.0, 18.0), 3: "E", 4: (6.0, 54.0, 0.0)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (6.9, 52.22167)),
        ({2: (52.0, 13.3, 0.0)}, (6.9, 52.22167)),
        ({1: "S", 3: "W"}, (-6.9, -52.22167)),
        ({2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, None),
        ({4: (0.0, 0.0, 0.0)}, None),
        ({2: (52.0, 75.0, 0.0)}, None),
        ({2: (95.0, 0.0, 0.0)}, None),
        ({2: (52.0, 13.0, TiffImagePlugin.IFDRational(0, 0))}, None),
        ({2: (52.0,)}, None),
    ],
)
def test_a_place_is_degrees_minutes_and_seconds_or_none(tmp_path, changed, expected):
    """West and south are negative; nothing is made of zeros, of no numbers, of 75 minutes."""
    photos, _ = read(tmp_path, {"a.jpg": noted(HERE | changed)})
    place = photos.to_crs(4326).geometry[0]
    found = place and (round(place.x, 5), round(place.y, 5))
    assert found == expected


@pytest.mark.parametrize(
    ("exif", "gps", "tags", "expected"),
    [
        (
            {36867: "2025:09:01 10:11:12"},
            {},
            {"_306": "2025:10:01 00:00:00"},
            "2025-09-01 10:11:12",
        ),
        ({36867: "2025:09:01 10:11:12", 0x9011: "+02:00"}, {}, {}, "2025-09-01 10:11:12"),
        ({36867: "2025:09:01 08:11:12", 0x9011: "+00:00"}, {}, {}, "2025-09-01 10:11:12"),
        ({36867: "2025:12:31 23:30:00", 0x9011: "+00:00"}, {}, {}, "2026-01-01 00:30:00"),
        ({36867: "2025:09:01 10:11:12", 0x9011: "   :  "}, {}, {}, "2025-09-01 10:11:12"),
        ({36867: "2025-09-01T10:11:12"}, {}, {}, "2025-09-01 10:11:12"),
        ({36868: "2025:09:01 10:11:12"}, {}, {}, "2025-09-01 10:11:12"),
        ({}, {29: "2025:09:01", 7: (8.0, 11.0, 12.0)}, {}, "2025-09-01 10:11:12"),
        ({36867: "0000:00:00 00:00:00"}, {}, {}, None),
        ({36867: "    :  :     :  :  "}, {}, {}, None),
        ({36867: "1970:01:01 00:00:00"}, {}, {}, None),
        ({}, {29: "2025:09:01", 7: (99.0, 11.0, 12.0)}, {}, None),
    ],
)
def test_a_time_is_that_of_the_clock_here(tmp_path, exif, gps, tags, expected):
    """An offset and the satellites' clock are brought to it; a clock that was not set is none."""
    photos, _ = read(tmp_path, {"a.jpg": noted(gps, exif, **tags)})
    found = photos["taken_at"][0]
    assert pd.isna(found) if expected is None else found == pd.Timestamp(expected)
    assert photos["time_from"].fillna("").tolist() == ["" if expected is None else "camera"]


def test_without_an_area_photos_from_abroad_are_told(tmp_path):
    """New York lies outside the Netherlands; the photo stays."""
    away = HERE | {2: (40.7, 0.0, 0.0), 3: "W", 4: (74.0, 0.0, 0.0)}
    photos, report = read(tmp_path, {"a.jpg": noted(away), "b.jpg": noted(HERE)})
    assert len(photos) == 2
    assert report.details["photos_outside"] == photos["photo_id"][:1].tolist()
    assert any("buiten het land" in note for note in report.notes)


PIXELS = np.random.default_rng(3).integers(0, 256, (60, 80, 3), dtype=np.uint8)


def deep_png(mode):
    """Make a PNG of 16 bits per channel, in grey or in colour."""
    if mode == "I;16":
        stream = io.BytesIO()
        Image.fromarray(np.full((60, 80), 32768, dtype=np.uint16)).save(stream, "PNG")
        return stream.getvalue()
    rows = b"".join(b"\0" + struct.pack(">3H", 32768, 32768, 32768) * 80 for _ in range(60))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 80, 60, 16, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in [*parts, (b"IEND", b"")]
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("mode", ["I;16", "RGB;16", "CMYK", "L", "P", "RGBA", "MPO", "progressive"])
def test_every_sort_of_picture_keeps_its_grey(tmp_path, mode):
    """Sixteen bits, print colours, palettes, two pictures in one: half grey stays half grey."""
    grey, stream = Image.new("RGB", (80, 60), (128, 128, 128)), io.BytesIO()
    if mode.endswith("16"):
        stream.write(deep_png(mode))
    elif mode == "MPO":
        grey.save(stream, "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60), "red")])
    elif mode in {"CMYK", "L", "progressive"}:
        grey = grey if mode == "progressive" else grey.convert(mode)
        grey.save(stream, "JPEG", progressive=mode == "progressive")
    else:
        (grey.quantize(8) if mode == "P" else grey.convert(mode)).save(stream, "PNG")
    photos, report = read(tmp_path, {"a.jpg": stream.getvalue()})
    assert report.n_rejected == 0
    with Image.open(photos["path"][0]) as kept:
        assert (kept.mode, kept.size) == ("RGB", (80, 60))
        assert np.abs(np.asarray(kept).astype(int) - 128).max() <= 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_ends_upright(tmp_path, orientation):
    """The red corner of the upright photo is at its upper left."""
    upright = Image.new("RGB", (80, 60), "blue")
    upright.paste("red", (0, 0, 40, 30))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    held = upright if back is None else upright.transpose(Image.Transpose(back))
    exif, stream = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    held.save(stream, "JPEG", exif=exif, quality=95)
    photos, _ = read(tmp_path, {"a.jpg": stream.getvalue()})
    with Image.open(photos["path"][0]) as kept:
        assert kept.size == (80, 60)
        assert kept.getpixel((10, 10))[0] > 200
        assert all(kept.getpixel(at)[2] > 200 for at in [(70, 10), (10, 50), (70, 50)])


def test_what_lies_under_full_transparency_is_not_kept(tmp_path):
    """A PNG may hold pixels that nobody sees."""
    layered = Image.fromarray(PIXELS).convert("RGBA")
    layered.putalpha(0)
    stream = io.BytesIO()
    layered.save(stream, "PNG")
    photos, _ = read(tmp_path, {"a.png": stream.getvalue()})
    with Image.open(photos["path"][0]) as kept:
        assert np.asarray(kept).min() == 255


def test_photos_keep_a_number_that_no_spreadsheet_takes_for_one():
    """123456789012 and 12e456789012 would come back as 1,23E+11."""
    from ipgtools import photos as package

    assert package.read._number("0c39f14fbf63" + "0" * 52) == "0c39f14fbf63"
    assert package.read._number("123456789012ab" + "0" * 50) == "23456789012a"
    assert package.read._number("12e456789012ab" + "0" * 50) == "2e456789012a"


def test_marked_regions_are_hidden_in_the_copy(tmp_path):
    """By the photo's number, in pixels of the copy, after it was turned upright."""
    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(PIXELS).save(stream, "JPEG", exif=exif, quality=95)
    first, _ = read(tmp_path, {"a.jpg": stream.getvalue()})
    number = first["photo_id"][0]
    hidden, _ = read_photos(
        tmp_path / "in", tmp_path / "out", regions={number: [(0, 40, 60, 80), (20, 30, 40, 50)]}
    )
    assert hidden["photo_id"].tolist() == [number]
    with Image.open(hidden["path"][0]) as kept:
        found = np.asarray(kept).astype(int)
    assert found.shape == (80, 60, 3)
    assert np.ptp(found[52:58, 2:8], axis=(0, 1)).max() < 12
    assert np.ptp(found[:28]) > 200


def test_regions_of_a_photo_that_is_not_there_are_an_error(tmp_path):
    """Or nothing would be hidden, and nobody would know."""
    with pytest.raises(ValueError, match="aren't there"):
        read(tmp_path, {"a.jpg": picture()}, regions={"0c39": [(0, 0, 9, 9)]})
