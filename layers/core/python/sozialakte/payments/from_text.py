"""A bill without QR code: what its text lets us propose. A person confirms or corrects every single value.

IBANs and references prove themselves by their check digits, also where the scanner took O for 0; what does not prove
itself is proposed only for IBANs, and says so. Every proposal tells where it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from sozialakte.intake import PageText, letter_date, payment_deadlines
from sozialakte.payments.amounts import amounts_in
from sozialakte.payments.check_digits import (
    IBAN_LENGTH,
    has_swiss_form,
    is_creditor_reference,
    is_qr_reference,
    is_swiss_iban,
)
from sozialakte.payments.slip_kinds import SlipKind, slip_kind
from sozialakte.shared.money import Money

T = TypeVar("T")
_MOST_LINES = 1000  # of a paper that are looked at
_LONGEST_LINE = 300  # characters
_MOST = 5  # proposals for a value
_DIGITS_MEANT = str.maketrans("OoDQIl|!ZSB", "00001111258")

_GAP = "[ .\u00a0-]{0,2}"
_IBAN = re.compile(rf"(?:[CG]{_GAP}[H#]|L{_GAP}[I1l])(?:{_GAP}[0-9A-Za-z|!]){{19}}(?![0-9A-Za-z])")
_QR_REFERENCE = re.compile(rf"(?<![0-9A-Za-z])[0-9OoIl|SB](?:{_GAP}[0-9OoIl|SB]){{26}}(?![0-9A-Za-z])")
_CREDITOR_REFERENCE = re.compile(r"(?<![0-9A-Za-z])R[F|P] ?[0-9OIl]{2}(?: ?[0-9A-Z]{1,4}){1,6}(?![0-9A-Za-z])")
_INVOICE_NUMBER = re.compile(
    r"(?i)(?:\b(?:rechnung|rechnungs|rg|re|faktura|fakturen|beleg|facture|fattura|invoice)[-. ]{0,2}"
    r"(?:(?:nummer|num[eé]ro|nr|no|n)\b|n°)[.:]{0,2}|\b(?:rechnung|faktura|facture|fattura)\b:?)"
    r" {0,3}(?P<number>(?=[\w./-]{0,30}[0-9])[0-9A-Z][\w./-]{1,30}\w)"
)
_ACCOUNT_HOLDER = re.compile(r"(?i)zahlbar an|payable [àa]|pagabile a|zugunsten|en faveur de|a favore di|kontoinhaber")
_FIRM = re.compile(
    r"\b(?:AG|GmbH|S[AÀ]|S[àa]rl|Sagl|KlG|Genossenschaft|Stiftung|Verein|Praxis|Klinik|Spital|Apotheke|Stadtwerke|"
    r"Krankenkasse|Versicherung(?:en)?|Immobilien|Verwaltung|Gemeinde|Dr\. ?(?:med|iur|phil)?|Zahn[äa]rzt\w*|Fondation|"
    r"Pharmacie|H[oô]pital|Cabinet|Studio|Fondazione|Farmacia|Comune)\b"
)
_LETTERHEAD = 12  # lines


@dataclass(frozen=True)
class Proposal(Generic[T]):
    """A value and where it was read: the page, and the line as it stands there. ``proven``: by its check digits."""

    value: T
    page: int
    text: str
    proven: bool = False


@dataclass(frozen=True)
class ProposedBill:
    """What a paper without QR code may ask for, for each value the likeliest first. Nothing here is confirmed."""

    kind: SlipKind
    ibans: tuple[Proposal[str], ...] = ()
    references: tuple[Proposal[str], ...] = ()
    amounts: tuple[Proposal[Money], ...] = ()
    due_dates: tuple[Proposal[date], ...] = ()
    invoice_dates: tuple[Proposal[date], ...] = ()
    invoice_numbers: tuple[Proposal[str], ...] = ()
    creditors: tuple[Proposal[str], ...] = ()
    needs_confirmation: Literal[True] = True


@dataclass(frozen=True)
class _Line:
    page: int
    text: str

    def proposes(self, value: T, *, proven: bool = False) -> Proposal[T]:
        return Proposal(value, self.page, self.text, proven)


def propose_bill(pages: Sequence[PageText], received_on: date) -> ProposedBill:
    """What the texts of a paper's pages let us propose; ``received_on`` is where terms from receipt begin."""
    lines = list(_lines(pages))
    texts = [line.text for line in lines]
    written_on = letter_date(texts, received_on)
    dated = (line.proposes(written_on) for line in lines if written_on and _names(line, written_on, received_on))
    return ProposedBill(
        kind=slip_kind("\n".join(texts)),
        ibans=_likeliest(sorted(_ibans(lines), key=lambda one: not one.proven)),
        references=_likeliest(_references(lines)),
        amounts=_likeliest(_amounts(lines)),
        due_dates=_likeliest(_due_dates(lines, written_on or received_on, received_on)),
        invoice_dates=_likeliest(dated),
        invoice_numbers=_likeliest(_invoice_numbers(lines)),
        creditors=_likeliest(_creditors(lines)),
    )


def _lines(pages: Iterable[PageText]) -> Iterator[_Line]:
    left = _MOST_LINES
    for page in pages:
        told = [line.strip()[:_LONGEST_LINE] for line in page.text.splitlines()[:left] if line.strip()]
        left -= len(told)
        yield from (_Line(page.page, " ".join(line.split())) for line in told)


def _likeliest(proposals: Iterable[Proposal[T]]) -> tuple[Proposal[T], ...]:
    """Each value once, at the first place, and not too many."""
    first: dict[T, Proposal[T]] = {}
    for proposal in proposals:
        first.setdefault(proposal.value, proposal)
    return tuple(first.values())[:_MOST]


def _ibans(lines: Sequence[_Line]) -> Iterator[Proposal[str]]:
    for line in lines:
        for match in _IBAN.finditer(line.text):
            written = "".join(filter(lambda char: char.isalnum() or char in "|!#", match[0]))
            country = "LI" if written[0] == "L" else "CH"
            readings = {country + rest for rest in _digit_readings(written[2:IBAN_LENGTH])}
            proven = sorted(filter(is_swiss_iban, readings))
            likely = proven[:1] or sorted(filter(has_swiss_form, readings))[:1]
            yield from (line.proposes(iban, proven=bool(proven)) for iban in likely)


def _digit_readings(written: str) -> set[str]:
    """As written, with digits where only digits can stand, and with digits everywhere."""
    upper, digits = written.upper(), written.translate(_DIGITS_MEANT).upper()
    return {upper, digits[:7] + upper[7:], digits}


def _references(lines: Sequence[_Line]) -> Iterator[Proposal[str]]:
    """Only what proves itself: other numbers of so many digits stand on letters, too."""
    for line in lines:
        for match in _QR_REFERENCE.finditer(line.text):
            digits = "".join(filter(str.isdigit, match[0].translate(_DIGITS_MEANT)))
            if is_qr_reference(digits):
                yield line.proposes(digits, proven=True)
        for match in _CREDITOR_REFERENCE.finditer(line.text):
            yield from (line.proposes(found, proven=True) for found in _creditor_references(match[0]))


def _creditor_references(written: str) -> Iterator[str]:
    """The reference, without words after it that a blank joins."""
    groups = written.split()
    for count in range(len(groups), 0, -1):
        squeezed = "".join(groups[:count]).upper()
        reference = "RF" + squeezed[2:4].translate(_DIGITS_MEANT) + squeezed[4:]
        if is_creditor_reference(reference):
            yield reference
            return


def _amounts(lines: Sequence[_Line]) -> list[Proposal[Money]]:
    """Those called a total first, among equals the largest."""
    before = [_Line(0, ""), *lines]
    weighed = [
        (found.weight, line.proposes(found.money))
        for above, line in zip(before, lines, strict=False)
        for found in amounts_in(line.text, above.text)
    ]
    return [one for _, one in sorted(weighed, key=lambda each: (-each[0], -each[1].value.amount))]


def _due_dates(lines: Sequence[_Line], written_on: date, received_on: date) -> Iterator[Proposal[date]]:
    """From single lines first, then from what is wrapped onto the next one."""
    for line in lines:
        yield from (line.proposes(day) for day in payment_deadlines(line.text, written_on, received_on))
    for line, below in pairwise(lines):
        joined = _Line(line.page, f"{line.text} {below.text}")
        yield from (joined.proposes(day) for day in payment_deadlines(joined.text, written_on, received_on))


def _names(line: _Line, day: date, received_on: date) -> bool:
    return letter_date([line.text], received_on) == day


def _invoice_numbers(lines: Sequence[_Line]) -> Iterator[Proposal[str]]:
    for line in lines:
        for match in _INVOICE_NUMBER.finditer(line.text):
            if not re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}){1,2}", match["number"]):
                yield line.proposes(match["number"])


def _creditors(lines: Sequence[_Line]) -> Iterator[Proposal[str]]:
    """Who is called the account's holder; then firms on the letterhead; then its first line."""
    for at, line in enumerate(lines):
        if _ACCOUNT_HOLDER.search(line.text):
            named = (below for below in lines[at + 1 : at + 4] if _is_name(below.text))
            yield from (below.proposes(below.text) for below in list(named)[:1])
    head = [line for line in lines[:_LETTERHEAD] if _is_name(line.text)]
    yield from (line.proposes(line.text) for line in head if _FIRM.search(line.text))
    yield from (line.proposes(line.text) for line in head[:1])


def _is_name(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= 3 and letters > sum(map(str.isdigit, text)) and not _IBAN.search(text)
