"""The routes by which people see what waits at the review desk, page by page, and what became of a letter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated

from pydantic import Field

from sozialakte.intake.desk.answers import (
    CandidateAnswer,
    LetterBiography,
    PictureAnswer,
    QueueCounts,
    RescanList,
    ReviewDetail,
    ReviewQueue,
)
from sozialakte.intake.desk.model import Ground
from sozialakte.intake.desk.pictures import picture_key, turns_by_page
from sozialakte.intake.desk.queue import Filters, Held, Viewer, counts_of
from sozialakte.intake.desk.store import DeskStore
from sozialakte.intake.desk.subjects import hidden_among, hidden_from_asker, letter_subject
from sozialakte.intake.hidden_dossiers import shown_letter
from sozialakte.intake.letter import Destination, Letter, LetterNotInReviewError
from sozialakte.intake.store import IntakeStore
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.intake.waiting_answers import WaitingLetter, WaitingList
from sozialakte.register import RegisterStore
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor, LetterInPath, PageInPath
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.signed_urls import sign_jpeg, sign_pdf
from sozialakte.shared.access import Action
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import BatchId

ReasonCode = Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$", max_length=64)]


@dataclass(frozen=True)
class ReadingSettings:
    """What these routes need to know of their stage."""

    intake_table: str
    register_table: str
    letters_bucket: str


@dataclass(frozen=True)
class ReadingRoutes:
    """The queue, a letter, its pages, its biography; the orders for new scans."""

    api: Api

    def add(self) -> None:
        """Add them to the API."""
        self.api.get("/intake/review", Guard(Action.LIST_REVIEW, lambda _: "review"))(self.list_review)
        forwarded = Guard(Action.LIST_FORWARDED, lambda asked: f"forwarded#{asked.text('destination')}")
        self.api.get("/intake/forwarded", forwarded)(self.list_forwarded)
        self.api.get("/intake/review/<letter_id>", Guard(Action.READ_LETTER, letter_subject))(self.read_letter)
        picture = Guard(Action.READ_LETTER, letter_subject, part=lambda asked: f"page#{asked.arguments['page']}")
        self.api.get("/intake/letters/<letter_id>/pages/<page>/image", picture)(self.read_page_image)
        self.api.get("/intake/letters/<letter_id>", Guard(Action.TRACE_LETTER, letter_subject))(self.trace_letter)
        self.api.get("/intake/rescans", Guard(Action.LIST_RESCANS, lambda _: "rescans"))(self.list_rescans)

    def list_review(
        self,
        kind: Kind | None = None,
        reason: ReasonCode | None = None,
        urgent: bool | None = None,  # noqa: FBT001 (a query parameter)
        batch: BatchId | None = None,
        claimed: Held | None = None,
        cursor: Cursor | None = None,
    ) -> ReviewQueue:
        """Letters that wait for a decision, the one that has waited longest first, with counts of all that wait."""
        viewer = Viewer(self.api.asked.staff.staff_id, self.api.asked.envelope.at)
        wanted = Filters(kind.value if kind else None, reason, urgent, batch, claimed)
        page = self._store().waiting(cursor)
        hidden = hidden_among(self.api, page.letters)
        taken = [letter for letter in page.letters if wanted.take(letter, viewer)]
        return ReviewQueue(
            letters=[WaitingLetter.of(letter, viewer.now, hidden) for letter in taken],
            counts=QueueCounts.of(counts_of(page.letters, viewer), complete=not cursor and not page.next_cursor),
            next=page.next_cursor,
        )

    def list_forwarded(self, destination: Destination, cursor: Cursor | None = None) -> WaitingList:
        """Letters for a destination that nobody has taken yet, the one that has waited longest first."""
        store = IntakeStore(read_settings(ReadingSettings).intake_table)
        page = store.letters_forwarded(destination, PAGE_SIZE, cursor)
        return WaitingList.of(page, self.api.asked.envelope.at, hidden_among(self.api, page.letters))

    def read_letter(self, letter_id: LetterInPath) -> ReviewDetail:
        """A letter in review or forwarded: its original, and the dossiers in question with what speaks for each."""
        letter, hidden = self._waiting(letter_id), hidden_from_asker(self.api)
        bucket, original = read_settings(ReadingSettings).letters_bucket, letter.original
        signed = sign_pdf(
            bucket, original.key, name=letter_id, now=self.api.asked.envelope.at, version=original.version_id
        )
        return ReviewDetail(
            letter=WaitingLetter.of(letter, self.api.asked.envelope.at, hidden),
            url=signed.url,
            expires_at=signed.expires_at,
            candidates=_candidates(letter, hidden, zurich_date(self.api.asked.envelope.at)),
            turns=dict(turns_by_page(letter)),
        )

    def read_page_image(self, letter_id: LetterInPath, page: PageInPath) -> PictureAnswer:
        """The picture of a page of a letter in review or forwarded, as people turned it."""
        letter = self._waiting(letter_id)
        if page > len(letter.pages):
            raise ProblemError(HTTPStatus.NOT_FOUND, "unknown_page")
        bucket = read_settings(ReadingSettings).letters_bucket
        signed = sign_jpeg(
            bucket, picture_key(letter, page), name=f"{letter_id}-{page}", now=self.api.asked.envelope.at
        )
        return PictureAnswer(page=page, url=signed.url, expires_at=signed.expires_at)

    def trace_letter(self, letter_id: LetterInPath) -> LetterBiography:
        """What became of a letter: every step, who made it and why; not which dossier, if that is sealed from me."""
        return LetterBiography.of(shown_letter(self._store().letter(letter_id), hidden_from_asker(self.api)))

    def list_rescans(self, cursor: Cursor | None = None) -> RescanList:
        """Orders for new scans that the scanning centre has not answered, the oldest first."""
        return RescanList.of(self._store().open_orders(PAGE_SIZE, cursor))

    def _waiting(self, letter_id: str) -> Letter:
        letter = self._store().letter(letter_id)
        if not letter.waits_for_a_person:
            raise LetterNotInReviewError(letter)
        return letter

    def _store(self) -> DeskStore:
        return DeskStore(read_settings(ReadingSettings).intake_table)


def _candidates(letter: Letter, hidden: Collection[str], today: date) -> list[CandidateAnswer]:
    """The dossiers in question in the order of the letter; for some it only says that they are."""
    register = RegisterStore(read_settings(ReadingSettings).register_table, today)
    grounds = {ground.dossier_id: ground for ground in letter.grounds}
    return [
        CandidateAnswer.of(
            grounds.get(dossier_id) or Ground(dossier_id, 0),
            register.find_dossier(dossier_id),
            register.find_persons_of_dossier(dossier_id),
        )
        for dossier_id in letter.candidates
        if dossier_id not in hidden
    ]
