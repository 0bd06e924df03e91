"""A manifest says what the scanning centre counted, or is named as useless: nothing is guessed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.batch import Upload
from sozialakte.intake.manifest import Manifest, parse_manifest, read_manifest
from sozialakte.intake.manifest_table import LARGEST, ManifestError
from sozialakte.intake.pages.order import PageOrder
from sozialakte.shared.texts import say

UPLOAD = Upload("2026/0001.csv", "v1")
SAMPLES = Path("events/intake/manifests")


def reason_of(content: str | bytes) -> tuple[str, str]:
    with pytest.raises(ManifestError) as caught:
        parse_manifest(content if isinstance(content, bytes) else content.encode())
    return caught.value.reason.code, caught.value.reason.params["line"]


@pytest.mark.parametrize(
    ("text", "manifest"),
    [
        ("file;pages\n0001.pdf;40\n", Manifest("0001.pdf", 40)),
        ("pages,file\r\n40,0001.pdf", Manifest("0001.pdf", 40)),
        (" File ; Pages ;order\n 0001.pdf ; 40 ; \n\n;;\n", Manifest("0001.pdf", 40)),
        ('file,pages\n"Stapel; 1, Süd.tif",7\n', Manifest("Stapel; 1, Süd.tif", 7)),
        ("file;pages;order\n1.pdf;8;Fronts_then_backs\n", Manifest("1.pdf", 8, PageOrder.FRONTS_THEN_BACKS)),
        ("file;pages;document;document_pages\n1.pdf;9;;\n", Manifest("1.pdf", 9)),
        ("file;pages;;;\n0001.pdf;40;;;\n;;;;\n", Manifest("0001.pdf", 40)),
        ("file;pages\n0001.pdf;40;\n", Manifest("0001.pdf", 40)),
        ("sep=;\r\nfile;pages\r\n0001.pdf;40\r\n", Manifest("0001.pdf", 40)),
        ("sep=\t\nfile\tpages\n0001.pdf\t40\n", Manifest("0001.pdf", 40)),
        ("file\tpages\n0001.pdf\t40\n", Manifest("0001.pdf", 40)),
        ("file;pages\n0001.pdf;1'200\n", Manifest("0001.pdf", 1200)),
        ("file;pages\n0001.pdf;1\u2019200\n", Manifest("0001.pdf", 1200)),
        ("file;pages;document;document_pages\n1.pdf;9;7;4\n1.pdf;9;8;3", Manifest("1.pdf", 9, documents=(4, 3))),
    ],
)
def test_what_a_manifest_says(text: str, manifest: Manifest) -> None:
    assert parse_manifest(text.encode()) == manifest


def test_the_samples_say_what_the_readme_says() -> None:
    found = {path.name: parse_manifest(path.read_bytes()) for path in SAMPLES.iterdir()}

    assert found == {
        "0001.csv": Manifest("0001.pdf", 40),
        "0002.csv": Manifest("0002.tif", 12, PageOrder.FRONTS_THEN_BACKS, (4, 6)),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_come_in_the_ways_offices_write_them(encoding: str) -> None:
    content = "file;pages\nBehörde Süd.pdf;3\n".encode(encoding)

    assert parse_manifest(content).file == "Behörde Süd.pdf"


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("2026/Behörde.pdf", True),
        ("2026/BEHÖRDE.PDF", True),
        (unicodedata.normalize("NFD", "Behörde.pdf"), True),
        ("2026/Behörde.tif", False),
        ("2026/Behörde 2.pdf", False),
    ],
)
def test_a_manifest_is_about_the_file_it_names(name: str, same: bool) -> None:
    content = "file;pages\nD:\\Scans\\Behörde.pdf;3\n".encode()

    read = read_manifest(UPLOAD, content, name)

    assert (read.says is not None) == same
    assert same or (read.reason is not None and read.reason.code == "manifest.other_file")


def test_without_a_batch_the_manifest_is_about_whichever_it_names() -> None:
    read = read_manifest(UPLOAD, b"file;pages\n1.pdf;3\n", None)

    assert read.says == Manifest("1.pdf", 3)


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("", "unreadable", {"line": "1"}),
        ("sep=;", "unreadable", {"line": "2"}),
        ("file;pages\n", "unreadable", {"line": "2"}),
        ('file;pages\n"0001.pdf;40\n', "unreadable", {"line": "2"}),
        ('sep=;\nfile;pages\n"0001.pdf;40\n', "unreadable", {"line": "3"}),
        ("0001.pdf;40\n", "column_unknown", {"line": "1", "column": "1"}),
        ("Datei;Seiten\n0001.pdf;40\n", "column_unknown", {"line": "1", "column": "1"}),
        ("file;pages;ordner\n0001.pdf;40;x\n", "column_unknown", {"line": "1", "column": "3"}),
        ("file;;pages\n0001.pdf;;40\n", "column_unknown", {"line": "1", "column": "2"}),
        ("file\n0001.pdf\n", "column_missing", {"line": "1", "column": "pages"}),
        ("file;pages;pages\n0001.pdf;40;40\n", "column_twice", {"line": "1", "column": "pages"}),
        ("file;pages\n;40\n", "no_value", {"line": "2", "column": "file"}),
        ("file;pages\n0001.pdf;\n", "no_value", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;0\n", "no_number", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;-4\n", "no_number", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;12.0\n", "no_number", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;vier\n", "no_number", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;٤\n", "no_number", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;99999999999\n", "no_number", {"line": "2", "column": "pages"}),
        ("file;pages\n0001.pdf;40;x\n", "fields", {"line": "2"}),
        ("file;pages;order\n0001.pdf;40\n", "fields", {"line": "2"}),
        ("file;pages;order\n0001.pdf;40;duplex\n", "order_unknown", {"line": "2"}),
        (
            "file;pages;document;document_pages\n1.pdf;9;1;4\n1.pdf;9;;3",
            "no_value",
            {"line": "3", "column": "document"},
        ),
        (
            "sep=;\nfile;pages;document;document_pages\n1.pdf;9;1;4\n1.pdf;9;2;",
            "no_value",
            {"line": "4", "column": "document_pages"},
        ),
        ("file;pages;document\n1.pdf;9;1\n", "no_value", {"line": "2", "column": "document_pages"}),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place_and_cause(text: str, code: str, params: dict[str, str]) -> None:
    with pytest.raises(ManifestError) as caught:
        parse_manifest(text.encode())
    assert (caught.value.reason.code, caught.value.reason.params) == (f"manifest.{code}", params)
    assert all(value in say(caught.value.reason) for value in params.values())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("file;pages;document;document_pages\n1.pdf;9;1;4\n2.pdf;9;2;3", "3"),
        ("file;pages;document;document_pages\n1.pdf;9;1;4\n1.pdf;8;2;3", "3"),
        ("file;pages;order;document;document_pages\n1.pdf;8;;1;4\n;;fronts_then_backs;2;3", "3"),
        ("file;pages;document;document_pages\n1.pdf;9;1;4\n1.pdf;9;1;3", "3"),
        ("file;pages;document;document_pages\n1.pdf;9;1;4\n1.pdf;9;2;6", "3"),
    ],
)
def test_what_contradicts_itself_is_named_with_its_line(text: str, line: str) -> None:
    assert reason_of(text) == ("manifest.contradicts", line)


def test_a_manifest_of_no_reasonable_size_is_not_read() -> None:
    assert reason_of(b"file;pages\n" + b"\n" * LARGEST) == ("manifest.unreadable", "1")


@given(st.binary(max_size=200) | st.text('file;pages,\n"01\0é', max_size=60).map(str.encode))
def test_whatever_comes_is_a_manifest_or_a_named_reason(content: bytes) -> None:
    read = read_manifest(UPLOAD, content, None)

    assert (read.says is None) == (read.reason is not None)
