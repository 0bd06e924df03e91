"""What a letter says, as far as the machine understands it: facts for people, and who and what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from sozialakte.intake.identifiers import find_ahv_numbers, find_birth_dates, find_dossier_numbers
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.pages.sheet_codes import SheetKind, parse
from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.address_lines import find_address
from sozialakte.intake.understanding.addressee import Addressee, addressee_of
from sozialakte.intake.understanding.bill_parties import BillParties, bill_parties
from sozialakte.intake.understanding.deadlines import Deadline, find_deadlines
from sozialakte.intake.understanding.kinds import Kind, Surroundings, kind_of
from sozialakte.intake.understanding.letter_dates import find_stamped, find_written_on
from sozialakte.intake.understanding.letter_parts import LetterParts, closes, parts_of
from sozialakte.intake.understanding.letter_text import LONGEST_LETTER, flowing, lines_of, tidy
from sozialakte.intake.understanding.letterhead import sender_keys, sender_of, subject_of
from sozialakte.intake.understanding.page_gaps import find_page_gaps
from sozialakte.intake.understanding.parties import debtors, people_addressed, private_sender
from sozialakte.intake.understanding.people_named import Lines, NamedPerson, people_in, with_owners
from sozialakte.intake.understanding.propose_cuts import propose_cuts
from sozialakte.intake.understanding.references import Reference, find_references
from sozialakte.intake.understanding.urgency import urgency_of
from sozialakte.shared.ahv_number import display_ahv_number
from sozialakte.shared.reasons import Reason

AHV_NUMBERS = "ahv_numbers"
DOSSIER_NUMBERS = "dossier_numbers"
BIRTH_DATES = "birth_dates"
_SIGNATURE = 2  # lines below the closing formula; enclosures and copies follow


@dataclass(frozen=True)
class LetterContents:
    """``identifiers`` by sort: AHV numbers as people write them, dossier numbers, birth dates as ISO dates.

    ``references`` are the sender's numbers for the person, ``sender_keys`` what the sender is known by, the most
    certain first: together they may have been seen before. ``gaps``: pages missing by the printed count.
    """

    facts: LetterFacts
    identifiers: Mapping[str, list[str]]
    addressee: Addressee
    people: tuple[NamedPerson, ...] = ()
    references: tuple[Reference, ...] = ()
    sender_keys: tuple[str, ...] = ()
    bills: tuple[BillParties, ...] = ()
    gaps: tuple[Reason, ...] = ()

    @property
    def kind(self) -> str:
        """What kind of letter it is."""
        return self.facts.kind


def read_letter(readings: Sequence[PageReading], received_on: date) -> LetterContents:
    """The contents of a letter from what was read of its pages, in order. Any text gives some contents."""
    letter = _letter(readings)
    sender = sender_of(letter.parts, letter.bills)
    addressee = addressee_of(letter.parts)
    return LetterContents(
        facts=_facts(letter, sender, received_on, readings),
        identifiers=_identifiers("\n".join(reading.text for reading in readings)),
        addressee=addressee,
        people=_people(letter, sender, addressee, received_on),
        references=find_references(letter.text),
        sender_keys=sender_keys(letter.text, sender, letter.parts, letter.bills),
        bills=letter.bills,
        gaps=find_page_gaps(readings),
    )


@dataclass(frozen=True)
class _Letter:
    """A letter taken apart: the parts of its first page, tidy text by page, the lines that flow by page."""

    parts: LetterParts
    pages: tuple[str, ...]
    flows: tuple[tuple[int, tuple[str, ...]], ...]
    bills: tuple[BillParties, ...]

    @property
    def text(self) -> str:
        """The text, line by line."""
        return "\n".join(self.pages)

    @property
    def flow(self) -> str:
        """The head but for letterhead and address, then the text with wrapped lines joined."""
        head = (*self.parts.references, *self.parts.subject)
        return "\n".join((*head, *(line for _, part in self.flows for line in part)))


def _letter(readings: Sequence[PageReading]) -> _Letter:
    pages: list[str] = []
    for reading in readings:
        pages.append(tidy(reading.text)[: LONGEST_LETTER - sum(map(len, pages))])
    parts = parts_of(pages[0] if pages else "")
    lines = [parts.body, *(_above_signature(page) for page in pages[1:])]
    flows = ((at, tuple(flowing(part).split("\n"))) for at, part in enumerate(lines, start=1))
    return _Letter(parts, tuple(pages), tuple(flows), bill_parties(readings))


def _above_signature(page: str) -> tuple[str, ...]:
    return tuple(takewhile(lambda line: not closes(line), lines_of(page)))


def _facts(letter: _Letter, sender: str | None, received_on: date, readings: Sequence[PageReading]) -> LetterFacts:
    lines = lines_of(letter.text)
    written_on, subject = find_written_on(lines, received_on), subject_of(letter.parts)
    kind = _kind(letter, sender, subject)
    receipt = _receipt(find_stamped(lines), written_on, received_on)
    deadlines = _deadlines(letter, readings, written_on or receipt, receipt)
    urgency = urgency_of(kind, subject or "", letter.flow, deadlines, receipt)
    return LetterFacts(
        kind=kind.value,
        written_on=written_on,
        sender=sender,
        subject=subject,
        urgent=urgency.urgent,
        deadline=urgency.deadline,
        unread_pages=tuple(one.page for one in readings if one.unread or one.source is TextSource.UNREADABLE),
        proposed_cuts=propose_cuts(readings),
        notes=_distinct(note for reading in readings for note in reading.notes),
    )


def _kind(letter: _Letter, sender: str | None, subject: str | None) -> Kind:
    parts = letter.parts
    names = (sender or "", *parts.top, *parts.back, *parts.closing[:_SIGNATURE])
    around = Surroundings(
        subject=subject or "",
        sender="\n".join(line for line in names if not find_address(line).street),
        annex="\n".join(letter.pages[1:]),
        has_payment_part=bool(letter.bills),
        private=bool(private_sender(sender, parts)),
    )
    return kind_of("\n".join(line for line in lines_of("".join(letter.pages[:1])) if line not in parts.window), around)


def _deadlines(letter: _Letter, readings: Sequence[PageReading], written_on: date, receipt: date) -> Sequence[Deadline]:
    """What a reply form of ours asks for binds the client who has filled it in, not us."""
    codes = (parse(code.text) for reading in readings for code in reading.codes)
    if any(code is not None and code.kind is SheetKind.REPLY for code in codes):
        return ()
    return find_deadlines(letter.flow, written_on, receipt)


def _receipt(stamped: date | None, written_on: date | None, received_on: date) -> date:
    """The stamp of receipt is earlier than the scan; one that cannot be right does not count."""
    possible = stamped and (written_on or stamped) <= stamped <= received_on
    return stamped if stamped and possible else received_on


def _people(letter: _Letter, sender: str | None, addressee: Addressee, received_on: date) -> tuple[NamedPerson, ...]:
    parts = letter.parts
    writers = private_sender(sender, parts)
    lines = Lines(parts.subject, (*parts.top, *parts.references), letter.flows)
    named = people_in(lines, received_on, writes_for_self=bool(writers))
    ends = (*people_addressed(addressee), *writers)
    return (*with_owners(named, ends), *debtors(letter.bills, letter.text))


def _identifiers(text: str) -> dict[str, list[str]]:
    return {
        AHV_NUMBERS: [display_ahv_number(number) for number in find_ahv_numbers(text)],
        DOSSIER_NUMBERS: list(find_dossier_numbers(text)),
        BIRTH_DATES: [day.isoformat() for day in find_birth_dates(text)],
    }


def _distinct(notes: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons hold mappings and have no hash."""
    kept: list[Reason] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return tuple(kept)
