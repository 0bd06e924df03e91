"""Which letters cannot wait, and until when: one rule, one table of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sozialakte.intake.understanding.deadlines import Deadline, Duty
from sozialakte.intake.understanding.kind_words import Kind
from sozialakte.intake.understanding.word_search import WordSearch

_SOON = {Duty.REQUEST: timedelta(days=14), Duty.APPOINTMENT: timedelta(days=7)}

# In the subject these name what cannot wait; * stands for any letters.
_IN_SUBJECT = (
    "*mahnung", "betreibung*", "*zahlungsbefehl", "pfaendung*", "konkursandrohung", "vorladung", "ausweisung*",
    "exmission*", "raeumung*", "fristlos*", "kuendigungsandrohung", "strafbefehl", "stromsperre", "liefersperre",
    "abschaltung", "stromabschaltung", "stromunterbruch", "versorgungsunterbruch", "leistungsaufschub",
    "leistungssperre", "gefaehrdungsmeldung", "dringend", "eilt", "sofort*", "fuersorgerische unterbringung",
    "superprovisorisch*", "vorsorgliche massnahme*", "anhoerung", "*verhandlung", "letzte aufforderung",
    "zahlungsaufforderung", "ausserordentliche kuendigung", "kuendigung", "wohnungskuendigung", "rechtliches gehoer",
    "obhutsentzug",
)  # fmt: skip
# Anywhere in the text these announce it.
_IN_TEXT = (
    "betreibung einleiten", "betreibung einzuleiten", "betreibung ein", "die betreibung eingeleitet", "fristlos*",
    "letzte mahnung", "zahlungsbefehl", "konkursandrohung", "art 257d", "257d or", "wohnung zu raeumen",
    "ausweisungsbegehren", "exmission*", "strom abgestellt", "strom abstellen", "strom abschalten", "strom abzustellen",
    "stromlieferung unterbrechen", "stromlieferung einstellen", "lieferung unterbrechen", "lieferung einzustellen",
    "wird der strom", "superprovisorisch*", "fuersorgerische unterbringung", "vorgeladen", "haftbefehl",
    "ersatzfreiheitsstrafe", "akute gefaehrdung", "kindswohl gefaehrdet",
)  # fmt: skip


@dataclass(frozen=True)
class Urgency:
    """``deadline`` is the first day that binds, also where nothing is urgent (a bill's)."""

    urgent: bool
    deadline: date | None


def urgency_of(kind: Kind, subject: str, text: str, deadlines: Sequence[Deadline], received_on: date) -> Urgency:
    """Whether the letter cannot wait.

    It cannot if it is a reminder, if its words say so, if a right is lost with the term (appeal, summons, any term of
    an authority's ruling), if something is asked for within two weeks of receipt or an appointment is within one. When
    a bill is due is a deadline, but nothing is lost before the reminder: a bill alone is not urgent, or every second
    letter would be.
    """
    binding = [one for one in deadlines if one.duty is not Duty.PAYMENT]
    urgent = (
        kind is Kind.REMINDER
        or WordSearch(subject).has_any(_IN_SUBJECT)
        or WordSearch(text).has_any(_IN_TEXT)
        or any(one.duty in {Duty.REMEDY, Duty.SUMMONS} for one in binding)
        or (kind in {Kind.DECISION, Kind.KESB} and any(one.formal for one in binding))
        or any(one.day <= received_on + _SOON.get(one.duty, timedelta()) for one in binding)
    )
    return Urgency(urgent, min((one.day for one in deadlines), default=None))
