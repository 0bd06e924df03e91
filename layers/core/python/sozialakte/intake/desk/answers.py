"""What the routes of the review desk give. Reasons are put into words here, persons into names at reading time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sozialakte.intake.desk.model import Claim, Ground, RescanOrder
from sozialakte.intake.desk.queue import Counts, Held
from sozialakte.intake.desk.store import RescanPage
from sozialakte.intake.letter import Letter, Step
from sozialakte.intake.pages.sheet_codes import rescan_code
from sozialakte.intake.waiting_answers import WaitingLetter
from sozialakte.register import Dossier, DossierType, Person
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say, say_in_general


class KindCount(Model):
    """How many letters are of a kind."""

    kind: str
    text: str
    count: int


class ReasonCount(Model):
    """For how many letters this is the first reason; ``code`` filters the queue."""

    code: str
    text: str
    count: int


class BatchCount(Model):
    """How many letters of a batch wait; ``batch_id`` filters the queue."""

    batch_id: str
    received_at: datetime
    count: int


class QueueCounts(Model):
    """How many letters wait, before filters. ``complete``: none beyond those looked at, which are the oldest."""

    waiting: int
    urgent: int
    mine: int
    free: int
    others: int
    kinds: list[KindCount]
    reasons: list[ReasonCount]
    batches: list[BatchCount]
    oldest: datetime | None
    complete: bool

    @classmethod
    def of(cls, counts: Counts, *, complete: bool) -> QueueCounts:
        """The counts in words, the most frequent first; batches as they came."""
        return cls(
            waiting=counts.waiting,
            urgent=counts.urgent,
            mine=counts.held.get(Held.MINE, 0),
            free=counts.held.get(Held.FREE, 0),
            others=counts.held.get(Held.OTHERS, 0),
            kinds=[
                KindCount(kind=kind, text=say(Reason(f"kind.{kind}")), count=n) for kind, n in _most(counts.by_kind)
            ],
            reasons=[ReasonCount(code=code, text=say_in_general(code), count=n) for code, n in _most(counts.by_reason)],
            batches=[
                BatchCount(batch_id=batch_id, received_at=at, count=n)
                for (at, batch_id), n in sorted(counts.by_batch.items())
            ],
            oldest=counts.oldest,
            complete=complete,
        )


class ReviewQueue(Model):
    """Letters that wait for a decision, the one that has waited longest first, as the filters want them."""

    letters: list[WaitingLetter]
    counts: QueueCounts
    next: str | None


class ClaimAnswer(Model):
    """Who has the letter, and until when."""

    letter_id: str
    claimed_by: str | None
    claimed_until: datetime | None

    @classmethod
    def of(cls, letter_id: str, claim: Claim | None) -> ClaimAnswer:
        """The claim, or that there is none."""
        return cls(
            letter_id=letter_id,
            claimed_by=claim.by if claim else None,
            claimed_until=claim.until if claim else None,
        )


class PersonNamed(Model):
    """A person of a dossier in question."""

    person_id: str
    name: str
    birth_date: date | None


class CandidateAnswer(Model):
    """A dossier in question: what it is about (None: it is not in the register), how much speaks for it (per cent),
    what in words, and who stands in it.
    """

    dossier_id: str
    type: DossierType | None
    type_text: str | None
    percent: int
    evidence: list[str]
    persons: list[PersonNamed]

    @classmethod
    def of(cls, ground: Ground, dossier: Dossier | None, persons: Sequence[Person]) -> CandidateAnswer:
        """The dossier in words."""
        return cls(
            dossier_id=ground.dossier_id,
            type=dossier.type if dossier else None,
            type_text=say(Reason(f"dossier_type.{dossier.type}")) if dossier else None,
            percent=ground.percent,
            evidence=[say(reason) for reason in ground.reasons],
            persons=[
                PersonNamed(
                    person_id=person.person_id,
                    name=f"{person.family_name} {person.given_names}",
                    birth_date=person.birth_date,
                )
                for person in persons
            ],
        )


class ReviewDetail(Model):
    """A letter that waits, with a short-lived address of its original, and the dossiers in question with evidence.

    ``turns``: how far (degrees clockwise) people turned pages, by the letter's own page number.
    """

    letter: WaitingLetter
    url: str
    expires_at: datetime
    candidates: list[CandidateAnswer]
    turns: dict[int, int]


class PictureAnswer(Model):
    """A short-lived address of a page's picture (JPEG). It lies there some seconds after the letter came to people."""

    page: int
    url: str
    expires_at: datetime


class StepAnswer(Model):
    """A line of a letter's biography."""

    state: str
    at: datetime
    by: str
    text: str

    @classmethod
    def of(cls, step: Step) -> StepAnswer:
        """The line in words."""
        reason = step.reason or Reason(f"letter_state.{step.state}")
        return cls(state=step.state, at=step.at, by=step.by, text=say(reason))


class LetterBiography(Model):
    """What became of a letter and who decided what. Without sender and subject: it proves the way, not the contents."""

    letter_id: str
    batch_id: str
    pages: list[int]
    state: str
    dossier_id: str | None
    destination: str | None
    decided_by: str | None
    reasons: list[str]
    made_from: list[str]
    replaced_by: list[str]
    rescan_id: str | None
    version: int
    history: list[StepAnswer]

    @classmethod
    def of(cls, letter: Letter) -> LetterBiography:
        """The biography in words."""
        return cls(
            letter_id=letter.letter_id,
            batch_id=letter.batch_id,
            pages=list(letter.pages),
            state=letter.state,
            dossier_id=letter.dossier_id,
            destination=letter.destination,
            decided_by=letter.decided_by,
            reasons=[say(reason) for reason in letter.reasons],
            made_from=list(letter.made_from),
            replaced_by=list(letter.replaced_by),
            rescan_id=letter.ordered_rescan or letter.rescan,
            version=letter.version,
            history=[StepAnswer.of(step) for step in letter.history],
        )


class RescanAnswer(Model):
    """An order for a new scan. ``code`` is to be printed (QR) on the sheet before it; ``pages`` are the batch's."""

    rescan_id: str
    code: str
    letter_id: str
    batch_id: str
    pages: list[int]
    reason: str
    ordered_by: str
    ordered_at: datetime

    @classmethod
    def of(cls, order: RescanOrder) -> RescanAnswer:
        """The order in words."""
        return cls(
            rescan_id=order.rescan_id,
            code=rescan_code(order.rescan_id),
            letter_id=order.letter_id,
            batch_id=order.batch_id,
            pages=list(order.pages),
            reason=say(Reason(f"rescan_reason.{order.reason}")),
            ordered_by=order.ordered_by,
            ordered_at=order.since,
        )


class RescanList(Model):
    """Orders the scanning centre has not answered, the oldest first."""

    orders: list[RescanAnswer]
    next: str | None

    @classmethod
    def of(cls, page: RescanPage) -> RescanList:
        """The list in words."""
        return cls(orders=[RescanAnswer.of(order) for order in page.orders], next=page.next_cursor)


def _most(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
