"""The parts of a letter's page by the habits of Swiss business letters: letterhead, address window, subject, body.

The window stands above date, subject and salutation (SN 010130); what a scan gives is these lines in reading order,
with stamps and marks among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sozialakte.intake.understanding.address_lines import address_blocks, find_address, return_address, unwrapped
from sozialakte.intake.understanding.letter_dates import BIRTH_MARK, find_dates
from sozialakte.intake.understanding.letter_text import lines_of, tidy
from sozialakte.intake.understanding.offices import Office, office_in
from sozialakte.shared.names import fold

_SALUTATION = re.compile(
    r"sehr geehrte|guten (?:tag|morgen|abend)\b|gr(?:ue|u)ezi|liebe[rs]? |werte[rs]? |geschaetzte|hallo\b|hoi "
    r"|madame monsieur|mesdames|messieurs|bonjour|chere? |dear |gentile|egregi"
)
_USUAL = ("guten tag", "sehr geehrte damen und herren", "sehr geehrter herr", "sehr geehrte frau")
_MISREAD = 90  # per cent alike
_LONGEST_SALUTATION = 90
_CLOSING = re.compile(
    r"(?:mit |viele |beste |liebe |herzliche )*(?:freundl\w+|beste\w?|liebe\w?|herzl\w+|viele\w?)"
    r" gr(?:ue|u)(?:ss|b)\w*|hochachtungsvoll|meilleures salutations|cordiali saluti|freundlich gruesst"
)
_AHV = re.compile(r"\b7[5S]6[. ]?[0-9]{4}|\b(?:AHV|Vers\.? ?-?Nr)", re.ASCII)
_TO_A_PERSON = re.compile(r"(?:Herrn?|Frau|Familie|Firma)\b")
_STAMP = re.compile(r"(?i)\be[il1|]ngegangen\b|\bposteingang\b")
_REFERENCE = re.compile(
    r"(?i)^\W{0,3}(?:(?:ihre?|unsere?|meine?|[iu])[\s/]{0,2}(?:zeichen|referenz|ref\b|nachricht|schreiben)|unserzeichen"
    r"|[\w/ .-]{0,30}?(?:[- \u2013](?:nr|no)\b|nummer\b|zeichen\b|referenz\b|datum\b)|telefon|direktwahl|tel\b|e-?mail"
    r"|sachbearbeit|kontakt|auskunft|zust[äa]ndig|seite\b|beilage|kopie\b|duplikat\b|einschreiben|a-post|b-post"
    r"|p\.? ?p\.?$|vertraulich|pers[öo]nlich|per (?:e-?mail|post)\b|mwst|uid\b)"
)
_LABELLED_NUMBER = re.compile(r"^[^\W\d]{3,24}(?: [^\W\d]{2,12})?: ?[A-Z]{0,3}[-/. ]?[0-9][0-9A-Z/. -]{2,24}$")
_TITLE = re.compile(r"^\W{0,3}[A-ZÀ-Þ]\w{4,30} (?:[Nn]r|[Nn]o)\.? ?[0-9]")
"""Rechnung Nr. 114: a heading; Kunden-Nr.: 114 is a reference."""
_DATE_WORDS = frozenset({"den", "der", "vom", "am"})
_HEAD_WITH_SALUTATION, _HEAD_WITHOUT = 70, 30  # lines of a head at most
_HEAD_BELOW_WINDOW = 14
_PARAGRAPH = 75  # characters of a line that is no heading
_LINES_OF_SUBJECT, _LINES_OF_HEADING = 5, 4
_HEADING = 60  # characters of a line of a heading


@dataclass(frozen=True)
class LetterParts:
    """Lines by part; a part that is not found is empty.

    ``top``: letterhead and whatever else stands above the subject. ``window``: the address of whom the letter is for.
    ``back``: the address it comes from. ``references``: labelled numbers, dates, contacts. ``subject``: the lines
    between these and the salutation.
    """

    top: tuple[str, ...] = ()
    window: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    salutation: str = ""
    body: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """Everything above the salutation but the window."""
        return (*self.top, *self.back, *self.references, *self.subject)


def parts_of(text: str) -> LetterParts:
    """The parts of a page that begins a letter; a page that does not has most of its lines in the body."""
    lines = unwrapped(without_stamps(lines_of(tidy(text))))
    greeting = next((at for at, line in enumerate(lines[:_HEAD_WITH_SALUTATION]) if greets(line)), None)
    blocks = address_blocks(lines[: _HEAD_WITHOUT if greeting is None else greeting])
    window = _window(lines, blocks)
    sender = next((block for block in blocks if block.stop <= window.start or not window), range(0))
    end = greeting if greeting is not None else _end_of_head(lines, window.stop)
    rest = lines[end:] if greeting is None else lines[end + 1 :]
    closing = next((at for at, line in enumerate(rest) if closes(line)), len(rest))
    free = [at for at in range(end) if at not in window and at not in sender]
    references = [at for at in free if _is_reference(lines[at])]
    above = window.stop if window else next((at for at in references if find_dates(lines[at])), -1) + 1
    below = [at for at in free if at >= above and at not in references]
    subject = _subject(lines, below, greeted=greeting is not None)
    return LetterParts(
        top=tuple(lines[at] for at in free if at < above and at not in references),
        window=tuple(lines[at] for at in window),
        back=tuple(lines[at] for at in sender),
        references=tuple(lines[at] for at in references),
        subject=tuple(lines[at] for at in subject),
        salutation="" if greeting is None else lines[greeting],
        body=(*(lines[at] for at in below if at not in subject), *rest[:closing]),
        closing=tuple(rest[closing + 1 :]),
    )


def greets(line: str) -> bool:
    """Whether the line is a salutation."""
    if len(line) > _LONGEST_SALUTATION or closes(line):
        return False
    folded = fold(line)
    return _SALUTATION.match(folded) is not None or any(fuzz.ratio(folded, one) >= _MISREAD for one in _USUAL)


def closes(line: str) -> bool:
    """Whether the line is the closing formula."""
    return len(line) < 70 and _CLOSING.match(fold(line)) is not None


def names_somebody(line: str) -> bool:
    """Whether a line says whom the letter is about: with birth date, AHV number or address."""
    address = find_address(line)
    return bool(_AHV.search(line) or BIRTH_MARK.search(line) or (address.street and address.postal_code))


def without_stamps(lines: Sequence[str]) -> list[str]:
    """The lines without the stamp of receipt (word, date, our name), which says nothing of the addressee."""
    kept: list[str] = []
    expected = 0  # parts of the stamp that may still come
    for line in lines:
        stamp = _STAMP.search(line)
        if stamp:
            expected = 2 - bool(find_dates(line[stamp.start() :]))
            kept.append(line[: stamp.start()])
        elif expected:
            rest = _without_date(line) if expected == 2 else _without_our_name(line)
            expected -= rest != line
            kept.append(rest)
        else:
            kept.append(line)
    return [line.strip() for line in kept if line.strip()]


def _without_date(line: str) -> str:
    dates = find_dates(line)
    return line[: dates[0].start] if dates else line


def _without_our_name(line: str) -> str:
    words = line.split()
    for start in reversed(range(max(0, len(words) - 4), len(words))):
        if office_in([" ".join(words[start:])]) is Office.SOCIAL_SERVICE:
            return " ".join(words[:start])
    return line


def _window(lines: Sequence[str], blocks: Sequence[range]) -> range:
    """The addressee's block: below the letterhead, the one that names us before others."""
    if not blocks:
        return range(0)
    offices = {block: office_in([lines[at] for at in block]) for block in blocks}
    start = blocks[0].start
    letterhead = start == 0 or (start == 1 and len(blocks) > 1 and not return_address(lines[0]))
    below = [block for block in blocks if not letterhead or block != blocks[0]]
    ours = [block for block in (*below, blocks[0]) if offices[block] is Office.SOCIAL_SERVICE]
    others = [block for block in below if offices[block]]
    # Columns may be read in another order: the address of a person may stand first, one of ours too.
    to_person = blocks[:1] if _TO_A_PERSON.match(lines[start]) else []
    return next(iter((*ours, *others, *to_person, *below)), range(0))


def _subject(lines: Sequence[str], below: Sequence[int], *, greeted: bool) -> list[int]:
    """Of the lines below window, references and date: all down to the salutation, or without one a heading's."""
    if greeted:
        return list(below[-_LINES_OF_SUBJECT:])
    heading = list(below[:1])
    for at in below[1:_LINES_OF_HEADING]:
        if lines[at].endswith((".", ":")) or not (len(lines[at]) <= _HEADING or names_somebody(lines[at])):
            break
        heading.append(at)
    return heading


def _end_of_head(lines: Sequence[str], below: int) -> int:
    """Where the text begins if nobody is greeted: at the first line as long as a paragraph's."""
    for at in range(below, min(len(lines), below + _HEAD_BELOW_WINDOW)):
        if len(lines[at]) >= _PARAGRAPH:
            return at
    return min(len(lines), below + _HEAD_BELOW_WINDOW)


def _is_reference(line: str) -> bool:
    """A labelled number, a date with its place, a number alone, a way to reach somebody."""
    dates = find_dates(line)
    without = line[: dates[0].start] + line[dates[-1].end :] if dates else line
    words = [word for word in re.findall(r"[^\W\d_]{3,}", without) if word not in _DATE_WORDS]
    labelled = (_REFERENCE.match(line) and not _TITLE.match(line)) or _LABELLED_NUMBER.match(line)
    return not names_somebody(line) and bool(labelled or not words or (dates and len(words) < 2))
