"""Which letters cannot wait."""

from __future__ import annotations

from datetime import date

import pytest

from sozialakte.intake.understanding.deadlines import Deadline, Duty
from sozialakte.intake.understanding.kinds import Kind
from sozialakte.intake.understanding.urgency import Urgency, urgency_of

RECEIVED = date(2026, 11, 18)


def urgency(
    kind: Kind = Kind.OTHER, subject: str = "", text: str = "", deadlines: tuple[Deadline, ...] = ()
) -> Urgency:
    return urgency_of(kind, subject, text, deadlines, RECEIVED)


@pytest.mark.parametrize(
    "subject",
    [
        "Letzte Mahnung",
        "Zahlungsbefehl in der Betreibung Nr. 17",
        "Konkursandrohung",
        "Fristlose Kündigung des Arbeitsverhältnisses",
        "Kündigung der Wohnung",
        "Ausweisung aus der Mietwohnung",
        "Ankündigung Stromabschaltung",
        "Vorladung zur Verhandlung",
        "Vor1adung",
        "Gefährdungsmeldung",
        "Verfügung: Rechtliches Gehör",
    ],
)
def test_some_subjects_cannot_wait(subject: str) -> None:
    assert urgency(subject=subject).urgent


@pytest.mark.parametrize(
    "text",
    [
        "Andernfalls leiten wir ohne weitere Ankündigung die Betreibung ein.",
        "Ohne Zahlung wird der Strom abgestellt.",
        "Wir kündigen nach Art. 257d OR.",
    ],
)
def test_some_announcements_cannot_wait(text: str) -> None:
    assert urgency(text=text).urgent


def test_a_reminder_cannot_wait_whatever_it_says() -> None:
    assert urgency(Kind.REMINDER).urgent


@pytest.mark.parametrize(
    ("kind", "deadline", "urgent"),
    [
        (Kind.BILL, Deadline(date(2026, 11, 20), Duty.PAYMENT, formal=True), False),
        (Kind.OTHER, Deadline(date(2026, 12, 18), Duty.REMEDY), True),
        (Kind.OTHER, Deadline(date(2026, 12, 18), Duty.SUMMONS), True),
        (Kind.OTHER, Deadline(date(2026, 12, 2), Duty.REQUEST), True),
        (Kind.OTHER, Deadline(date(2026, 12, 3), Duty.REQUEST), False),
        (Kind.OTHER, Deadline(date(2026, 11, 25), Duty.APPOINTMENT), True),
        (Kind.OTHER, Deadline(date(2026, 11, 26), Duty.APPOINTMENT), False),
        (Kind.KESB, Deadline(date(2026, 12, 31), Duty.REQUEST, formal=True), True),
        (Kind.KESB, Deadline(date(2026, 12, 31), Duty.REQUEST), False),
    ],
)
def test_a_deadline_is_urgent_by_what_is_lost_with_it(kind: Kind, deadline: Deadline, urgent: bool) -> None:
    found = urgency(kind, deadlines=(deadline,))

    assert (found.urgent, found.deadline) == (urgent, deadline.day)


def test_the_first_deadline_counts() -> None:
    later, sooner = Deadline(date(2026, 12, 18), Duty.REMEDY), Deadline(date(2026, 12, 1), Duty.PAYMENT)

    assert urgency(deadlines=(later, sooner)).deadline == date(2026, 12, 1)


def test_a_letter_without_a_word_of_it_can_wait() -> None:
    text = "Es liegen mehrere Betreibungen vor. Für Fragen stehen wir zur Verfügung."

    assert urgency(Kind.LANDLORD, "Hausordnung", text) == Urgency(urgent=False, deadline=None)
