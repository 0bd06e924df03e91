"""Until when somebody must act: terms ("innert 10 Tagen"), dates ("bis spätestens 30.11.2026") and appointments.

How terms count: Art. 77 OR, Art. 142 ZPO, Art. 38 ATSG: the day a term begins with does not count, weeks end on the
same weekday, months on the same day of the month or its last one. A term that the letter counts from service or
receipt begins on the day of receipt, any other one with the letter's date, which is never later. The law moves an end
on a weekend or holiday to the next working day and lets terms rest in court holidays; we do not: a date that is too
early costs a look, one that is too late a right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sozialakte.intake.understanding.letter_dates import find_dates
from sozialakte.intake.understanding.terms import TERM_NAME, find_days, find_terms, last_day


class Duty(StrEnum):
    """What must be done by a deadline."""

    PAYMENT = "payment"
    REMEDY = "remedy"
    REQUEST = "request"
    SUMMONS = "summons"
    APPOINTMENT = "appointment"


@dataclass(frozen=True)
class Deadline:
    """The last day to act; ``formal``: the letter calls it a term ("Frist")."""

    day: date
    duty: Duty
    formal: bool = False


_LONGEST_SENTENCE = 600
_REACH = 100  # characters before a date that call it a term
_SENTENCE_END = re.compile(r"(?<=[a-zäöü)%]{2})[.!?] (?=[A-ZÄÖÜ])|\n")
_REMEDY = re.compile(
    r"(?i)einsprach|bes[ce]hwerd|rekurs|berufung|rechtsvorschl|rechtsmittel|anfecht|angefochten|einwand|einw[äa]nde"
    r"|weiterzug|begr[üu]ndung verlang|\bopposi[tz]ion|\brecours\b|\bricorso\b|\breclamo\b"
)
_PAYMENT = re.compile(
    r"(?i)zahl|payable|netto|[üu]berweis|beglich|begleich|f[äa]llig|einzuzahlen|valuta|entricht"
    r"|\bpaga(?:re|mento|bil)|\bversa(?:re|mento|t[oi])\b"
)
_REQUEST = re.compile(
    r"(?i)\bbitte|ersuch|auffordern|aufgefordert|fordern wir|einzureich|einreich|retourn|zur[üu]cksend|zur[üu]ckzusend"
    r"|r[üu]ckmeld|mitteil|mitzuteil|stellungnahme|antwort|einsend|einzusend|zustellen|zuzustell|nachreich|anmeld"
    r"|angemeldet|erwarten|ben[öo]tigen|vorzulegen|abzugeben|best[äa]tig|veuillez|\bpri[eo]ns?\b|retourner|renvoyer"
    r"|\bpreg(?:hiamo|o)\b|\bvoglia\b|\brispo(?:sta|ndere)\b|\binvia|\bconsegna|\bpresenta(?:re|t[oaie])\b|\btrasmette"
)
_SUMMONS = re.compile(
    r"(?i)vorlad|vorgeladen|verhandlung|anh[öo]rung|begutacht|pf[äa]ndung|ausweisung|exmission|r[äa]umung|abstell|abschalt"
)
_LEAVE = re.compile(r"(?i)\br[äa]umung|\b(?:ge)?r[äa]umen\b|\bausweisung|\bexmission")
_APPOINTMENT = re.compile(
    r"(?i)termin\b|einlad|laden wir|eingeladen|gespr[äa]ch|[üu]bergabe|sitzung|erscheinen|findet|statt"
)
_FORMAL = re.compile(r"(?i)frist|innert|innerhalb|binnen|sp[äa]testens|\bentro\b|\bal pi[ùu] tardi\b")
_WEEKDAY = r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch),?"
_UNTIL = re.compile(
    rf"(?i)(?:\b{TERM_NAME} (?:[^.;]{{0,60}} )?(?:l[äa]uft|endet)|\bjusqu.?[àa]u?|\bbis|sp[äa]testens|\bfrist"
    r"|\bentro(?: e non oltre)?(?: il| la)?|\bal pi[ùu] tardi(?: il)?"
    r"|f[äa]llig(?:keit)?|(?:einsende|anmelde|eingabe)schluss|zahlungstermin)\w{0,12}:?"
    rf"(?: (?:am|zum|und mit|sp[äa]testens|den|bis|per|ist|{_WEEKDAY}),?){{0,4}} ?$"
)
_RANGE = re.compile(
    r"(?i)(?:\b(?:vo[nm]|ab|seit)|-|\u2013) ?[^a-z]{0,14}(?:[0-9]{1,4}"
    r"|(?:januar|februar|m[äa]rz|april|mai|juni|juli|august|september|oktober|november|dezember)(?: [0-9]{4})?)"
    r"[.,]? bis(?: zum| und mit| am)? ?$"
)
_ON = re.compile(rf"(?i)(?:\b(?:am|auf(?: den)?|vom|per|{_WEEKDAY})|:)(?: den)? ?$")
_OURS = re.compile(
    r"(?i)(?:\b(?:wir|ich) (?:werden|melden|pr[üu]fen|senden|[üu]berweisen|zahlen)\b|\b(?:werden|melden) wir"
    r"|\berhalten sie|\bwird ihnen|\brisponderemo|\bcontatteremo|\bricever[àe])[^,;]{0,80}$"
)
"""What the sender promises binds nobody here."""
_OURS_AFTER = re.compile(r"(?i)^ ?(?:werden|melden|erhalten|senden|[üu]berweisen) (?:wir|sie|ich)\b")
_DISCOUNT = re.compile(r"^.{0,12}(?:%|Skonto)")


def find_deadlines(text: str, written_on: date, received_on: date) -> tuple[Deadline, ...]:
    """The deadlines of a letter (`flowing` text) that had not passed when it was written, the earliest first."""
    sentences = (sentence[:_LONGEST_SENTENCE] for sentence in _SENTENCE_END.split(text))
    found = {deadline for sentence in sentences for deadline in _in_sentence(sentence, written_on, received_on)}
    return tuple(sorted((one for one in found if one.day >= written_on), key=lambda one: (one.day, one.duty)))


def _in_sentence(sentence: str, written_on: date, received_on: date) -> Iterator[Deadline]:
    for term in find_terms(sentence):
        before, after = sentence[: term.start], sentence[term.end :]
        if not (_OURS.search(before) or _OURS_AFTER.match(after) or _DISCOUNT.match(after)):
            yield Deadline(last_day(term, written_on, received_on), _duty(sentence), formal=True)
    days = [(found.day, found.start) for found in find_dates(sentence)]
    for day, start in (*days, *find_days(sentence, written_on)):
        duty = _duty_on(sentence, sentence[:start])
        if duty:
            yield Deadline(day, duty, _FORMAL.search(sentence) is not None)


def _duty_on(sentence: str, before: str) -> Duty | None:
    """What must be done until or on a date; None if it is a date of something else."""
    if _UNTIL.search(before) and not _RANGE.search(before) and not _OURS.search(before):
        if _LEAVE.search(sentence):
            return Duty.SUMMONS
        binds = _PAYMENT.search(sentence) or _REQUEST.search(sentence) or _REMEDY.search(sentence)
        return _duty(sentence) if binds or _FORMAL.search(before[-_REACH:]) else None
    if not _ON.search(before):
        return None
    if _SUMMONS.search(sentence):
        return Duty.SUMMONS
    return Duty.APPOINTMENT if _APPOINTMENT.search(sentence) else None


def _duty(sentence: str) -> Duty:
    if _REMEDY.search(sentence):
        return Duty.REMEDY
    return Duty.PAYMENT if _PAYMENT.search(sentence) else Duty.REQUEST
