"""A letter is filed once, in an open dossier, its original checked and on hold, with an entry in the right inbox."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from functions.dossiers.file_document import handler
from sozialakte.dossiers import FileDocument
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.model import FilingState
from sozialakte.dossiers.store import DossierStore
from sozialakte.register.model import DossierStatus, StaffMember
from sozialakte.runtime.aws import client
from sozialakte.shared.reasons import Reason
from tests.aws import DOSSIERS, LETTERS, keep_letter_file, put_register, rows
from tests.builders import DOSSIER, OTHER_DOSSIER, STAFF, a_dossier, a_file_document, a_letter
from tests.lambda_events import Context, failed_ids, sqs_event

pytestmark = pytest.mark.usefixtures("aws")

LETTER = a_letter()
CONTENT = b"the letter as it was cut"


@pytest.fixture(autouse=True)
def register(aws: None) -> None:  # noqa: ARG001 # the register needs its table first
    put_register(
        StaffMember(STAFF, "Anna Beispiel", "nord"),
        a_dossier(responsible=STAFF),
        a_dossier(OTHER_DOSSIER, status=DossierStatus.CLOSED, responsible=STAFF),
    )


@pytest.fixture
def asked() -> FileDocument:
    """A message about a letter whose original lies where the message says."""
    version = keep_letter_file(LETTER.original.key, CONTENT)
    letter = replace(LETTER, sha256=sha256(CONTENT).hexdigest(), original=replace(LETTER.original, version_id=version))
    return a_file_document(letter)


def deliver(*messages: FileDocument) -> list[str]:
    return failed_ids(handler(sqs_event(*(message.to_json() for message in messages)), Context()))


def hold_of(message: FileDocument) -> str:
    answer = client("s3").head_object(Bucket=LETTERS, Key=message.object_key, VersionId=message.object_version)
    return answer.get("ObjectLockLegalHoldStatus", "OFF")


def test_the_letter_lies_in_its_dossier_and_in_the_inbox_of_who_is_responsible(asked: FileDocument) -> None:
    assert deliver(asked) == []

    store = DossierStore(DOSSIERS)
    document = store.find_document(DOSSIER, LETTER.letter_id)
    (entry,) = InboxStore(DOSSIERS).inbox(STAFF, 10).entries
    assert document is not None
    assert (document.sha256, document.object_version, document.inbox) == (asked.sha256, asked.object_version, STAFF)
    assert (entry.document_id, entry.dossier_id) == (document.document_id, DOSSIER)
    assert hold_of(asked) == "ON"


def test_what_the_letter_says_about_itself_lies_beside_it(asked: FileDocument) -> None:
    deliver(asked)

    store = DossierStore(DOSSIERS)
    document = store.find_document(DOSSIER, LETTER.letter_id)
    (entry,) = InboxStore(DOSSIERS).inbox(STAFF, 10).entries
    assert document is not None
    for filed in (document, entry):
        assert (filed.sender, filed.subject, filed.written_on) == (asked.sender, asked.subject, asked.written_on)
        assert (filed.urgent, filed.deadline) == (True, asked.deadline)
    assert (document.unread_pages, document.notes) == ((2,), (Reason("page.unreadable"),))


def test_a_message_written_before_the_last_deployment_is_filed(asked: FileDocument) -> None:
    """The facts came later; what is on the queue then has none."""
    facts = {"written_on", "sender", "subject", "urgent", "deadline", "unread_pages", "notes"}
    old = {name: value for name, value in json.loads(asked.to_json()).items() if name not in facts}

    assert failed_ids(handler(sqs_event(json.dumps(old)), Context())) == []

    (entry,) = InboxStore(DOSSIERS).inbox(STAFF, 10).entries
    assert (entry.kind, entry.sender, entry.urgent) == ("bill", None, False)


def test_names_stand_in_no_key(asked: FileDocument) -> None:
    deliver(asked)

    keys = [(row["pk"], row["sk"], row.get("urgent_key"), row.get("due")) for row in rows(DOSSIERS)]
    assert asked.sender is not None
    assert asked.sender not in str(keys)


def test_filing_twice_is_filing_once_and_announces_again(asked: FileDocument) -> None:
    deliver(asked)
    before = rows(DOSSIERS)

    assert deliver(asked, asked) == []

    changed = [row for row in rows(DOSSIERS) if row not in before]
    assert [(row["entity"], row["version"]) for row in changed] == [("filing", 3)]
    assert len(rows(DOSSIERS)) == len(before)


def test_a_filed_letter_stays_where_it_is_whatever_is_asked_later(asked: FileDocument) -> None:
    put_register(a_dossier(OTHER_DOSSIER, responsible=STAFF))
    deliver(asked)

    assert deliver(asked.model_copy(update={"dossier_id": OTHER_DOSSIER, "attempt": 7})) == []

    filing = DossierStore(DOSSIERS).find_filing(LETTER.letter_id)
    assert filing is not None
    assert filing.dossier_id == DOSSIER
    assert DossierStore(DOSSIERS).documents_of(OTHER_DOSSIER, 10).documents == ()


@pytest.mark.parametrize(
    ("dossier_id", "code"),
    [(OTHER_DOSSIER, "filing.closed_dossier"), ("SH-1999-00001", "filing.unknown_dossier")],
)
def test_what_a_dossier_cannot_take_is_refused_with_the_reason(asked: FileDocument, dossier_id: str, code: str) -> None:
    assert deliver(asked.model_copy(update={"dossier_id": dossier_id})) == []

    filing = DossierStore(DOSSIERS).find_filing(LETTER.letter_id)
    assert filing is not None
    assert filing.state is FilingState.REFUSED
    assert filing.reason is not None
    assert (filing.reason.code, filing.reason.params) == (code, {"dossier_id": dossier_id})
    assert {row["entity"] for row in rows(DOSSIERS)} == {"filing"}
    assert hold_of(asked) == "OFF"


def test_a_refused_letter_is_filed_when_a_person_assigns_it_elsewhere(asked: FileDocument) -> None:
    deliver(asked.model_copy(update={"dossier_id": OTHER_DOSSIER}))

    assert deliver(asked.model_copy(update={"attempt": 5})) == []

    assert DossierStore(DOSSIERS).find_document(DOSSIER, LETTER.letter_id) is not None


def test_a_late_repeat_of_a_refused_attempt_is_refused_again(asked: FileDocument) -> None:
    """The dossier was opened again meanwhile, but a person may already be deciding about the letter."""
    refused = asked.model_copy(update={"dossier_id": OTHER_DOSSIER})
    deliver(refused)
    put_register(a_dossier(OTHER_DOSSIER, responsible=STAFF))

    assert deliver(refused) == []

    filing = DossierStore(DOSSIERS).find_filing(LETTER.letter_id)
    assert filing is not None
    assert (filing.state, filing.version) == (FilingState.REFUSED, 2)


def test_an_original_that_is_not_the_one_that_was_cut_is_not_filed(asked: FileDocument) -> None:
    assert deliver(asked.model_copy(update={"sha256": "0" * 64})) == ["message-0"]

    assert rows(DOSSIERS) == []
    assert hold_of(asked) == "OFF"


def test_an_original_that_is_missing_is_not_filed(asked: FileDocument) -> None:
    assert deliver(asked.model_copy(update={"object_key": "letters/none/original.pdf"})) == ["message-0"]

    assert rows(DOSSIERS) == []


def test_the_original_on_hold_cannot_be_deleted(asked: FileDocument) -> None:
    deliver(asked)

    with pytest.raises(client("s3").exceptions.ClientError, match="AccessDenied"):
        client("s3").delete_object(Bucket=LETTERS, Key=asked.object_key, VersionId=asked.object_version)


def test_unknown_messages_are_never_acknowledged(asked: FileDocument) -> None:
    body = json.loads(asked.to_json())
    strange = [{}, body | {"type": "dossiers.unknown"}, body | {"version": 2}, body | {"extra": 1}]

    answer = handler(sqs_event(*map(json.dumps, strange), asked.to_json()), Context())

    assert failed_ids(answer) == ["message-0", "message-1", "message-2", "message-3"]
    assert DossierStore(DOSSIERS).find_document(DOSSIER, LETTER.letter_id) is not None
