"""Until when somebody must act. The letter is of Monday 16 November 2026, received on the 18th."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.understanding.deadlines import Deadline, Duty, find_deadlines

WRITTEN, RECEIVED = date(2026, 11, 16), date(2026, 11, 18)


def deadlines(text: str) -> tuple[Deadline, ...]:
    return find_deadlines(text, WRITTEN, RECEIVED)


@pytest.mark.parametrize(
    ("text", "day", "duty"),
    [
        # Counted from the letter's date, where it names no other beginning.
        ("Wir fordern Sie auf, den Betrag innert 10 Tagen zu bezahlen.", date(2026, 11, 26), Duty.PAYMENT),
        ("Bitte senden Sie uns die Unterlagen innert zwei Wochen.", date(2026, 11, 30), Duty.REQUEST),
        ("Bitte melden Sie sich innerhalb von l0 Tagen.", date(2026, 11, 26), Duty.REQUEST),
        ("Zahlbar innert 30 Tagen netto.", date(2026, 12, 16), Duty.PAYMENT),
        ("Zahlungskonditionen: 30 Tage netto", date(2026, 12, 16), Duty.PAYMENT),
        ("Zahlungsfrist: 30 Tage", date(2026, 12, 16), Duty.PAYMENT),
        ("Wir setzen Ihnen eine Frist von 20 Tagen zur Stellungnahme.", date(2026, 12, 6), Duty.REQUEST),
        ("Es gilt eine 10-tägige Frist für Ihre Antwort.", date(2026, 11, 26), Duty.REQUEST),
        ("Bitte in den nächsten zehn Tagen zurücksenden.", date(2026, 11, 26), Duty.REQUEST),
        ("Bericht bitte innert eines Monats einreichen.", date(2026, 12, 16), Duty.REQUEST),
        ("Wird nicht innert 10 Tagen bezahlt, werden wir die Betreibung einleiten.", date(2026, 11, 26), Duty.PAYMENT),
        ("Zahlbar innert 30 Tagen ab Rechnungsdatum", date(2026, 12, 16), Duty.PAYMENT),
        # Counted from receipt.
        ("Beschwerde kann innert 30 Tagen seit Zustellung erhoben werden.", date(2026, 12, 18), Duty.REMEDY),
        ("innert 10 Tagen nach Erhalt dieses Schreibens Einsprache erheben", date(2026, 11, 28), Duty.REMEDY),
        ("Ab Eröffnung kann innert 20 Tagen Rekurs eingelegt werden.", date(2026, 12, 8), Duty.REMEDY),
        ("Rechtsvorschlag innert 10 Tagen ab Mitteilung", date(2026, 11, 28), Duty.REMEDY),
        ("Besehwerde innert 30 Tagen seit der Zustellung", date(2026, 12, 18), Duty.REMEDY),
        # A day.
        ("Bitte antworten Sie bis spätestens 30.11.2026.", date(2026, 11, 30), Duty.REQUEST),
        ("Zahlbar bis 04.12.2026", date(2026, 12, 4), Duty.PAYMENT),
        ("Bitte retournieren Sie das Formular bis am Freitag, 4. Dezember.", date(2026, 12, 4), Duty.REQUEST),
        ("Ihre Stellungnahme erwarten wir bis zum 15. Januar.", date(2027, 1, 15), Duty.REQUEST),
        ("Frist: 30.11.2026", date(2026, 11, 30), Duty.REQUEST),
        ("Fällig am 30.11.2026", date(2026, 11, 30), Duty.PAYMENT),
        ("Die Verbilligung ist bis Ende Dezember 2026 anzumelden, bitte.", date(2026, 12, 31), Duty.REQUEST),
        ("Zahlbar bis\n04.12.2026", date(2026, 12, 4), Duty.PAYMENT),
        ("Payable à 30 jours", date(2026, 12, 16), Duty.PAYMENT),
        # As letters say it, too.
        ("Rekursfrist: 20 Tage", date(2026, 12, 6), Duty.REMEDY),
        ("Beschwerdefrist 30 Tage ab Eröffnung", date(2026, 12, 18), Duty.REMEDY),
        ("Sie haben 10 Tage Zeit, um Rechtsvorschlag zu erheben.", date(2026, 11, 26), Duty.REMEDY),
        ("Sie haben noch zehn Tage Zeit für Ihre Antwort.", date(2026, 11, 26), Duty.REQUEST),
        ("Die Frist läuft am 4. Dezember ab.", date(2026, 12, 4), Duty.REQUEST),
        ("Die Einsprachefrist gegen diesen Entscheid endet am 4. Dezember 2026.", date(2026, 12, 4), Duty.REMEDY),
        ("Räumung der Wohnung bis 31. März 2027", date(2027, 3, 31), Duty.SUMMONS),
        ("Bitte senden Sie das Formular bis spätestens Mitte Dezember zurück.", date(2026, 12, 15), Duty.REQUEST),
        ("Wir bitten um Antwort bis Anfang Januar.", date(2027, 1, 1), Duty.REQUEST),
        ("Vous avez 30 jours pour faire opposition.", date(2026, 12, 16), Duty.REMEDY),
        ("Veuillez répondre jusqu'au 30 novembre 2026.", date(2026, 11, 30), Duty.REQUEST),
        # Italian.
        ("Entro 30 giorni", date(2026, 12, 16), Duty.REQUEST),
        ("La preghiamo di rispondere entro 10 giorni.", date(2026, 11, 26), Duty.REQUEST),
        ("Da pagare entro trenta giorni", date(2026, 12, 16), Duty.PAYMENT),
        ("Pagabile entro il 4 dicembre 2026", date(2026, 12, 4), Duty.PAYMENT),
        ("Voglia inviarci i documenti entro e non oltre il 04.12.2026.", date(2026, 12, 4), Duty.REQUEST),
        ("I documenti vanno presentati entro il 4 dicembre.", date(2026, 12, 4), Duty.REQUEST),
        ("I moduli sono da consegnare al più tardi il 4 dicembre 2026.", date(2026, 12, 4), Duty.REQUEST),
        ("Le assegniamo un termine di 10 giorni per rispondere.", date(2026, 11, 26), Duty.REQUEST),
        ("Termine di pagamento: 30 giorni", date(2026, 12, 16), Duty.PAYMENT),
        ("Contro la decisione è dato ricorso entro 30 giorni dalla notificazione.", date(2026, 12, 18), Duty.REMEDY),
        ("Può fare opposizione nel termine di 30 giorni dalla notifica.", date(2026, 12, 18), Duty.REMEDY),
        ("Reclamo entro dieci giorni dal ricevimento della presente", date(2026, 11, 28), Duty.REMEDY),
        ("Ha 10 giorni di tempo per fare opposizione.", date(2026, 11, 26), Duty.REMEDY),
        ("Risposta entro 2 settimane, p.f.", date(2026, 11, 30), Duty.REQUEST),
        ("Il contributo va versato entro un mese.", date(2026, 12, 16), Duty.PAYMENT),
        ("Si prega di rispondere entro fine dicembre.", date(2026, 12, 31), Duty.REQUEST),
        ("I documenti vanno inviati entro la fine del mese.", date(2026, 11, 30), Duty.REQUEST),
        ("Veuillez répondre jusqu'au 4 décembre.", date(2026, 12, 4), Duty.REQUEST),
        # Somewhere to be.
        ("Die Verhandlung findet am Dienstag, 8. Dezember 2026, 14.00 Uhr, statt.", date(2026, 12, 8), Duty.SUMMONS),
        ("Sie werden auf den 8. Dezember 2026 vorgeladen.", date(2026, 12, 8), Duty.SUMMONS),
        ("Die Pfändung wird am 1. Dezember 2026 vollzogen.", date(2026, 12, 1), Duty.SUMMONS),
        ("Wir laden Sie zum Gespräch am 2. Dezember 2026 ein.", date(2026, 12, 2), Duty.APPOINTMENT),
    ],
)
def test_a_deadline_is_found_and_counted(text: str, day: date, duty: Duty) -> None:
    assert [(one.day, one.duty) for one in deadlines(text.replace("bis\n", "bis "))] == [(day, duty)]


@pytest.mark.parametrize(
    "text",
    [
        "Wir werden Ihnen innert 10 Tagen antworten.",
        "Innert 10 Tagen erhalten Sie von uns eine Bestätigung.",
        "Hospitalisation vom 10.10.2026 bis 11.12.2026",
        "Es besteht eine Arbeitsunfähigkeit von 100 % bis 01.12.2026.",
        "Der Umzug ist innert 14 Tagen nach dem Einzug zu melden.",
        "Amoxicillin 1-1-1 bis 04.12.2026",
        "Mietzinsanpassung per 01.01.2027",
        "Ihre Zahlungsfrist bis 30.09.2026 ist abgelaufen.",
        "innert 10 Tagen 2 % Skonto",
        "Die Ansprüche verjähren innert 24 Monaten.",
        "Die Kündigungsfrist beträgt 3 Monate.",
        "Sie haben 5 Tage Ferien im Monat.",
        "Er wohnt seit Mitte Dezember in Luzern.",
        "La disdetta ha un termine di 24 mesi.",
        "Le risponderemo entro 10 giorni.",
        "Incapacità lavorativa dal 10 ottobre 2026 fino al 4 dicembre 2026",
        "È nata il 4 dicembre.",
        "Il termine di disdetta è di 3 mesi.",
        "",
    ],
)
def test_what_binds_nobody_here_is_no_deadline(text: str) -> None:
    assert deadlines(text) == ()


def test_the_earliest_deadline_that_binds_comes_first() -> None:
    text = "Gegen die Verfügung kann innert 30 Tagen Einsprache erhoben werden. Bitte antworten Sie bis 23.11.2026."

    assert [one.duty for one in deadlines(text)] == [Duty.REQUEST, Duty.REMEDY]


def test_a_month_ends_with_its_last_day() -> None:
    written = date(2026, 1, 31)

    (deadline,) = find_deadlines("Bitte innert eines Monats antworten.", written, written)
    assert deadline.day == date(2026, 2, 28)


@given(st.integers(1, 90), st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 10))
def test_a_term_from_the_letter_is_never_later_than_one_from_its_receipt(days: int, written: date, late: int) -> None:
    received = written + timedelta(days=late)
    (from_letter,) = find_deadlines(f"Bitte innert {days} Tagen antworten", written, received)
    (from_receipt,) = find_deadlines(f"Bitte innert {days} Tagen seit Zustellung antworten", written, received)

    assert from_letter.day == written + timedelta(days=days) <= from_receipt.day == received + timedelta(days=days)


@given(st.text(max_size=400))
def test_no_deadline_lies_before_the_letter(text: str) -> None:
    assert all(one.day >= WRITTEN for one in deadlines(text))
