"""What lies in a stack of post: sheets between letters, and letters with what must become of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sozialakte.intake.letter import Destination
from tests.demo.letters import Order
from tests.demo.scan_files import Fed
from tests.demo.sheets import Separator


@dataclass(frozen=True)
class Cover:
    """A cover sheet for the letter after it."""

    dossier_id: str


AS_USUAL = Fed()


@dataclass(frozen=True)
class PatchSheet:
    """A separator with the bars of PATCH T and no other code, as it went into the scanner."""

    fed: Fed = AS_USUAL


@dataclass(frozen=True)
class Sheets:
    """What is special about a letter's sheets.

    ``blanks``: empty backs after it, ``through``: its print shows on them. ``stamped``: a stamp over the text of the
    first page; ``stamp_page``: a last page that bears nothing but this stamp. ``by_hand``: it is written by hand.
    """

    fed: Fed = AS_USUAL
    blanks: int = 0
    through: bool = False
    punched: bool = False
    stamped: str = ""
    stamp_page: str = ""
    by_hand: bool = False


PLAIN = Sheets()


@dataclass(frozen=True)
class Haste:
    """Whether a letter is urgent and until when; ``days``: the term begins with the day of receipt."""

    urgent: bool
    deadline: date | None = None
    days: int | None = None


@dataclass(frozen=True)
class Item:
    """A letter in the stack with what must become of it: ``dossier`` and ``inbox``, ``destination``, or a review.

    ``digital``: not scanned; it says what happens to the born-digital PDF, ``notes`` what people must be told of it.
    ``more``: letters that follow without anything between.
    """

    order: Order
    dossier: str | None
    inbox: str | None
    why: str
    sheets: Sheets = PLAIN
    destination: Destination | None = None
    haste: Haste | None = None
    digital: Callable[[bytes], bytes] | None = None
    notes: tuple[str, ...] = ()
    more: tuple[Order, ...] = ()

    @property
    def outcome(self) -> str:
        """The fate of its pages."""
        if self.destination:
            return "forwarded"
        return "filed" if self.dossier else "review"


Stack = list[Separator | Cover | PatchSheet | Item]
