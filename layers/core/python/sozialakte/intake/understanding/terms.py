"""Terms as letters write them ("innert 10 Tagen ab Erhalt"), counted; and days without a year ("bis 4. Dezember")."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from sozialakte.intake.understanding.letter_dates import MONTHS
from sozialakte.intake.understanding.letter_text import DIGITS_MEANT
from sozialakte.shared.names import blur


class Unit(StrEnum):
    """What a term is counted in; working days count as days, which is never later."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Start(StrEnum):
    """The day a term begins with."""

    LETTER = "letter"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class Term:
    """So many units from ``starts``, and where it stands in the text."""

    count: int
    unit: Unit
    starts: Start
    start: int
    end: int


_WORDS = {
    1: "ein eine einen einem einer eines un una", 2: "zwei due", 3: "drei tre", 4: "vier", 5: "fünf cinque", 6: "sechs",
    7: "sieben", 8: "acht otto", 10: "zehn dieci", 14: "vierzehn", 15: "fünfzehn quindici", 20: "zwanzig venti",
    30: "dreissig trenta", 60: "sechzig", 90: "neunzig",
}  # fmt: skip
_NUMBERS: Mapping[str, int] = MappingProxyType(
    {blur(word): number for number, words in _WORDS.items() for word in words.split()}
)
_UNITS: Mapping[str, Unit] = MappingProxyType(
    {"t": Unit.DAYS, "j": Unit.DAYS, "g": Unit.DAYS, "w": Unit.WEEKS, "s": Unit.WEEKS, "m": Unit.MONTHS}
)
_MOST = {Unit.DAYS: 190, Unit.WEEKS: 27, Unit.MONTHS: 6}  # longer ones are no deadline of a letter

TERM_NAME = (
    r"(?!(?:k[üu]ndigungs|liefer|aufbewahrungs|garantie|verj[äa]hrungs|warte|sperr|karenz|schon)frist)"
    r"\w{0,24}frist\w{0,2}"
)
"""Frist, Nachfrist, Rekursfrist; not those that run between others or for years."""

_NUMBER = r"(?P<number>[0-9OolI|]{1,3}|[A-Za-zäöüß]{2,9})"
_UNIT = r"(?P<unit>(?i:(?:arbeits|werk)?t[aä]g|woche|monat|jour|semaine|mois|giorn|settiman|mes[ei]))\w{0,4}"
_TERM = re.compile(
    r"(?i:\b(?:inner[tl]|innerhalb(?: von)?|binnen|in den n[äa]chsten|in den kommenden"
    r"|dans (?:les|un d[ée]lai de)|sous|payable [àa]|vous (?:avez|disposez de|disposez d.un d[ée]lai de)"
    r"|sie haben(?: noch| nun| danach)?(?=(?: \S{1,12}){2,3} zeit\b)"
    r"|entro(?: (?:il|un) termine di)?|(?:nel|un) termine di|termine di (?:pagamento|ricorso|reclamo|opposizione):?"
    r"|(?:ha|avete)(?= \S{1,9} \w{4,6} di tempo\b)"
    rf"|{TERM_NAME}(?: ist| betr[äa]gt| von|:| bis)?)) ?(?:der |einer |eines |von |nochmals |lediglich )?"
    r"(?:\w{5,14} |\w{0,8}[Ff]rist von )?"
    rf"{_NUMBER}[ -]?(?:\(\w{{2,10}}\) ?)?(?:vollen |ganzen )?{_UNIT}\b"
    rf"|\b(?P<days>[0-9]{{1,3}})[- ]?(?i:t[äa]gige\w? (?:\w+ )?frist)"
    r"|\b(?P<net>[0-9]{1,3}) ?Tagen?,? (?:rein )?(?:netto|net\b|ohne Abzug)"
)
_FROM_RECEIPT = re.compile(
    r"(?i)\b(?:ab|seit|nach|mit|von|der|dem|des|deren) (?:\w{3,8} ){0,2}"
    r"(?:zustell|erhalt|er[öo]ffnung|empfang|mitteilung|entgegennahme|bekanntgabe|zugang)"
    r"|\bdal(?:la |l.| )(?:\w{3,8} ){0,2}(?:notific|ricevimento|ricezione|intimazione|comunicazione)"
)
_FROM_ELSEWHERE = re.compile(
    r"(?i)^\W{0,2}(?:nach|ab|seit|vor) (?!heute|datum|briefdatum|rechnung|versand|ausstell|dato|dieses"
    r"|diese[rms]?\b|obige[nm] datum|fakturadatum|verf[üu]gungsdatum|entscheiddatum)"
)
_REACH = 90  # characters after a term that say from when it counts
_DAY = re.compile(
    r"\b(?P<day>[0-9]{1,2})(?:\.? ?(?P<name>[A-Za-zäûé]{3,9})\b(?![.,]? ?(?:19|20)[0-9]{2})"
    r"|\. ?(?P<month>[0-9]{1,2})\.(?! ?[0-9]))"
)
_PART_OF = re.compile(
    r"(?i)\b(?P<part>Anfang|Mitte|Ende|inizio|met[àa]|fine) (?:des |di |del )?"
    r"(?:Monats?|mese|(?P<month>[A-Za-zä]{3,9})(?: (?P<year>20[0-9]{2}))?)\b"
)
_DAY_OF_PART = {"anfang": 1, "inizio": 1, "mitte": 15, "metà": 15, "meta": 15}


def find_terms(sentence: str) -> Iterator[Term]:
    """The terms of a sentence that count from the letter or its receipt."""
    for match in _TERM.finditer(sentence):
        number = _number(match["number"] or match["days"] or match["net"])
        unit = _UNITS[(match["unit"] or "t").lower().removeprefix("arbeits").removeprefix("werk")[0]]
        after = sentence[match.end() : match.end() + _REACH]
        received = _FROM_RECEIPT.search(after) or _FROM_RECEIPT.search(sentence[: match.start()][-_REACH:])
        if number and number <= _MOST[unit] and (received or not _FROM_ELSEWHERE.match(after)):
            yield Term(number, unit, Start.RECEIPT if received else Start.LETTER, match.start(), match.end())


def last_day(term: Term, written_on: date, received_on: date) -> date:
    """The day the term ends."""
    start = received_on if term.starts is Start.RECEIPT else written_on
    if term.unit is Unit.MONTHS:
        return _months_later(start, term.count)
    return start + timedelta(days=term.count * (7 if term.unit is Unit.WEEKS else 1))


def find_days(sentence: str, written_on: date) -> Iterator[tuple[date, int]]:
    """Days without a year and where they stand, the next ones after the letter's date: "4.12.", "Mitte Mai"."""
    for match in _DAY.finditer(sentence):
        month = int(match["month"] or MONTHS.get(blur(match["name"]), 0))
        day = _next(written_on, month, int(match["day"]))
        if day:
            yield day, match.start()
    for match in _PART_OF.finditer(sentence):
        month = MONTHS.get(blur(match["month"]), 0) if match["month"] else written_on.month
        if month:
            year = int(match["year"] or written_on.year + (month < written_on.month))
            yield date(year, month, _DAY_OF_PART.get(match["part"].lower(), monthrange(year, month)[1])), match.start()


def _next(after: date, month: int, day: int) -> date | None:
    for year in (after.year, after.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found >= after:
            return found
    return None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(written: str) -> int:
    digits = written.translate(DIGITS_MEANT)
    return int(digits) if digits.isdigit() else _NUMBERS.get(blur(written), 0)
