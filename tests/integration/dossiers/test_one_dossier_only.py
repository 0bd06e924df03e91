"""A letter never lies in two dossiers, however often and in whatever order messages and changes arrive.

Two contexts talk about one letter while people assign it and dossiers open and close. Every message that was ever
sent may come again at any time, also after younger ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.dossiers import file_document, publish_changes
from functions.intake import publish_changes as publish_intake_changes
from functions.intake import settle_letter
from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.model import FilingState
from sozialakte.dossiers.store import DossierStore
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.letter import Destination, Letter, LetterState, StoredObject
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.records import letter_item
from sozialakte.intake.review import Decide
from sozialakte.intake.store import IntakeStore
from sozialakte.register.model import DossierStatus, StaffMember
from sozialakte.runtime.dynamo import Item, Table
from tests.aws import DOSSIERS, INTAKE, keep_letter_file, put_register, take
from tests.builders import LATER, NOW, a_dossier, a_letter
from tests.lambda_events import Context, sqs_event, stream_event

NUMBERS = count(1)
CONTENT = b"one letter"

events = st.tuples(
    st.sampled_from(["file", "settle", "intake change", "dossiers change", "assign", "forward", "open", "close"]),
    st.integers(0, 20),
)


@dataclass
class Office:
    """One letter, two dossiers, everything that was ever sent, and every state the letter's rows ever had."""

    letter_id: str
    staff_id: str
    dossiers: tuple[str, str]
    signature: str
    asked: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    letter_rows: list[Item] = field(default_factory=list)
    filing_rows: list[Item] = field(default_factory=list)

    @property
    def letter(self) -> Letter:
        return IntakeStore(INTAKE).letter(self.letter_id)

    def happens(self, what: str, which: int) -> None:
        """One event; ``which`` chooses among what there is."""
        if what == "file" and self.asked:
            file_document.handler(sqs_event(self.asked[which % len(self.asked)]), Context())
        elif what == "settle" and self.answered:
            settle_letter.handler(sqs_event(self.answered[which % len(self.answered)]), Context())
        elif what == "intake change":
            row = self.letter_rows[which % len(self.letter_rows)]
            publish_intake_changes.handler(stream_event((None, row)), Context())
            self.asked += take("file")
        elif what == "dossiers change" and self.filing_rows:
            row = self.filing_rows[which % len(self.filing_rows)]
            publish_changes.handler(stream_event((None, row)), Context())
            self.answered += take("settle")
        elif what == "assign" and self.letter.waits_for_a_person:
            self._decide().assign(self.dossiers[which % 2])
        elif what == "forward" and self.letter.waits_for_a_person:
            self._decide().forward(tuple(Destination)[which % 3])
        elif what in {"open", "close"}:
            status = DossierStatus.OPEN if what == "open" else DossierStatus.CLOSED
            put_register(a_dossier(self.dossiers[which % 2], status=status, responsible=self.staff_id))
        self._look()

    def come_to_rest(self) -> None:
        """Everything on its way arrives, as often as reconciling would bring it."""
        for _ in range(4):
            self.happens("intake change", len(self.letter_rows) - 1)
            self.happens("file", len(self.asked) - 1)
            self.happens("dossiers change", len(self.filing_rows) - 1)
            self.happens("settle", len(self.answered) - 1)

    def _decide(self) -> Decide:
        return Decide(DeskStore(INTAKE), self.letter_id, self.letter.version, self.staff_id, LATER)

    def lessons(self) -> list[tuple[str, int]]:
        """Where letters with this one's reference belong, and how many taught it."""
        known = IntakeStore(INTAKE).find_known_references([self.signature])
        return [(reference.dossier_id, reference.letters) for reference in known]

    def places(self) -> list[tuple[str, str]]:
        """Where the letter lies: documents and inbox entries with their dossiers."""
        store = DossierStore(DOSSIERS)
        documents = [found for dossier_id in self.dossiers for found in store.documents_of(dossier_id, 10).documents]
        entries = InboxStore(DOSSIERS).inbox(self.staff_id, 10).entries
        return [("document", found.dossier_id) for found in documents] + [("entry", e.dossier_id) for e in entries]

    def _look(self) -> None:
        letter_row = letter_item(self.letter)
        filing_row = Table(DOSSIERS).get(f"LETTER#{self.letter_id}", "FILING")
        self.letter_rows += [letter_row] if letter_row not in self.letter_rows else []
        self.filing_rows += [filing_row] if filing_row and filing_row not in self.filing_rows else []


def an_office() -> Office:
    """A letter that has just been identified as one of the first of two dossiers."""
    number = next(NUMBERS)
    letter_id, staff_id = f"{number:032x}-0001-0002", f"ma-{number}"
    dossiers = (f"SH-2026-{number:05d}", f"SH-2027-{number:05d}")
    letter = replace(a_letter(), letter_id=letter_id, batch_id=letter_id[:32], sha256=sha256(CONTENT).hexdigest())
    version = keep_letter_file(f"letters/{letter_id}/original.pdf", CONTENT)
    letter = replace(letter, original=StoredObject(f"letters/{letter_id}/original.pdf", version))
    signature = f"{number:032x}"
    known = letter.read(NOW).know(LetterFacts(), references=(signature,))
    identified = known.identify(dossiers[0], (), NOW, teaches=True)
    IntakeStore(INTAKE).add_letter(identified)
    put_register(StaffMember(staff_id, "Anna Beispiel", "nord"))
    put_register(*(a_dossier(dossier_id, responsible=staff_id) for dossier_id in dossiers))
    return Office(letter_id, staff_id, dossiers, signature, letter_rows=[letter_item(identified)])


@pytest.mark.usefixtures("aws")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(events, max_size=15))
def test_a_letter_never_lies_in_two_dossiers(story: list[tuple[str, int]]) -> None:
    office = an_office()

    for what, which in story:
        office.happens(what, which)
        if what == "file":
            places = office.places()
            assert len(places) in {0, 2}
            assert len({dossier_id for _, dossier_id in places}) <= 1

    office.come_to_rest()
    filing, letter = DossierStore(DOSSIERS).find_filing(office.letter_id), office.letter
    assert filing is not None
    if filing.state is FilingState.FILED:
        assert letter.state is LetterState.FILED
        assert {dossier_id for _, dossier_id in office.places()} == {letter.dossier_id} == {filing.dossier_id}
        assert office.lessons() == [(letter.dossier_id, 1)]
    else:
        assert letter.waits_for_a_person
        assert office.lessons() == []


def test_the_messages_tell_one_story(aws: None) -> None:  # noqa: ARG001 # the fixture is the account
    """The way through all of it once: refused because closed, assigned elsewhere, filed, the old message again."""
    office = an_office()
    first, second = office.dossiers
    office.happens("close", 0)
    for what in ("intake change", "file", "dossiers change", "settle"):
        office.happens(what, 0)
    assert office.letter.state is LetterState.REVIEW

    office.happens("assign", 1)
    office.happens("open", 0)
    office.come_to_rest()
    for old in range(len(office.asked)):
        office.happens("file", old)

    assert office.letter.dossier_id == second
    assert office.places() == [("document", second), ("entry", second)]
    assert {json.loads(body)["dossier_id"] for body in office.asked} == {first, second}
