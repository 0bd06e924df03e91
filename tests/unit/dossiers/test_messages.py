"""What the dossiers are asked and what they answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from pydantic import ValidationError

from sozialakte.dossiers import DocumentFiled, FileDocument, FilingRefused
from sozialakte.dossiers.model import Filing, FilingState
from sozialakte.dossiers.publish_changes import handover_of, message_of
from sozialakte.shared.reasons import Reason
from tests.builders import DOSSIER, NOW, STAFF, a_file_document, a_letter

LETTER = a_letter()
ASKED = json.loads(a_file_document(LETTER).to_json())
FIRST_FIELDS = tuple(ASKED)[: tuple(ASKED).index("decided_by") + 1]
FILED = Filing(LETTER.letter_id, DOSSIER, 3, FilingState.FILED, NOW, inbox=STAFF)
REASON = Reason("filing.closed_dossier", {"dossier_id": DOSSIER})


def test_a_message_travels_as_json_and_comes_back() -> None:
    assert FileDocument.parse(ASKED) == a_file_document(LETTER)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"type": "dossiers.document-filed"}, id="another type"),
        pytest.param({"version": 2}, id="another version"),
        pytest.param({"note": "x"}, id="an extra field"),
        pytest.param({"dossier_id": "SH-26-1"}, id="no dossier number"),
        pytest.param({"sha256": "abc"}, id="no hash"),
        pytest.param({"page_count": 0}, id="no pages"),
        pytest.param({"received_at": "2026-01-05T08:00:00"}, id="a time without zone"),
        pytest.param({"reasons": [{"code": "Weil es so ist"}]}, id="a reason in words"),
        pytest.param({"deadline": "bald"}, id="no date"),
        pytest.param({"sender": "x" * 121}, id="a sender too long for a list"),
    ],
)
def test_what_does_not_fit_is_refused(change: Mapping[str, object]) -> None:
    with pytest.raises(ValidationError):
        FileDocument.parse({**ASKED, **change})


@pytest.mark.parametrize("missing", FIRST_FIELDS)
def test_nothing_may_be_missing_not_even_type_or_version(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        FileDocument.parse({name: value for name, value in ASKED.items() if name != missing})


def test_a_filed_letter_is_told_with_its_inbox_and_the_attempt_it_answers() -> None:
    assert message_of(FILED) == DocumentFiled(
        letter_id=LETTER.letter_id,
        dossier_id=DOSSIER,
        attempt=3,
        document_id=LETTER.letter_id,
        inbox=STAFF,
        filed_at=NOW,
        filing_version=1,
    )


def test_a_refusal_is_told_with_its_reason() -> None:
    message = message_of(replace(FILED, state=FilingState.REFUSED, reason=REASON, inbox=None))

    assert isinstance(message, FilingRefused)
    assert (message.attempt, message.reason.reason()) == (3, REASON)


def test_a_filed_letter_is_handed_over_as_the_first_version_of_its_document() -> None:
    told = handover_of(FILED)

    assert (told.document_id, told.dossier_id) == (LETTER.letter_id, DOSSIER)
    assert (told.change, told.document_version) == ("filed", 1)


def test_announcing_again_changes_only_the_version() -> None:
    assert FILED.announce_again() == replace(FILED, version=2)
