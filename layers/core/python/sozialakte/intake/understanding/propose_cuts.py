"""Where a letter may be two: only proposed, a person decides. A wrong proposal costs a minute, so precision counts.

A new letter begins with an address or a salutation. So a page proposes a cut if it begins like a letter to us, to the
same addressee as the first page, or to nobody: copies of letters to the client, reply forms and annexes do not. What
comes before such a page gives the reason: a payment part, a page count that has ended or begins anew. A page that only
has a letterhead of its own, or only begins a new count of pages, may be a letter, too, unless the letter speaks of
enclosures or the page calls itself one. A page that hardly says more than that it is a separator or cover sheet is one
whose code is torn or blotted: what follows is another letter. A bill enclosed in a letter is no cut: it is about the
same person, and what is paid is read from its code.

Two payment parts with different references are one letter if the same creditor wants them from the same debtor:
instalments, or bills sent together. Else they are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from sozialakte.intake.letter_facts import ProposedCut
from sozialakte.intake.readings import PageReading
from sozialakte.intake.understanding.address_lines import address_blocks, unwrapped
from sozialakte.intake.understanding.bill_parties import BillParties, bill_parties
from sozialakte.intake.understanding.letter_parts import LetterParts, parts_of
from sozialakte.intake.understanding.letter_text import lines_of, tidy
from sozialakte.intake.understanding.offices import Office, office_in
from sozialakte.intake.understanding.page_numbers import PageNumber, find_page_number
from sozialakte.shared.names import blur
from sozialakte.shared.reasons import Reason

_SAME_ADDRESS = 75  # per cent alike
_COPY = re.compile(r"(?i)\b(?:kopie|duplikat|copie|zur kenntnisnahme)\b")
_ENCLOSURE = re.compile(
    r"(?i)^\W*(?:beilage|anhang|annexe?\b|allgemeine\w* \w*(?:bedingung|bestimmung)|agb\b|merkblatt|formular|antwort"
    r"|r[üu]ckantwort|fragebogen|vollmacht|vertrag|checkliste|tarif|preisliste)"
)
_ENCLOSES = re.compile(
    r"(?im)^\W*(?:\d )?(?:beilagen?|anh[äa]nge?|annexes?|erw[äa]hnt\w*)\b|\bbeiliegend|\bin der beilage"
)
_SHEET = re.compile(r"(?im)^\W*(?:trenn(?:blatt|seite)|deckblatt|pa[ti]ch[ -]?t|separator sheet)\b(?!.*[.:]$)")
_SHEET_WORDS = 20  # that a separator or cover sheet has at most
_TO_SOMEBODY = re.compile(r"(?:Herrn?|Frau|Familie|Firma)\b")
_TITLE = 4  # lines at the top of a page that say what it is
_LETTERHEAD = 8  # lines at the top of a page that hold the sender's address
_SAME_NAME = 80  # per cent alike
_SHORTER = 0.8  # of a name: a line this much shorter only shares a word with it


@dataclass(frozen=True)
class _Page:
    """What a page shows of where letters begin and end."""

    page: int
    lines: tuple[str, ...]
    parts: LetterParts
    counted: PageNumber | None
    bills: tuple[BillParties, ...]

    @property
    def begins(self) -> bool:
        """Two of address, salutation, and date or reference."""
        signs = (self.parts.window, self.parts.salutation, self.parts.references)
        return sum(map(bool, signs)) >= 2 and not any(_COPY.search(line) for line in self.parts.head)

    @cached_property
    def is_sheet(self) -> bool:
        """It hardly says more than that it is a separator or cover sheet."""
        return sum(len(line.split()) for line in self.lines) <= _SHEET_WORDS and any(map(_SHEET.match, self.lines))

    @cached_property
    def is_enclosure(self) -> bool:
        """It says itself that it is a part of something."""
        title = any(map(_ENCLOSURE.match, self.lines[:_TITLE]))
        return title or any(map(_COPY.search, self.lines[:_LETTERHEAD]))

    @cached_property
    def encloses(self) -> bool:
        """It says that something comes with it."""
        return _ENCLOSES.search("\n".join(self.lines)) is not None

    @cached_property
    def letterhead(self) -> str:
        """The name above an address at the top that is nobody's window; empty if there is none."""
        lines = unwrapped(self.lines[:_LETTERHEAD])
        name = next((lines[block.start] for block in address_blocks(lines) if len(block) > 1), "")
        is_window = self.parts.window and name != self.parts.window[0]
        return "" if is_window or _TO_SOMEBODY.match(name) else name


def propose_cuts(readings: Sequence[PageReading]) -> tuple[ProposedCut, ...]:
    """The pages on which another letter may begin, in order, each with its reason."""
    pages = [_page(reading) for reading in readings] if len(readings) > 1 else []
    begun: dict[int, Reason] = {}
    for at in range(1, len(pages)):
        if reason := _begun(pages[:at], pages[at]):
            begun[pages[at].page] = reason
    for second, reason in _second_bills(pages, frozenset(begun)):
        begun.setdefault(second, reason)
    return tuple(ProposedCut(page, begun[page]) for page in sorted(begun))


def _page(reading: PageReading) -> _Page:
    text = tidy(reading.text)
    lines = lines_of(text)
    return _Page(reading.page, lines, parts_of(text), find_page_number(lines), bill_parties([reading]))


def _begun(earlier: Sequence[_Page], page: _Page) -> Reason | None:
    """Why a new letter may begin with ``page``."""
    before = earlier[-1]
    if before.is_sheet:
        return None  # what follows it belongs to it: the cut is before the sheet
    if page.is_sheet:
        return Reason("cut.sheet_without_code", {"page": str(page.page)})
    goes_on = page.counted and (page.counted.number > 1 or (before.counted and page.counted.follows(before.counted)))
    if goes_on:
        return None
    is_ours = _may_be_post(earlier[0].parts.window, page.parts.window)
    if page.begins and is_ours:
        code: str | None = _after_another(before, page)
    else:
        code = _unannounced(earlier, page, is_ours=is_ours)
    return Reason(code, {"page": str(page.page)}) if code else None


def _after_another(before: _Page, page: _Page) -> str:
    if before.bills:
        return "cut.after_payment_part"
    return "cut.pages_restart" if before.counted and (page.counted or before.counted.is_last) else "cut.new_letter"


def _unannounced(earlier: Sequence[_Page], page: _Page, *, is_ours: bool) -> str | None:
    """A page that does not begin like a letter, and that nothing calls an enclosure."""
    if page.is_enclosure or any(one.encloses for one in earlier):
        return None
    if is_ours and _restarts(earlier[-1].counted, page.counted):
        return "cut.pages_restart"
    return "cut.letterhead" if page.letterhead and _is_new(page.letterhead, (earlier[0], earlier[-1])) else None


def _restarts(before: PageNumber | None, counted: PageNumber | None) -> bool:
    """Both say of how many they are one, and the later begins again."""
    return bool(before and before.total and counted and counted.total and counted.number == 1)


def _is_new(name: str, pages: Sequence[_Page]) -> bool:
    """The pages name nobody so."""
    wanted = blur(name)
    lines = (blur(line) for page in pages for line in page.lines if len(line) >= _SHORTER * len(wanted))
    return all(fuzz.partial_ratio(wanted, line) < _SAME_NAME for line in lines)


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
    """Neither the same payment nor the same parties."""
    if {bill.same_payment for bill in one.bills} & {bill.same_payment for bill in other.bills}:
        return False
    return not {(bill.iban, bill.debtor) for bill in one.bills} & {(bill.iban, bill.debtor) for bill in other.bills}


def _counted_on(one: _Page, between: Sequence[_Page]) -> bool:
    """The pages count on from the first bill to the second."""
    counts = [one.counted, *(page.counted for page in between)]
    return all(before and page and page.follows(before) for before, page in pairwise(counts))
