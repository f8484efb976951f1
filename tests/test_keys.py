"""A key is strong, is its owner's alone, and is known again without being kept."""

import hashlib
import os
import random
import secrets
import stat
from pathlib import Path

import pandas as pd
import pytest

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import ReadError
from ipgtools.privacy import _key_strength

GOOD = "kraai-fiets-93-zolder-Twente-veertig"
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no mode of files")


@pytest.mark.parametrize(
    "key",
    [
        "0" * 40,
        "12345678" * 4,
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "zyxwvutsrqponmlkjihgfedcba9876543210",
        "AbCdEfGhIjKlMnOpQrStUvWxYz012345",
        "acegikmoqsuwybdfhjlnprtvxz13579024",
        "aabbccddeeffgghhiijjkkllmmnnooppqq",
        "qwertyuiopasdfghjklzxcvbnm1234567890",
        "QWERTYUIOP[]ASDFGHJKL;ZXCVBNM,./",
        "wachtwoordwachtwoordwachtwoord12",
        "Welkom01Welkom02Welkom03Welkom04",
        "geheim123geheim123geheim123geheim!",
        "0102030405060708091011121314151617",
        "001002003004005006007008009010011",
        "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7",
        "01-01-2020 02-01-2020 03-01-2020!",
    ],
)
def test_a_key_with_a_pattern_is_refused(key: str) -> None:
    with pytest.raises(ReadError) as refused:
        ipg.privacy.read_key(key.encode())
    assert refused.value.code == "key_weak"


@pytest.mark.parametrize(
    "key",
    [
        GOOD,
        hashlib.sha256(b"a").hexdigest(),
        "De brug bij de Laan gaat om 7 uur open",
    ],
)
def test_a_key_without_a_pattern_is_taken(key: str) -> None:
    assert ipg.privacy.read_key(key.encode()) == key.encode()


def test_random_keys_are_never_refused() -> None:
    """The shortest of digits, of hexadecimals and of bytes: all of them can be a key."""
    rng = random.Random(1)
    made = [rng.randbytes(16).hex().encode() for _ in range(300)]
    made += [f"{rng.randrange(10**32):032d}".encode() for _ in range(300)]
    made += [rng.randbytes(32) for _ in range(300)]
    assert [key for key in made if _key_strength.is_weak_key(key)] == []


def test_a_large_file_that_is_no_key_is_judged_at_once() -> None:
    """The wrong file may be a whole export; its start is enough."""
    assert not _key_strength.is_weak_key(secrets.token_bytes(2_000_000))
    assert _key_strength.is_weak_key(b"0123456789" * 200_000)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b" \n\n"])
def test_a_line_end_is_no_part_of_a_key(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "sleutel.txt"
    path.write_bytes(GOOD.encode() + end)
    key = ipg.privacy.read_key(path)
    assert ipg.privacy.fingerprint(key) == ipg.privacy.fingerprint(GOOD.encode())


def test_pseudonyms_have_128_bits() -> None:
    """Of a million persons two have the same one in one of 10^26 keys."""
    made = ipg.privacy.pseudonyms(pd.Series([f"P{n}" for n in range(2_000)]), GOOD.encode())
    assert made.str.fullmatch("[0-9a-f]{32}").all()
    assert made.is_unique


def test_a_fingerprint_is_no_pseudonym_and_differs_by_key() -> None:
    """What is kept of a key must not be what someone's pseudonym is."""
    key, other = GOOD.encode(), secrets.token_hex(32).encode()
    print_ = ipg.privacy.fingerprint(key)
    assert print_ != ipg.privacy.fingerprint(other)
    text = pd.Series(["ipgtools: fingerprint of a key"])
    assert not ipg.privacy.pseudonyms(text, key)[0].startswith(print_)


@posix_only
def test_a_new_key_is_good_and_only_its_owners(tmp_path: Path) -> None:
    path = ipg.privacy.new_key(tmp_path / "sleutel.txt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(ipg.privacy.read_key(path)) == 64
    assert not ipg.privacy.readable_by_others(path)
    other = ipg.privacy.new_key(tmp_path / "tweede.txt")
    assert ipg.privacy.read_key(path) != ipg.privacy.read_key(other)


def test_a_key_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.txt"
    path.write_text(GOOD)
    with pytest.raises(ReadError) as refused:
        ipg.privacy.new_key(path)
    assert refused.value.code == "key_exists"
    assert path.read_text() == GOOD


@posix_only
@pytest.mark.parametrize(
    ("mode", "told"),
    [(0o600, False), (0o400, False), (0o640, True), (0o644, True), (0o604, True), (0o620, True)],
)
def test_a_key_that_others_can_open_is_told_with_what_to_do(
    tmp_path: Path, mode: int, told: bool
) -> None:
    path = tmp_path / "sleutel.txt"
    path.write_text(GOOD)
    path.chmod(mode)
    rows = tmp_path / "a.csv"
    rows.write_text("persoonsnummer;pv\nP1;1\n")
    notes = ipg.read_offences(rows, key=path)[1].notes
    assert any("chmod 600 sleutel.txt" in note for note in notes) == told


@posix_only
def test_the_command_makes_a_key_and_says_what_to_do_with_it(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["key"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "sleutel.txt" in said
    assert "Bewaar een kopie" in said
    key = (tmp_path / "sleutel.txt").read_text().strip()
    assert key not in said
    assert stat.S_IMODE((tmp_path / "sleutel.txt").stat().st_mode) == 0o600
    assert cli.run(["key"]) == 2
    assert "bestaat al en blijft zoals het is" in " ".join(capsys.readouterr().err.split())
    assert (tmp_path / "sleutel.txt").read_text().strip() == key


def test_the_command_makes_the_key_that_the_settings_name(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "geheim").mkdir()
    (tmp_path / "ipg.toml").write_text('[input]\nkey = "geheim/s.txt"\n')
    assert cli.run(["key"]) == 0
    assert ipg.privacy.read_key(tmp_path / "geheim" / "s.txt")


def test_a_weak_key_stops_a_command_in_plain_dutch(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.csv").write_text("persoonsnummer;pv\nP1;1\n")
    (tmp_path / "s.txt").write_text("12345678" * 4)
    arguments = ["check", str(tmp_path / "a.csv"), "--sleutel", str(tmp_path / "s.txt")]
    assert cli.run(arguments) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "De sleutel is te raden" in said
    assert "ipgtools key" in said
    assert "12345678" not in said
