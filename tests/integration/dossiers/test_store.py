"""A document, its inbox entry and what became of the letter are written together or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sozialakte.dossiers.inbox import InboxEntry
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.model import Document, Filing, FilingState
from sozialakte.dossiers.records import filing_of, is_filing
from sozialakte.dossiers.store import DossierStore, FilingChangedError
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.reasons import Reason
from tests.aws import DOSSIERS, rows
from tests.builders import DOSSIER, NOW, OTHER_DOSSIER, STAFF, a_letter

pytestmark = pytest.mark.usefixtures("aws")

LETTER = a_letter()
FILING = Filing(LETTER.letter_id, DOSSIER, 3, FilingState.FILED, NOW, inbox=STAFF)
REFUSAL = Filing(LETTER.letter_id, DOSSIER, 3, FilingState.REFUSED, NOW, reason=Reason("filing.closed_dossier"))
DOCUMENT = Document(
    document_id=LETTER.letter_id,
    dossier_id=DOSSIER,
    letter_id=LETTER.letter_id,
    sha256=LETTER.sha256,
    object_key=LETTER.original.key,
    object_version="v1",
    searchable_key="s",
    page_count=2,
    kind="bill",
    received_at=NOW,
    filed_at=NOW,
    inbox=STAFF,
    decided_by="machine",
    reasons=(Reason("page.letter", {"dossier_id": DOSSIER}),),
)
ENTRY = InboxEntry(STAFF, LETTER.letter_id, DOSSIER, "bill", 2, NOW, NOW, Reason("inbox.responsible"))


@pytest.fixture
def store() -> DossierStore:
    return DossierStore(DOSSIERS)


@pytest.fixture
def inboxes() -> InboxStore:
    return InboxStore(DOSSIERS)


def test_what_is_filed_is_found_in_dossier_and_inbox(store: DossierStore, inboxes: InboxStore) -> None:
    store.file(FILING, DOCUMENT, ENTRY)

    assert store.find_filing(LETTER.letter_id) == FILING
    assert store.find_document(DOSSIER, LETTER.letter_id) == DOCUMENT
    assert store.documents_of(DOSSIER, 10).documents == (DOCUMENT,)
    assert inboxes.inbox(STAFF, 10).entries == (ENTRY,)


def test_a_document_is_not_found_in_a_foreign_dossier(store: DossierStore, inboxes: InboxStore) -> None:
    store.file(FILING, DOCUMENT, ENTRY)

    assert store.find_document(OTHER_DOSSIER, LETTER.letter_id) is None
    assert store.documents_of(OTHER_DOSSIER, 10).documents == ()
    assert inboxes.inbox("office", 10).entries == ()


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(FILING, id="the same again"),
        pytest.param(replace(FILING, dossier_id=OTHER_DOSSIER, attempt=5), id="in another dossier"),
        pytest.param(replace(FILING, dossier_id=OTHER_DOSSIER, attempt=5, version=9), id="from a version nobody wrote"),
    ],
)
def test_a_letter_is_filed_once(store: DossierStore, second: Filing) -> None:
    store.file(FILING, DOCUMENT, ENTRY)
    before = rows(DOSSIERS)
    later = NOW + timedelta(minutes=1)

    with pytest.raises(FilingChangedError):
        store.file(
            second,
            replace(DOCUMENT, dossier_id=second.dossier_id, filed_at=later),
            replace(ENTRY, dossier_id=second.dossier_id, filed_at=later),
        )

    assert rows(DOSSIERS) == before


def test_a_refused_letter_can_be_filed_elsewhere(store: DossierStore) -> None:
    store.save_filing(REFUSAL)

    store.file(replace(FILING, attempt=5, version=2), DOCUMENT, ENTRY)

    assert store.find_filing(LETTER.letter_id) == replace(FILING, attempt=5, version=2)


def test_a_refusal_never_replaces_a_filing(store: DossierStore) -> None:
    store.file(FILING, DOCUMENT, ENTRY)

    with pytest.raises(FilingChangedError):
        store.save_filing(REFUSAL)

    assert store.find_filing(LETTER.letter_id) == FILING


def test_of_two_who_announce_again_one_is_told(store: DossierStore) -> None:
    store.save_filing(REFUSAL)
    store.save_filing(REFUSAL.announce_again())

    with pytest.raises(FilingChangedError):
        store.save_filing(REFUSAL.announce_again())


def test_documents_and_entries_are_listed_newest_first_page_by_page(store: DossierStore, inboxes: InboxStore) -> None:
    letters = [a_letter((page,)).letter_id for page in range(1, 4)]
    for number, letter_id in enumerate(letters):
        at = NOW + timedelta(milliseconds=number)
        store.file(
            replace(FILING, letter_id=letter_id),
            replace(DOCUMENT, document_id=letter_id, letter_id=letter_id, filed_at=at),
            replace(ENTRY, document_id=letter_id, filed_at=at),
        )

    first, entries = store.documents_of(DOSSIER, 2), inboxes.inbox(STAFF, 2)
    second, more = store.documents_of(DOSSIER, 2, first.next_cursor), inboxes.inbox(STAFF, 2, entries.next_cursor)

    assert [document.document_id for document in (*first.documents, *second.documents)] == letters[::-1]
    assert [entry.document_id for entry in (*entries.entries, *more.entries)] == letters[::-1]


@pytest.mark.parametrize(
    ("deadline", "due"), [(date(2026, 1, 20), date(2026, 1, 20)), (None, date(2026, 1, 6))], ids=["deadline", "none"]
)
def test_an_urgent_entry_is_due_on_its_deadline_or_the_day_it_came(
    store: DossierStore, inboxes: InboxStore, deadline: date | None, due: date
) -> None:
    """Filed late in the evening: the day is the one in Zurich."""
    late = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    entry = replace(ENTRY, urgent=True, deadline=deadline, filed_at=late)
    store.file(FILING, replace(DOCUMENT, filed_at=late), entry)

    assert inboxes.urgent_in(STAFF, due, 10).entries == inboxes.inbox(STAFF, 10).entries == (entry,)
    assert inboxes.urgent_in(STAFF, due + timedelta(days=1), 10).entries == ()
    assert inboxes.urgent_in("office", due, 10).entries == ()


def test_an_entry_that_is_not_urgent_has_no_day_even_with_a_deadline(store: DossierStore, inboxes: InboxStore) -> None:
    """A bill's day of payment is no reason to hurry."""
    store.file(FILING, DOCUMENT, replace(ENTRY, deadline=date(2026, 1, 20)))

    assert inboxes.urgent_in(STAFF, date(2000, 1, 1), 10).entries == ()


def test_rows_written_before_there_were_facts_are_read(store: DossierStore, inboxes: InboxStore) -> None:
    store.file(FILING, DOCUMENT, ENTRY)
    facts = {"written_on", "sender", "subject", "urgent", "deadline", "unread_pages", "notes"}
    for row in rows(DOSSIERS):
        Table(DOSSIERS).put({name: value for name, value in row.items() if name not in facts})

    assert store.documents_of(DOSSIER, 10).documents == (DOCUMENT,)
    assert inboxes.inbox(STAFF, 10).entries == (ENTRY,)


def test_rows_that_are_no_filing_are_told_apart(store: DossierStore) -> None:
    store.file(FILING, DOCUMENT, ENTRY)

    filings = [filing_of(row) for row in rows(DOSSIERS) if is_filing(row)]

    assert filings == [FILING]
