"""The routes that give the review desk's views as HTML. JSON carries it: no browser ever shows the answer itself as a
page, and every error stays what it is on all other routes.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from sozialakte.intake.desk.queue import Held
from sozialakte.intake.desk.reading_routes import ReadingRoutes, ReasonCode
from sozialakte.intake.desk.subjects import letter_subject
from sozialakte.intake.desk.views.forwarded_view import forwarded_said, forwarded_view
from sozialakte.intake.desk.views.letter_view import letter_said, letter_view
from sozialakte.intake.desk.views.queue_view import Chosen, queue_said, queue_view
from sozialakte.intake.letter import Destination
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.parameters import Cursor, LetterInPath
from sozialakte.shared.access import Action
from sozialakte.shared.ids import BatchId
from sozialakte.shared.model import Model


class DeskView(Model):
    """A part of the page: its markup, every text in it escaped, and what a screen reader says of it."""

    html: str
    said: str = Field(description="one sentence, plain text")


@dataclass(frozen=True)
class ViewRoutes:
    """The queue and a letter as people see them in the browser."""

    api: Api

    def add(self) -> None:
        """Add them to the API."""
        self.api.get("/intake/desk", Guard(Action.LIST_REVIEW, lambda _: "review"))(self.view_queue)
        forwarded = Guard(Action.LIST_FORWARDED, lambda asked: f"forwarded#{asked.text('destination')}")
        self.api.get("/intake/desk/forwarded/<destination>", forwarded)(self.view_forwarded)
        self.api.get("/intake/desk/<letter_id>", Guard(Action.READ_LETTER, letter_subject))(self.view_letter)

    def view_queue(
        self,
        kind: Kind | None = None,
        urgent: bool | None = None,  # noqa: FBT001 (a query parameter)
        claimed: Held | None = None,
        reason: ReasonCode | None = None,
        batch: BatchId | None = None,
        cursor: Cursor | None = None,
    ) -> DeskView:
        """The queue of the review desk as markup; filters as in the list itself."""
        queue = ReadingRoutes(self.api).list_review(kind, reason, urgent, batch, claimed, cursor)
        chosen = Chosen(kind, urgent, claimed, reason, batch, first_page=cursor is None)
        return DeskView(html=queue_view(queue, chosen), said=queue_said(queue))

    def view_forwarded(self, destination: Destination, cursor: Cursor | None = None) -> DeskView:
        """Letters forwarded to a destination that nobody has taken yet, as markup."""
        waiting = ReadingRoutes(self.api).list_forwarded(destination, cursor)
        html = forwarded_view(waiting, destination, first_page=cursor is None)
        return DeskView(html=html, said=forwarded_said(waiting))

    def view_letter(self, letter_id: LetterInPath) -> DeskView:
        """A letter in review or forwarded as markup: candidates with reasons, decisions, and places for its pages."""
        detail = ReadingRoutes(self.api).read_letter(letter_id)
        return DeskView(html=letter_view(detail, self.api.asked.staff.staff_id), said=letter_said(detail))
