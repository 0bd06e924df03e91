"""Which files of a folder are uploaded, under which keys, and what their checksums are made of."""

from __future__ import annotations

import os
import unicodedata
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.backfile.local_files import Unsent, find_files, fingerprint, read_part


def put(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_scans_and_manifests_of_all_folders_are_found_by_folder_and_name(tmp_path: Path) -> None:
    folder = tmp_path / "Lieferung 3"
    for name in ("0001.pdf", "0001.csv", "Schachtel 7/0002.TIF", "Schachtel 7/tief/0003.tiff"):
        put(folder / name)

    assert [file.key for file in find_files(folder).files] == [
        "Lieferung 3/0001.csv",
        "Lieferung 3/0001.pdf",
        "Lieferung 3/Schachtel 7/0002.TIF",
        "Lieferung 3/Schachtel 7/tief/0003.tiff",
    ]


def test_what_is_no_scan_or_has_an_impossible_name_is_told(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    put(tmp_path / "Thumbs.db")
    put(tmp_path / ".versteckt.pdf")
    put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/M\xfcller.pdf")))  # Windows-1252 on a system with UTF-8
    put(tmp_path / "/".join(["x" * 200] * 6) / "zu lang.pdf")

    found = find_files(tmp_path)

    assert [file.path.name for file in found.files] == ["a.pdf"]
    assert {path.name for path in found.left_out} == {"Thumbs.db", ".versteckt.pdf"}
    assert list(found.unsent.values()) == [Unsent.UNNAMEABLE] * 2


def test_umlauts_in_two_forms_are_one_name(tmp_path: Path) -> None:
    composed, apart = (unicodedata.normalize(form, "Müller.pdf") for form in ("NFC", "NFD"))
    put(tmp_path / "mac" / apart)
    assert [file.key for file in find_files(tmp_path / "mac").files] == [f"mac/{composed}"]

    put(tmp_path / "mac" / composed, b"another")
    found = find_files(tmp_path / "mac")
    assert found.files == (), "which of them is meant nobody knows"
    assert list(found.unsent.values()) == [Unsent.DOUBLED] * 2


def test_links_lead_nowhere_and_are_told(tmp_path: Path) -> None:
    put(tmp_path / "outside/1.pdf")
    (tmp_path / "L").mkdir()
    (tmp_path / "L/inside.pdf").symlink_to(tmp_path / "outside/1.pdf")
    (tmp_path / "L/folder").symlink_to(tmp_path / "outside")

    found = find_files(tmp_path / "L")

    assert found.files == ()
    assert found.unsent == {tmp_path / "L/inside.pdf": Unsent.LINK, tmp_path / "L/folder": Unsent.LINK}


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "L/closed/1.pdf")
    put(tmp_path / "L/open/2.pdf")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)  # who runs the tests may be allowed to read everything

    found = find_files(tmp_path / "L")

    assert [file.path.name for file in found.files] == ["2.pdf"]
    assert found.unsent == {tmp_path / "L/closed": Unsent.UNREADABLE}


@given(content=st.binary(max_size=100), part_size=st.integers(5, 40))
def test_parts_put_together_are_the_file_and_the_checksum_is_the_one_s3_makes(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, part_size: int
) -> None:
    path = tmp_path_factory.mktemp("parts") / "1.pdf"
    put(path, content)
    (file,) = find_files(path.parent).files
    made = fingerprint(file, part_size)

    parts = [read_part(file, number, part_size) for number in range(1, len(made.parts) + 1)]
    digests = [sha256(part).digest() for part in parts]
    assert b"".join(parts) == content
    assert list(made.parts) == [b64encode(digest).decode() for digest in digests]
    whole = digests[0] if len(digests) == 1 else sha256(b"".join(digests)).digest()
    assert (made.checksum, made.size) == (b64encode(whole).decode(), len(content))
