"""Mails as residents send them: pages, logos, answers, mails in mails, zips and signatures."""

import base64
import io
import itertools
import os
import struct
import zipfile
from email.message import EmailMessage, MIMEPart

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from shapely import LineString

from ipgtools.photos import (
    archives,
    clean_caption,
    mail_html,
    mail_text,
    read_photos,
    redaction,
)

LINES = {
    "Pluimstraat": [(259000, 471500), (259400, 471500)],
    "Oostveenweg": [(259200, 471300), (259200, 471700)],
    "Kerkplein": [(257000, 471000), (257300, 471000)],
}
STREETS = gpd.GeoDataFrame(
    {"street_id": ["1", "2", "3"], "street_name": list(LINES), "kind": "street"},
    geometry=[LineString(line) for line in LINES.values()],
    crs=28992,
)
COUNT = itertools.count()


def picture(size=(640, 480), kind="JPEG", **save):
    """Make a picture of its own colour."""
    at = next(COUNT)
    stream = io.BytesIO()
    Image.new("RGB", size, (at * 37 % 256, at * 91 % 256, at * 53 % 256)).save(stream, kind, **save)
    return stream.getvalue()


def mail(text="Zie foto.", *attached, page=None, inline=(), **head):
    """Make a mail: attachments are name, bytes and kind; inline ones cid, bytes and kind."""
    message = EmailMessage()
    given_ = {"From": "Jan Jansen <jan.jansen@example.org>", "Subject": "Afval",
              "Date": "Mon, 01 Sep 2025 09:30:00 +0200"} | head  # fmt: skip
    for key, value in given_.items():
        if value is not None:
            message[key] = value
    message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
        for cid, data, kind in inline:
            message.get_payload()[1].add_related(
                data, "image", kind, cid=f"<{cid}>", disposition="inline", filename=f"{cid}.{kind}"
            )
    for name, data, kind in attached:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, main, sub, filename=name)
    return message


def jpeg(name="a.jpg", **how):
    """Make an attached photo."""
    return (name, picture(**how), "image/jpeg")


def read(tmp_path, *mails, **options):
    """Write mails into a folder and read them."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for at, message in enumerate(mails):
        data = message if isinstance(message, bytes) else message.as_bytes()
        (folder / f"{at}.eml").write_bytes(data)
    photos, report = read_photos(folder, tmp_path / "out", **options)
    assert report.n_read == len(photos) + report.n_rejected
    return photos, report


def reasons(report):
    """Give what was refused, and why."""
    return dict(zip(report.rejected["found"], report.rejected["reason"], strict=True))


# Logos, and photos that stand in the page.


def test_logos_and_tracking_pixels_are_no_photos_and_are_listed(tmp_path):
    """A signature's logo, a dot, one drawn small and a banner; the photo beside them stays."""
    page = (
        '<p>Zie foto</p><img src="cid:logo"><img src="cid:dot">'
        '<img width=96 height="96" src="cid:big"><img src="cid:strip">'
    )
    inline = [
        ("logo", picture((220, 80), "PNG"), "png"), ("dot", picture((1, 1), "PNG"), "png"),
        ("big", picture((512, 512), "PNG"), "png"), ("strip", picture((1200, 300)), "jpeg"),
    ]  # fmt: skip
    photos, report = read(tmp_path, mail("x", jpeg(), page=page, inline=inline))
    assert len(photos) == 1
    assert set(report.rejected["reason"]) == {
        "klein plaatje uit de opmaak van de mail, zoals een logo"
    }
    assert report.n_rejected == 4


@pytest.mark.parametrize("drawn", ["", 'width="604" height="453"', 'width="100%"'])
@pytest.mark.parametrize("size", [(640, 480), (320, 240), (1080, 2400)])
def test_photos_in_the_text_of_a_mail_are_photos(tmp_path, drawn, size):
    """Telephones and Outlook put them between the words, small ones and whole screens too."""
    inline = [("a", picture(size), "jpeg")]
    photos, report = read(tmp_path, mail("x", page=f'<img {drawn} src="cid:a">', inline=inline))
    assert (len(photos), report.n_rejected) == (1, 0)


def test_a_small_photo_with_a_cameras_time_is_no_logo(tmp_path):
    """What a camera noted tells it apart."""
    exif = Image.Exif()
    exif[306] = "2025:09:01 10:00:00"
    small = picture((120, 90), exif=exif)
    photos, _ = read(tmp_path, mail("x", page='<img src="cid:a">', inline=[("a", small, "jpeg")]))
    assert len(photos) == 1


def test_a_small_photo_that_is_attached_is_no_logo(tmp_path):
    """Unless it is called as Outlook calls its logos."""
    letter = mail("x", jpeg("thumb.jpg", size=(90, 60)), jpeg("image001.jpg", size=(90, 60)))
    photos, report = read(tmp_path, letter)
    assert (len(photos), list(reasons(report))) == (1, ["0.eml, bijlage 2 (jpg)"])


def test_photos_that_are_written_out_in_the_page_are_found(tmp_path):
    """Some programs put the bytes in the page itself; the words behind them stay."""
    data = base64.b64encode(picture(quality=95)).decode()
    page = f'<img src="data:image/jpeg;base64,{data}"><p>In de Oostveenweg</p>'
    photos, _ = read(tmp_path, mail(" ", page=page), streets=STREETS)
    assert photos["location_text"].tolist() == ["Oostveenweg"]


# Mails in mails.


def test_a_mail_that_is_forwarded_as_attachment_tells_about_its_own_photo(tmp_path):
    """Its words, subject and time count, not those of who sent it on; no one is named."""
    inner = mail(
        "De lamp op de Oostveenweg is stuk.\nGroet Piet", jpeg(), Subject="Lamp stuk bij Piet",
        From="Piet Pietersen <p@example.org>", Date="Sun, 31 Aug 2025 20:00:00 +0200",
    )  # fmt: skip
    outer = mail("Zie bijlage, bureau Kerkplein", From="Karin Kok <k@example.org>")
    outer.add_attachment(inner)
    photos, _ = read(tmp_path, outer, streets=STREETS)
    row = photos.iloc[0]
    assert (row["location_text"], row["caption"]) == ("Oostveenweg", "Lamp stuk")
    assert row["received_at"] == pd.Timestamp("2025-08-31 20:00")


@pytest.mark.parametrize("kind", ["application/octet-stream", "application/x-eml"])
def test_a_mail_attached_as_a_file_is_opened(tmp_path, kind):
    """As some programs forward."""
    inner = mail("x", jpeg()).as_bytes()
    photos, _ = read(tmp_path, mail("x", ("melding.eml", inner, kind)))
    assert len(photos) == 1


def test_mails_in_mails_are_opened_a_few_layers_deep(tmp_path):
    """And below that there is a reason."""
    deep = mail("x", jpeg())
    for _ in range(12):
        outer = mail("x")
        outer.add_attachment(deep)
        deep = outer
    photos, report = read(tmp_path, deep)
    assert photos.empty
    assert "te veel delen" in report.rejected["reason"].iloc[0]


# What is attached.


def test_every_attachment_has_its_own_line_and_reason(tmp_path):
    """By number and kind; its name may be that of a person."""
    letter = mail(
        "x",
        ("Brief Jan Jansen.pdf", b"%PDF-1.7", "application/pdf"),
        ("film.MOV", b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        ("fotos.zip", b"PK\3\4kapot", "application/zip"),
        ("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef"),
        ("smime.p7m", b"0\x80", "application/pkcs7-mime"),
        ("jan.vcf", b"BEGIN:VCARD", "text/vcard"),
        ("leeg.jpg", b"", "image/jpeg"),
        ("plaat.gif", picture(kind="GIF"), "image/gif"),
    )
    photos, report = read(tmp_path, letter)
    assert photos.empty
    found = reasons(report)
    assert set(report.rejected["column"]) == {"foto"}
    assert list(found) == [
        f"0.eml, bijlage {at} ({kind})"
        for at, kind in enumerate(["pdf", "mov", "zip", "dat", "p7m", "vcf", "jpg", "gif"], start=1)
    ]
    for said, expected in zip(
        found.values(),
        ["document", "video", "zip-bestand", "winmail.dat", "versleuteld", "geen foto",
         "beschadigd", "JPEG"], strict=True,
    ):  # fmt: skip
        assert expected in said


@pytest.mark.parametrize("name", ["foto", "foto.bin", "=?utf-8?B?Zm90b8OpLkpQRw==?=", "a.jfif"])
def test_a_photo_is_known_by_its_bytes_whatever_it_is_called(tmp_path, name):
    """Without a name's end, with another, and with one in code."""
    photos, _ = read(tmp_path, mail("x", (name, picture(), "application/octet-stream")))
    assert len(photos) == 1


def tnef(*files, cut=None):
    """Write a ``winmail.dat`` ([MS-OXTNEF])."""

    def attribute(level, kind, data):
        return (
            struct.pack("<BII", level, kind, len(data))
            + data
            + struct.pack("<H", sum(data) % 65536)
        )

    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x89006, struct.pack("<I", 0x10000))
    for name, data in files:
        out += attribute(2, 0x69002, b"\0" * 14) + attribute(2, 0x18010, name.encode() + b"\0")
        out += attribute(2, 0x6800F, data)
    return out[:cut]


def test_what_outlook_packs_in_winmail_dat_is_unpacked(tmp_path):
    """A photo and a letter; the words of the mail give the place."""
    packed = tnef(("../../a.jpg", picture()), ("b.pdf", b"%PDF"))
    photos, report = read(
        tmp_path,
        mail("Pluimstraat vies", ("winmail.dat", packed, "application/ms-tnef")),
        streets=STREETS,
    )
    assert photos["place_from"].tolist() == ["words"]
    assert "document" in reasons(report)["0.eml, bijlage 1 (dat), bijlage 2 (pdf)"]


@given(
    cut=st.integers(0, 900),
    flips=st.lists(st.tuples(st.integers(0, 899), st.integers(0, 255)), max_size=9),
)
def test_a_damaged_winmail_dat_is_refused_or_read(cut, flips):
    """Nothing else comes out of it than files or a ValueError."""
    data = bytearray(tnef(("a.jpg", b"\xff\xd8" * 400)))
    for at, value in flips:
        data[at % len(data)] = value
    try:
        found = archives.of_winmail(bytes(data[:cut]))
    except ValueError:
        return
    assert all(isinstance(inside, bytes) for _, inside in found)


def zipped(*files):
    """Pack files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("way", ["attachment", "file"])
def test_photos_in_a_zip_are_read_and_no_path_leaves_the_folder(tmp_path, way):
    """Names inside are not used; what is no photo has a reason."""
    data = zipped(
        ("../../../weg.jpg", picture()), ("map/b.jpg", picture()), ("c.txt", b"x"),
        ("__MACOSX/._b.jpg", b"x"), ("d.zip", zipped(("e.jpg", picture()))),
    )  # fmt: skip
    (tmp_path / "in").mkdir()
    if way == "file":
        (tmp_path / "in" / "0.zip").write_bytes(data)
        photos, report = read(tmp_path)
    else:
        photos, report = read(tmp_path, mail("x", ("fotos.zip", data, "application/zip")))
    assert (len(photos), report.n_rejected) == (2, 2)
    assert "te diep" not in reasons(report).get("0.eml", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    assert {path.stem for path in (tmp_path / "out").iterdir()} == set(photos["photo_id"])


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    """By what it claims, one file and all together."""
    bomb = zipped(*((f"{at}.jpg", b"\xff\xd8\xff" + bytes(90_000)) for at in range(30)))
    photos, report = read(
        tmp_path, mail("x", ("a.zip", bomb, "application/zip")), max_bytes=100_000
    )
    assert photos.empty
    assert (report.rejected["reason"] == "bestand is te groot").sum() == 19


# Words, places, times.


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Afval bij de speeltuin.\n\nMet vriendelijke groet,\nJan\nPluimstraat 12", None),
        ("Afval bij de speeltuin.\n\nJan Jansen\nPluimstraat 12", None),
        ("Afval.\n-- \nPluimstraat 12", None),
        ("Lamp stuk, Oostveenweg.\nGr. Jan\nPluimstraat 12", "Oostveenweg"),
        ("Weer vies: Pluimstraat.\n\nOp ma 1 sep 2025 schreef G <g@x.nl>:\n> Oostveenweg gedaan",
         "Pluimstraat"),
        ("> Waar is het?\nIn de Pluimstraat", "Pluimstraat"),
        ("Info.\n\nVan: P <p@x.nl>\nOnderwerp: Lamp Oostveenweg\n\nStuk.\nGroet\nP, Pluimstraat 3",
         "Oostveenweg"),
        ("Ter info.\n-----Oorspronkelijk bericht-----\nLamp stuk in de Kerkplein", "Kerkplein"),
        ("Ter info.\n\nVan: Piet\nVerzonden: maandag\n\nLamp stuk, Kerkplein", "Kerkplein"),
        ("Betreft: Pluimstraat\nDatum: 1 september\nLamp stuk", "Pluimstraat"),
        ("Van: de Pluimstraat tot de bocht\nAfval", "Pluimstraat"),
        ("Hoek Pluimstraat en\nOostveenweg is vies", "Pluimstraat hoek Oostveenweg"),
        ("Afval in de Pluimstraat. Ik woon zelf aan de Oostveenweg.", "Pluimstraat"),
        ("Pluimstraat, richting Oostveenweg", "Pluimstraat"),
    ],
)  # fmt: skip
def test_the_place_is_what_was_written_last_and_never_the_writers_address(tmp_path, text, place):
    """Signatures don't count, and older mails only where the newest names no place."""
    photos, _ = read(tmp_path, mail(text, jpeg()), streets=STREETS)
    assert photos["location_text"].fillna("").tolist() == [place or ""]
    assert photos.geometry.notna().tolist() == [place is not None]


def test_the_subject_gives_the_place_even_if_the_caption_loses_it(tmp_path):
    """The sender is called as the street is."""
    letter = mail(
        "Zie foto", jpeg(), Subject="Afval Pluimstraat", From="Buurt Pluimstraat <b@x.nl>"
    )
    photos, _ = read(tmp_path, letter, streets=STREETS)
    assert photos["location_text"].tolist() == ["Pluimstraat"]


def test_two_photos_of_two_places_get_neither_and_a_person_chooses(tmp_path):
    """The places stand with the photos; the report counts and lists them."""
    letter = mail("Foto 1 is in de Pluimstraat, foto 2 op de Oostveenweg.", jpeg(), jpeg("b.jpg"))
    photos, report = read(tmp_path, letter, streets=STREETS)
    assert photos.geometry.isna().all()
    assert photos["location_text"].tolist() == ["Pluimstraat of Oostveenweg"] * 2
    assert report.details["photos_doubtful"] == photos["photo_id"].tolist()
    assert any(note.startswith("2 foto's hebben geen plaats") for note in report.notes)


def test_a_place_in_doubt_never_goes_before_the_cameras(tmp_path):
    """GPS is sure."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.2, 0.0, 0.0), 3: "E", 4: (6.9, 0.0, 0.0)})
    letter = mail("Pluimstraat. Oostveenweg.", ("a.jpg", picture(exif=exif), "image/jpeg"))
    photos, report = read(tmp_path, letter, streets=STREETS)
    assert photos["place_from"].tolist() == ["gps"]
    assert report.details["photos_doubtful"] == []


def test_an_empty_plain_text_gives_way_to_the_page(tmp_path):
    """Some programs send a blank beside it; letters in bold are no words apart."""
    letter = mail("\n", jpeg(), page="<p>Afval in de <b>Oost</b>veenweg</p>")
    photos, _ = read(tmp_path, letter, streets=STREETS, text_dir=tmp_path / "tekst")
    assert photos["location_text"].tolist() == ["Oostveenweg"]
    kept = next((tmp_path / "tekst").iterdir()).read_text("utf-8")
    assert kept.strip() == "Afval in de Oostveenweg"


@pytest.mark.parametrize(
    "head",
    [
        "Subject: Café – kapot".encode("cp1252"),
        "Subject: Café – kapot".encode(),
        b"Subject: =?windows-1252?Q?Caf=E9_=96_kapot?=",
        b"Subject: =?utf-8?B?Q2Fmw6kg4oCT?=\r\n =?utf-8?B?IGthcG90?=",
    ],
)
def test_subjects_are_read_in_whatever_letters(tmp_path, head):
    """Coded as they should be, and as bytes as they come."""
    raw = mail("x", jpeg(), Subject="HIER").as_bytes().replace(b"Subject: HIER", head)
    photos, _ = read(tmp_path, raw)
    assert photos["caption"].tolist() == ["Café – kapot"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 01 Sep 2025 07:30:00 -0000", "2025-09-01 09:30"),
        ("Mon, 01 Sep 2025 07:30:00 GMT", "2025-09-01 09:30"),
        ("Mon, 01 Sep 2025 03:30:00 -0400", "2025-09-01 09:30"),
        ("Sun, 26 Oct 2025 00:30:00 +0000", "2025-10-26 02:30"),
        ("Mon, 01 Sep 2025 09:30:00", "2025-09-01 09:30"),
        ("maandag 1 september", None),
    ],
)
def test_mails_are_dated_by_the_clock_here(tmp_path, date, expected):
    """-0000 is Greenwich; without any zone it is the wall clock."""
    raw = mail("x", jpeg(), Date=None).as_bytes()
    photos, _ = read(tmp_path, f"Date: {date}\r\n".encode() + raw)
    found = photos["received_at"].iloc[0]
    assert pd.isna(found) if expected is None else found == pd.Timestamp(expected)


def test_without_a_date_the_last_server_tells_when_a_mail_came_in(tmp_path):
    raw = mail("x", jpeg(), Date=None).as_bytes()
    head = b"Received: from a by b;\r\n Mon, 01 Sep 2025 07:30:00 +0000\r\n"
    photos, _ = read(tmp_path, head + raw)
    assert photos["received_at"].tolist() == [pd.Timestamp("2025-09-01 09:30")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG-20250901-WA0003.jpg", "2025-09-01"),
        ("WhatsApp Image 2025-09-01 at 10.11.12.jpeg", "2025-09-01 10:11:12"),
        ("WhatsApp Image 2025-09-01 at 08.11.12 PM.jpeg", "2025-09-01 20:11:12"),
        ("20250901_101112.jpg", "2025-09-01 10:11:12"),
        ("Screenshot_20250901-101112_Kaart.png", "2025-09-01 10:11:12"),
        ("PXL_20250901_081112345.jpg", "2025-09-01 10:11:12"),
        ("signal-2025-09-01-10-11-12-345.jpg", "2025-09-01 10:11:12"),
        ("IMG_20251301_101112.jpg", None),
        ("IMG-20250910-WA0003.jpg", None),
        ("IMG_0042.jpg", None),
        ("2025-000123.jpg", None),
    ],
)
def test_without_a_cameras_time_the_name_tells_the_day(tmp_path, name, expected):
    """As telephones name photos; not a day that is none, nor one after the mail."""
    photos, report = read(tmp_path, mail("x", jpeg(name), Date="Tue, 02 Sep 2025 09:30:00 +0200"))
    row = photos.iloc[0]
    if expected is None:
        assert pd.isna(row["taken_at"])
        assert pd.isna(row["time_from"])
    else:
        assert (row["taken_at"], row["time_from"]) == (pd.Timestamp(expected), "name")
        assert any("uit de naam van het bestand" in note for note in report.notes)


# Persons.


@pytest.mark.parametrize(
    ("subject", "senders", "caption"),
    [
        ("Klacht Jansen, IBAN NL91 ABNA 0417 1643 00", ["Jan Jansen"], "Klacht, IBAN"),
        ("Auto AB-12-CD en 1-abc-23 op de stoep", [], "Auto en op de stoep"),
        ("Klacht Pietersen", ["p.pietersen@example.org"], "Klacht"),
        ("Foto van de lamp van Jo van der Berg", ["Jo van der Berg <jo@x.nl>"], "Foto van de lamp"),
        ("Lamp van de buren", ["Piet van de Berg"], "Lamp van de buren"),
        ("Klacht groep Jansen", ['"Jansen" </O=GROEP/CN=JANSENJ>'], "Klacht groep"),
        ("Afval 01-09-2025 10.30, nr 2025-000123", [], "Afval 01-09-2025 10.30, nr 2025-000123"),
        ("Afval 20250901", [], "Afval 20250901"),
        ("tel.06.12.34.56.78 of (053) 487 65 43", [], "tel. of"),
        ("BSN 123.456.782 en 123456782", [], "BSN en"),
        ("+49 170 1234567 belt niet", [], "belt niet"),
    ],
)  # fmt: skip
def test_captions_lose_persons_and_keep_dates(subject, senders, caption):
    assert clean_caption(subject, *senders).removesuffix(" en").removesuffix(" of") == (
        caption.removesuffix(" en").removesuffix(" of")
    )


def test_nobody_is_named_in_tables_reports_and_names_of_files(tmp_path):
    """Not the sender, not who is answered, not in the name of the mail or of an attachment."""
    folder = tmp_path / "in"
    folder.mkdir()
    letter = mail(
        "Zie onder.\n\nVan: Piet Pietersen <piet@example.org>\nLamp stuk", jpeg("Jan Jansen.jpg"),
        ("CV Jan Jansen.pdf", b"%PDF", "application/pdf"), Subject="FW: Pietersen 0612345678",
    )  # fmt: skip
    name = "Klacht Jan Jansen 06-12345678 jan@example.org.eml"
    (folder / name).write_bytes(letter.as_bytes())
    photos, report = read_photos(folder, tmp_path / "out")
    shown = photos.drop(columns="path").to_csv() + report.rejected.to_csv() + repr(report)
    shown += repr(report.details) + "".join(path.name for path in (tmp_path / "out").iterdir())
    for personal in ("Jan", "Jansen", "Piet", "0612345678", "06-12345678", "example.org"):
        assert personal not in shown.replace("bijlage", "")
    assert photos["source"].iloc[0].endswith(".eml")
    assert photos["source"].iloc[0].startswith("Klacht ")


@pytest.mark.parametrize("name", ["2025-09-01 10.11.12.eml", "20250901101112.eml", "map/01.eml"])
def test_dates_in_the_names_of_files_are_no_telephone_numbers(name):
    assert redaction.redact_file_name(name) == name


# Folders.


@pytest.mark.parametrize("mark", ["NL91ABNA0417164300", "AB-12-CD", "1-ABC-23"])
def test_account_numbers_and_plates_go_from_the_names_of_files(mark):
    """The name of a file stands in tables and reports."""
    assert redaction.redact_file_name(f"post/Auto {mark}.jpg") == "post/Auto ….jpg"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\xef\xbb\xbf\n"])
def test_what_an_editor_put_before_a_mail_does_no_harm(tmp_path, before):
    """A mark of UTF-8 or empty lines."""
    photos, _ = read(tmp_path, before + mail("x", jpeg()).as_bytes())
    assert photos["caption"].tolist() == ["Afval"]


def test_an_empty_mailbox_is_told(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "leeg.mbox").write_bytes(b"")
    _, report = read(tmp_path)
    assert reasons(report) == {"leeg.mbox": "e-mail zonder foto"}


def test_copies_may_go_to_the_folder_above(tmp_path):
    """Only what lies below the folder that is read is passed over."""
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "a.eml").write_bytes(mail("x", jpeg()).as_bytes())
    assert len(read_photos(tmp_path / "mails", tmp_path)[0]) == 1


def test_a_folder_reached_by_a_link_is_read_without_its_copies(tmp_path):
    """As a drive that hangs elsewhere."""
    (tmp_path / "echt").mkdir()
    (tmp_path / "echt" / "a.eml").write_bytes(mail("x", jpeg()).as_bytes())
    (tmp_path / "link").symlink_to(tmp_path / "echt")
    for _ in range(2):
        _, report = read_photos(tmp_path / "link", tmp_path / "echt" / "uit")
        assert report.n_read == 1


@pytest.mark.parametrize("beside", ["out_dir", "text_dir"])
def test_copies_and_texts_never_come_among_what_is_read(tmp_path, beside):
    (tmp_path / "a.eml").write_bytes(mail("x", jpeg()).as_bytes())
    folders = {"out_dir": tmp_path / "uit", "text_dir": tmp_path / "tekst"} | {beside: tmp_path}
    with pytest.raises(ValueError, match="folder of their own"):
        read_photos(tmp_path, **folders)


def test_a_file_that_cannot_be_opened_has_a_reason(tmp_path, monkeypatch):
    """In use elsewhere, or not allowed; the others are read."""
    from pathlib import Path

    whole = Path.open

    def shut(self, *arguments, **options):
        if self.name == "dicht.jpg":
            raise PermissionError(13, "denied")
        return whole(self, *arguments, **options)

    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("dicht.jpg", "open.jpg"):
        (folder / name).write_bytes(picture())
    monkeypatch.setattr(Path, "open", shut)
    photos, report = read_photos(folder, tmp_path / "out")
    assert len(photos) == 1
    assert "niet te openen" in reasons(report)["dicht.jpg"]


def test_an_unknown_status_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail("x", jpeg()).as_bytes())
    with pytest.raises(ValueError, match="no status"):
        read_photos(tmp_path, tmp_path / "uit", status="gezien")
    assert not (tmp_path / "uit").exists()


# Anything at all.


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<!--",
        "<a b='",
        "&#",
        "</",
        "<script>",
        "-",
        "> ",
        "op x ",
        "Van: a\n",
        "\u200b",
        f"<img {'a-' * 990}>",
        f"<img width='1{' ' * 1900}x'>",
    ],
)
def test_pages_and_texts_of_one_thing_over_and_over_come_to_an_end(unit):
    """Parsers that look back take minutes for these; nothing is added to what stood there."""
    text = unit * (150_000 // len(unit))
    assert mail_html.read(text).shown == {}
    assert sum(map(len, mail_text.split_letters(text[:20_000]))) <= 20_000


@pytest.mark.parametrize("sign", ["a", "_", "<", "1", "a.", "POLITIE"])
def test_a_writer_who_is_one_sign_over_and_over_does_no_harm(tmp_path, sign):
    """Such a name is cut off before it is looked for."""
    long = sign * (50_000 // len(sign))
    text = f"From: {long}\nSubject: Afval\n\nVan: {long} x@example.org\nOnderwerp: oud\n"
    (tmp_path / "a.eml").write_text(text, encoding="utf-8")
    assert read_photos(tmp_path, tmp_path / "uit")[1].n_read == 1


def test_mails_behind_one_that_is_too_large_are_read(tmp_path):
    """In a mailbox each mail counts, whatever the one before it was."""
    small = b"From x\nFrom: a@example.org\nSubject: s\n\nhoi\n\n"
    large = small.replace(b"hoi\n", b"A" * 76 + b"\n") + (b"A" * 76 + b"\n") * 80 + b"\n"
    (tmp_path / "a.mbox").write_bytes(small + large + 3 * small)
    report = read_photos(tmp_path / "a.mbox", tmp_path / "uit", max_bytes=1_000)[1]
    assert report.rejected["source_row"].tolist() == [1, 2, 3, 4, 5]


WHOLE = mail(
    "Pluimstraat\n> oud\nGroet", jpeg(), page='<p>x</p><img src="cid:a">',
    inline=[("a", picture((90, 90), "PNG"), "png")],
).as_bytes()  # fmt: skip


@given(
    cut=st.integers(0, len(WHOLE)),
    flips=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=20),
)
def test_damaged_mails_give_photos_or_reasons(tmp_path_factory, cut, flips):
    """Cut off and changed anywhere: no traceback, and numbers that add up."""
    data = bytearray(WHOLE)
    for at, value in flips:
        data[at] = value
    folder = tmp_path_factory.mktemp("mails")
    (folder / "a.eml").write_bytes(bytes(data[: cut or None]))
    photos, report = read_photos(folder, folder / "uit", streets=STREETS)
    assert report.n_read == len(photos) + report.n_rejected >= 1


@given(st.text(max_size=400))
def test_any_text_is_taken_apart_without_adding_to_it(text):
    """Every line of every letter stood in the text."""
    for letter in mail_text.split_letters(text, ["Jan Jansen"]):
        assert all(line.strip() in text for line in letter.split("\n"))


def test_very_many_parts_are_not_all_opened(tmp_path):
    """The rest is told."""
    letter = EmailMessage()
    letter.make_mixed()
    for _ in range(205):
        part = MIMEPart()
        part.set_content(os.urandom(9), "image", "jpeg", filename="a.jpg")
        letter.attach(part)
    _, report = read(tmp_path, letter)
    assert report.n_read == 201
    assert "te veel delen" in report.rejected["reason"].iloc[-1]
