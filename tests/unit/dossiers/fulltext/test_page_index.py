"""The index of a dossier: what it finds, in which order, what stays of what has left, and files that are none."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.dossiers.fulltext.page_index import (
    Coverage,
    Indexed,
    IndexUnusableError,
    PageIndex,
    Segment,
)
from sozialakte.dossiers.fulltext.words import match_of

RENT, BILL = "a-0001-0002", "b-0001-0001"
TEXTS = {
    RENT: ((1, "Kündigung der Miete <b>per</b> Ende März"), (2, "Die Miete, die Miete, die Miete!")),
    BILL: ((1, "Rechnung des Zahnarztes"),),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


def fill(path: Path, documents: Sequence[str] = (RENT, BILL), version: int = 1) -> Path:
    with PageIndex.to_write(path) as index:
        for document in documents:
            index.put(Indexed(document, version, len(TEXTS[document]), unread=1), TEXTS[document])
    return path


def found(path: Path, words: str, skip: int = 0, limit: int = 10) -> list[tuple[str, int]]:
    with PageIndex.to_read(path) as index:
        return [(hit.document_id, hit.page) for hit in index.search(match_of(words) or "", skip, limit)]


def test_pages_are_found_the_best_first_with_what_stands_around(path: Path) -> None:
    fill(path)

    assert found(path, "Miete") == [(RENT, 2), (RENT, 1)]
    with PageIndex.to_read(path) as index:
        (hit,) = index.search(match_of("miete kuendig") or "", 0, 10)
    assert hit.snippet == (
        Segment("Kündigung", hit=True),
        Segment(" der ", hit=False),
        Segment("Miete", hit=True),
        Segment(" <b>per</b> Ende März", hit=False),
    )


def test_a_long_page_is_cut_around_the_hit(path: Path) -> None:
    with PageIndex.to_write(path) as index:
        index.put(Indexed(RENT, 1, 1), [(1, "vorne " * 500 + "Miete" + " hinten" * 500)])
        (hit,) = index.search(match_of("Miete") or "", 0, 1)

    whole = "".join(part.text for part in hit.snippet)
    assert (whole[0], whole[-1]) == ("…", "…")
    assert len(whole.split()) <= 30
    assert [part.text for part in hit.snippet if part.hit] == ["Miete"]


def test_the_order_does_not_depend_on_who_came_first(tmp_path: Path) -> None:
    documents = [f"{number:032x}" for number in range(30)]
    for name, order in {"one": documents, "other": documents[::-1]}.items():
        with PageIndex.to_write(tmp_path / name) as index:
            for document in order:
                index.put(Indexed(document, 1, 1), [(1, "überall dasselbe")])

    assert found(tmp_path / "one", "dasselbe", 5) == found(tmp_path / "other", "dasselbe", 5)
    assert found(tmp_path / "one", "dasselbe", 28) == [(documents[28], 1), (documents[29], 1)]


def test_put_again_replaces_and_coverage_counts_what_is_there(path: Path) -> None:
    fill(path)
    fill(path, [RENT], version=2)

    assert len(found(path, "Miete")) == 2
    with PageIndex.to_read(path) as index:
        assert index.coverage() == Coverage(documents=2, pages=3, unread=2)
        assert (index.version_of(RENT), index.version_of(BILL), index.version_of("c")) == (2, 1, 0)


def test_of_what_has_left_a_version_stays_and_no_word(path: Path) -> None:
    fill(path)
    assert b"rztes" in path.read_bytes()

    with PageIndex.to_write(path) as index:
        index.put(Indexed(BILL, 2, present=False))

    assert found(path, "Rechnung") == []
    assert b"rztes" not in path.read_bytes()
    with PageIndex.to_read(path) as index:
        assert index.coverage() == Coverage(documents=1, pages=2, unread=1)
        assert index.version_of(BILL) == 2
        assert [one.document_id for one in index.documents() if one.present] == [RENT]


def test_an_empty_index_finds_nothing(path: Path) -> None:
    fill(path, [])

    assert found(path, "Miete") == []
    with PageIndex.to_read(path) as index:
        assert index.coverage() == Coverage()


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\x00", b"<html>" * 1000, bytes(100_000)],
    ids=["empty", "cut off", "html", "zeros"],
)
def test_a_file_that_is_no_index_is_unusable(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(IndexUnusableError):
        PageIndex.to_read(path)
    with pytest.raises(IndexUnusableError):
        PageIndex.to_write(path)


def test_another_edition_or_other_tables_are_unusable(path: Path) -> None:
    fill(path)
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE pages")
    connection.close()

    with pytest.raises(IndexUnusableError):
        found(path, "Miete")

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(IndexUnusableError):
        PageIndex.to_read(path)


@given(position=st.integers(min_value=0), noise=st.binary(min_size=1, max_size=300))
def test_a_spoilt_file_is_unusable_or_works(
    tmp_path_factory: pytest.TempPathFactory, position: int, noise: bytes
) -> None:
    path = fill(tmp_path_factory.mktemp("spoilt") / "index.sqlite")
    content = bytearray(path.read_bytes())
    at = position % len(content)
    content[at : at + len(noise)] = noise
    path.write_bytes(content)

    try:
        with PageIndex.to_read(path) as index:
            index.documents()
            index.coverage()
            index.search('"miete" *', 0, 10)
    except IndexUnusableError:
        return
