"""The index of a dossier follows its documents, whatever happens to the messages."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from sozialakte.dossiers import DossierStore
from sozialakte.dossiers.fulltext import index_document
from sozialakte.dossiers.fulltext.compare import compare
from sozialakte.dossiers.fulltext.files import IndexFiles, key_of
from sozialakte.dossiers.fulltext.page_index import Indexed, IndexUnusableError
from sozialakte.dossiers.model import Labels
from sozialakte.intake.kept_readings import reading_key
from sozialakte.runtime.aws import client
from tests.aws import DOSSIERS, FULLTEXT, LETTERS, counted_calls, put_register, take_json
from tests.batches import OPEN, batch, register
from tests.fulltext import (
    changed,
    correct,
    document_id,
    file_read_document,
    index,
    indexed,
    move,
    rebuild,
    spoil,
    words_in,
)
from tests.office import DOSSIER, SISTER, furnish_register
from tests.pipeline import Pipeline
from tests.stacks import answer_instead, refusal


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish_register()


def test_a_filed_document_is_found_by_its_pages() -> None:
    texts = [f"Seite {number}" for number in range(1, 13)]
    document = file_read_document(1, *texts, unread_pages=(3, 4))

    assert index(changed(document)) == []

    assert words_in(DOSSIER, '"12"') == [(document, 12)]
    assert indexed() == {document: Indexed(document, 1, pages=12, unread=2)}


def test_a_letter_that_came_in_a_batch_is_found_by_its_words() -> None:
    put_register(*register())
    run = Pipeline()
    run.drop("Stapel 1.pdf", batch())
    run.run()

    (document,) = indexed(OPEN)
    assert words_in(OPEN, '"budget"') == [(document, 1)]


def test_told_twice_it_is_written_once() -> None:
    document = file_read_document(1, "Miete")
    index(changed(document))

    with counted_calls("s3") as calls:
        assert index(changed(document), changed(document)) == []

    assert calls == ["GetObject", "GetObject"]


def test_a_move_takes_the_words_along() -> None:
    document = file_read_document(1, "Miete")
    run = Pipeline()
    run.run()
    move(document, 1)
    run.run()

    assert words_in(DOSSIER, '"Miete"') == []
    assert words_in(SISTER, '"Miete"') == [(document, 1)]
    assert indexed()[document] == Indexed(document, 2, present=False)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_messages_come_in_any_order(order: tuple[int, ...]) -> None:
    """Filed, moved away and back again."""
    document = file_read_document(1, "Miete")
    move(document, 1)
    move(document, 2, SISTER, DOSSIER)
    messages = [
        changed(document),
        changed(document, DOSSIER, 2, "moved_out"),
        changed(document, DOSSIER, 3, "moved_in"),
        changed(document, SISTER, 3, "moved_out"),
    ]

    for number in order:
        assert index(messages[number]) == []

    assert (words_in(DOSSIER, '"Miete"'), indexed()[document].version) == ([(document, 1)], 3)
    assert words_in(SISTER, '"Miete"') == []


def test_labels_are_nothing_to_the_index() -> None:
    document, run = file_read_document(1, "Miete"), Pipeline()
    run.drain_streams()
    assert [message["change"] for message in take_json("index")] == ["filed"]

    correct(document, 1).relabel(DOSSIER, Labels(kind="bill"))
    run.drain_streams()

    assert take_json("index") == []


def overtaken(monkeypatch: pytest.MonkeyPatch, times: int, meanwhile: Callable[[], object]) -> None:
    """Somebody else writes just before we do."""
    store, left = IndexFiles.store, [times]

    def late(self: IndexFiles, dossier_id: str, path: Path, over: str | None) -> bool:
        left[0] -= 1
        if left[0] >= 0:
            meanwhile()
        return store(self, dossier_id, path, over)

    monkeypatch.setattr(IndexFiles, "store", late)


def test_who_is_overtaken_begins_again_with_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = file_read_document(1, "Miete"), file_read_document(2, "Miete")
    overtaken(monkeypatch, 1, lambda: index(changed(other)))

    assert index(changed(one)) == []

    assert {document for document, _ in words_in(DOSSIER, '"Miete"')} == {one, other}


def test_a_document_filed_while_the_index_is_made_anew_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    file_read_document(1, "Miete")
    rebuild()
    overtaken(monkeypatch, 1, lambda: index(changed(file_read_document(2, "Miete"))))

    assert rebuild() == []

    assert {document for document, _ in words_in(DOSSIER, '"Miete"')} == {document_id(1), document_id(2)}


def test_who_is_overtaken_again_and_again_comes_back_later(monkeypatch: pytest.MonkeyPatch) -> None:
    document = file_read_document(1, "Miete")
    monkeypatch.setattr(IndexFiles, "store", lambda *_: False)

    assert index(changed(document)) == ["message-0"]


@pytest.mark.parametrize("content", [b"", b"<html>", b"SQLite format 3\x00"])
def test_a_broken_index_is_made_anew(content: bytes) -> None:
    one, other = file_read_document(1, "Miete"), file_read_document(2, "Miete")
    index(changed(one))
    spoil(content=content)

    assert index(changed(other)) == []

    assert {document for document, _ in words_in(DOSSIER, '"Miete"')} == {one, other}


def test_an_index_larger_than_any_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    document = file_read_document(1, "Miete")
    spoil(content=bytes(2_000_000))
    monkeypatch.setattr("sozialakte.dossiers.fulltext.files.LARGEST", 1_000_000)
    with pytest.raises(IndexUnusableError):
        IndexFiles(FULLTEXT).fetch(DOSSIER, Path("unused"))

    assert index(changed(document)) == []

    assert words_in(DOSSIER, '"Miete"') == [(document, 1)]


def test_made_anew_it_has_all_documents_and_remembers_who_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_document, "_A_LOOK_UP", 2)
    documents = [file_read_document(number, "Miete") for number in range(5)]
    index(*map(changed, documents))
    move(documents[0], 1)
    index(changed(documents[0], DOSSIER, 2, "moved_out"))

    assert rebuild() == []

    assert {document for document, _ in words_in(DOSSIER, '"Miete"')} == set(documents[1:])
    assert indexed()[documents[0]] == Indexed(documents[0], 2, present=False)


def lose_reading(document: str, chunk: int) -> None:
    client("s3").delete_object(Bucket=LETTERS, Key=reading_key(document, chunk))


@pytest.mark.parametrize("told", [lambda: index(changed(document_id(1)), changed(document_id(2))), rebuild])
def test_pages_of_which_nothing_was_kept_leave_a_gap_and_the_rest_is_found(told: Callable[[], list[str]]) -> None:
    document = file_read_document(1, *["Miete"] * 12, unread_pages=(3,))
    other = file_read_document(2, "Miete")
    lose_reading(document, 0)

    assert told() == []

    assert words_in(DOSSIER, '"Miete"') == [(document, 11), (document, 12), (other, 1)]
    assert indexed()[document] == Indexed(document, 1, pages=12, unread=11)
    assert compare(DossierStore(DOSSIERS), IndexFiles(FULLTEXT), DOSSIER).gaps == {document: tuple(range(1, 11))}


def test_a_bucket_that_does_not_answer_is_no_gap() -> None:
    document = file_read_document(1, "Miete")
    answer_instead("s3.GetObject", lambda **_: refusal(403, "AccessDenied"))

    assert index(changed(document)) == ["message-0"]


def test_keys_have_ids_only() -> None:
    index(changed(file_read_document(1, "Miete")))

    listed = client("s3").list_objects_v2(Bucket=FULLTEXT)["Contents"]
    assert [found["Key"] for found in listed] == [key_of(DOSSIER)] == [f"dossiers/{DOSSIER}.sqlite"]


def test_messages_of_somebody_else_are_refused() -> None:
    assert index('{"type": "dossiers.rebuild-index", "version": 1}', "{}") == ["message-0", "message-1"]
