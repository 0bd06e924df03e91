"""Where a letter may be two: only proposed, a person decides. A wrong proposal costs a minute, so precision counts.

A new letter begins with an address or a salutation. So a page proposes a cut only if it begins like a letter to us, to
the same addressee as the first page, or to nobody: enclosures, copies of letters to the client, reply forms and
annexes do not, whatever pages they count. What comes before such a page gives the reason: a payment part, a page count
that has ended or begins anew. A bill enclosed in a letter is no cut: it is about the same person, and what is paid is
read from its code.

Two payment parts with different references are two bills, unless the second page is nothing but a payment part of the
same creditor for the same debtor: then it is an instalment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from sozialakte.intake.letter_facts import ProposedCut
from sozialakte.intake.readings import PageReading
from sozialakte.intake.understanding.bill_parties import BillParties, bill_parties
from sozialakte.intake.understanding.letter_parts import LetterParts, parts_of
from sozialakte.intake.understanding.letter_text import lines_of, tidy
from sozialakte.intake.understanding.offices import Office, office_in
from sozialakte.intake.understanding.page_numbers import PageNumber, find_page_number
from sozialakte.shared.names import blur
from sozialakte.shared.reasons import Reason

_SAME_ADDRESS = 75  # per cent alike
_BARE_PAYMENT_PART = 1200  # characters: a payment part with its receipt has 400 to 900
_COPY = re.compile(r"(?i)\b(?:kopie|duplikat|copie|zur kenntnisnahme)\b")


@dataclass(frozen=True)
class _Page:
    """What a page shows of where letters begin and end."""

    page: int
    size: int
    parts: LetterParts
    counted: PageNumber | None
    bills: tuple[BillParties, ...]

    @property
    def begins(self) -> bool:
        """Two of address, salutation, and date or reference."""
        signs = (self.parts.window, self.parts.salutation, self.parts.references)
        return sum(map(bool, signs)) >= 2 and not any(_COPY.search(line) for line in self.parts.head)


def propose_cuts(readings: Sequence[PageReading]) -> tuple[ProposedCut, ...]:
    """The pages on which another letter may begin, in order, each with its reason."""
    pages = [_page(reading) for reading in readings] if len(readings) > 1 else []
    begun = {page.page: reason for before, page in pairwise(pages) if (reason := _begun(pages[0], before, page))}
    for page, reason in _second_bills(pages, frozenset(begun)):
        begun.setdefault(page, reason)
    return tuple(ProposedCut(page, begun[page]) for page in sorted(begun))


def _page(reading: PageReading) -> _Page:
    text = tidy(reading.text)
    return _Page(reading.page, len(text), parts_of(text), find_page_number(lines_of(text)), bill_parties([reading]))


def _begun(first: _Page, before: _Page, page: _Page) -> Reason | None:
    """Why a new letter may begin with ``page``."""
    goes_on = page.counted and (page.counted.number > 1 or (before.counted and page.counted.follows(before.counted)))
    if goes_on or not page.begins or not _may_be_post(first.parts.window, page.parts.window):
        return None
    if before.bills:
        return Reason("cut.after_payment_part", {"page": str(page.page)})
    if before.counted and (page.counted or before.counted.is_last):
        return Reason("cut.pages_restart", {"page": str(page.page)})
    return Reason("cut.new_letter", {"page": str(page.page)})


def _may_be_post(one: Sequence[str], other: Sequence[str]) -> bool:
    """Us, or nearly the same lines; where one of them was not found nobody can say they differ."""
    if not one or not other or office_in(other) is Office.SOCIAL_SERVICE:
        return True
    return fuzz.ratio(blur(" ".join(one)), blur(" ".join(other))) >= _SAME_ADDRESS


def _second_bills(pages: Sequence[_Page], begun: frozenset[int]) -> Iterator[tuple[int, Reason]]:
    """Between two bills, unless a cut is proposed there already."""
    for one, other in pairwise(page for page in pages if page.bills):
        between = [page for page in pages if one.page < page.page <= other.page]
        if not begun & {page.page for page in between} and _are_two_bills(one, other) and not _counted_on(one, between):
            yield between[0].page, Reason("cut.second_bill", {"page": str(between[0].page)})


def _are_two_bills(one: _Page, other: _Page) -> bool:
    if {bill.same_payment for bill in one.bills} & {bill.same_payment for bill in other.bills}:
        return False
    same_parties = {(bill.iban, bill.debtor) for bill in one.bills} & {(bill.iban, bill.debtor) for bill in other.bills}
    instalment = same_parties and 0 < other.size < _BARE_PAYMENT_PART and not other.begins
    return not instalment


def _counted_on(one: _Page, between: Sequence[_Page]) -> bool:
    """The pages count on from the first bill to the second."""
    counts = [one.counted, *(page.counted for page in between)]
    return all(before and page and page.follows(before) for before, page in pairwise(counts))
