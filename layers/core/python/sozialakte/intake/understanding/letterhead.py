"""Who writes and what about, from the head of the letter: sender, subject, and the keys by which a sender is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from stdnum.ch import uid
from stdnum.exceptions import ValidationError

from sozialakte.intake.understanding.address_lines import find_address, is_place, postal_code_of, return_address
from sozialakte.intake.understanding.bill_parties import BillParties
from sozialakte.intake.understanding.letter_parts import LetterParts, names_somebody
from sozialakte.intake.understanding.letter_text import DIGITS_MEANT
from sozialakte.intake.understanding.names_in_text import find_mentions
from sozialakte.intake.understanding.people_words import is_organisation
from sozialakte.shared.names import blur, fold

_LONGEST_SENDER = 80
_LONGEST_SUBJECT = 200
_SAME = 88  # per cent alike: the same name, read twice
_UID = re.compile(r"\bCHE[-. ]{0,3}(?:[0-9OolI]{3}[. ]{0,2}){2}[0-9OolI]{3}(?![0-9])")
_LABEL = 25  # characters of a label before a name: "Versicherte Person: "
_ROOM = 30  # characters beside a street in a line that is an address
_TITLES = re.compile(r"(?i)ung\b|\bin sachen\b|bericht|zeugnis|entscheid|urteil|gesuch|mahnung|abrechnung|vertrag")
_BETRIFFT = re.compile(r"(?i)^\W{0,3}(?:betrifft|betreff|betr\.|concerne|objet|re:)[:.\s]{0,3}")
_STATE = re.compile(r"(?:stadt|gemeinde|kanton|stadtverwaltung|gemeindeverwaltung|republik|canton)\b[a-z ]{0,30}")
_JUNK = re.compile(r"^(?:[^\w]+|\w{1,2}\W{0,2} )(?=[A-ZÀ-Þ]\w{2,})")


def sender_of(parts: LetterParts, bills: Sequence[BillParties]) -> str | None:
    """The sender's name as on the letterhead; of a body of state with the office below it.

    The line above the window is the cleanest copy (letterheads come with pieces of the logo), unless it only names a
    department. Without a letterhead whoever signs is the sender, then the creditor of the bill.
    """
    returned = [found.name for line in parts.top if (found := return_address(line))]
    letterhead = [_without_junk(line) for line in (*parts.back, *parts.top) if _may_be_name(line)]
    signed = [line for line in parts.closing if _may_be_name(line)]
    above = sorted([*returned, *letterhead[:1]], key=lambda name: not is_organisation(fold(name)))
    names = [*above, *signed[:1], *(bill.creditor for bill in bills if bill.creditor)]
    return _with_office(names[0], letterhead)[:_LONGEST_SENDER] if names else None


def subject_of(parts: LetterParts) -> str | None:
    """The lines of the subject as one, without "Betrifft", and without those that only name the person."""
    told = [line for line in parts.subject if not _only_names_somebody(line)] or parts.subject
    title = told if parts.salutation else told[:1]
    subject = _BETRIFFT.sub("", " ".join(title)).strip(" .:;-")
    return subject[:_LONGEST_SUBJECT] or None


def _only_names_somebody(line: str) -> bool:
    """A name with nothing but a label before it, or an address."""
    if is_place(line) or _TITLES.search(line):
        return is_place(line)
    named = names_somebody(line) or any(mention.start <= _LABEL for mention in find_mentions(line, bare=True))
    street = find_address(line).street
    return named or (street is not None and len(street) + _ROOM > len(line))


def sender_keys(text: str, sender: str | None, parts: LetterParts, bills: Sequence[BillParties]) -> tuple[str, ...]:
    """How this sender is known, the most certain key first: enterprise number, account, name with postal code.

    They may hold names and accounts: only hashes of them belong into a table's keys.
    """
    code = postal_code_of((*parts.back, *parts.top))
    name = [f"name:{fold(f'{sender} {code}')}"] if sender and code else []
    accounts = (f"iban:{bill.iban}" for bill in bills if bill.iban)
    return tuple(dict.fromkeys([*_enterprise_numbers(text), *accounts, *name]))


def _enterprise_numbers(text: str) -> Iterator[str]:
    """STANDARDS 1.6: nine digits with a check digit; what is misread does not fit it."""
    for match in _UID.finditer(text):
        number = "CHE" + re.sub(r"[^0-9]", "", match.group()[3:].translate(DIGITS_MEANT))
        try:
            yield f"uid:{uid.validate(number)}"
        except ValidationError:
            continue


def _may_be_name(line: str) -> bool:
    letters = sum(map(str.isalpha, line))
    return letters >= 4 and letters * 2 > len(line) and len(line) <= _LONGEST_SENDER and "@" not in line


def _without_junk(line: str) -> str:
    """Without what a logo leaves before the name: a sign, a letter or two."""
    return _JUNK.sub("", line)


def _with_office(name: str, letterhead: Sequence[str]) -> str:
    """Of a body of state ("Stadt Luzern") the office writes; it stands in the line below."""
    if not _STATE.fullmatch(fold(name)):
        return name
    after = [line for line in letterhead if fuzz.ratio(blur(line), blur(name)) < _SAME]
    return f"{name}, {after[0]}" if after else name
