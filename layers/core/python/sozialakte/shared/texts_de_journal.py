"""German texts of the journal and its vouchers by code, part of the catalogue `texts_de`. Keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

JOURNAL: Mapping[str, str] = MappingProxyType(
    {
        # -- accounts outside the commune's --
        "account.unknown": "Konto fehlt",
        "account.ward_bank": "eigenes Konto",
        "account.ward_difference": "eigenes Konto, abzuklären",
        "account.ward_expense": "eigene Ausgaben",
        # -- the journal on the command line --
        "cli.journal.account": "Konto",
        "cli.journal.all": "Alle Monate: gebucht {booked}, beglichene Rechnungen {invoices}. {verdict}",
        "cli.journal.balance": "Saldo",
        "cli.journal.difference": "Davon zusammen {amount} auf Abklärungskonten: Die Bank hat es anders bewegt, als "
        "die Rechnungen sagen (`sozialakte payments money` nennt die Zahlungen).",
        "cli.journal.month": "{month}: Soll {debit}, Haben {credit}, gezählt {counted}; "
        "ausbezahlt {settled}. {verdict}",
        "cli.journal.nothing": "{month}: Nichts gebucht.",
        "cli.journal.not_proven": "DAS GEHT NICHT AUF.",
        "cli.journal.proven": "Das geht auf.",
        "cli.journal.unknown": "{count} Buchungen ohne Konto: Ihre Kategorie fehlt in der Liste.",
        "cli.journal.wrong_month": "Ein Monat wie 2026-11 ist verlangt.",
        "cli.journal.written": "{count} Buchungen geschrieben: {file}",
        # -- who did what, for the audit --
        "action.list_journal": "das Buchungsjournal angesehen",
        "action.read_account": "das Klientenkonto angesehen",
        # -- what happens to a booked invoice --
        "act.booked": "von der Bank gebucht",
        "act.checked": "in der Stichprobe geprüft",
        "act.passed_on": "verbucht und dem führenden System übergeben",
        # -- the voucher as a document --
        "filing.voucher": "Beleg einer Buchung auf diesem Klientenkonto.",
        "voucher.subject_booking": "Buchungsbeleg vom {day}",
        "voucher.subject_reversal": "Stornobeleg vom {day}",
        "voucher_state.asked": "wird abgelegt",
        "voucher_state.filed": "abgelegt",
        "voucher_state.refused": "vom Dossier nicht angenommen",
        "voucher_state.wanted": "wird geschrieben",
        # -- the voucher on paper --
        "voucher_page.acts": "Wer hat was getan",
        "voucher_page.amount": "Betrag",
        "voucher_page.asked": "Gefordert",
        "voucher_page.bank_reference": "Referenz der Bank",
        "voucher_page.booked_on": "Gebucht am",
        "voucher_page.category": "Kategorie",
        "voucher_page.credit": "Haben",
        "voucher_page.credit_note": "Gutschrift {amount}",
        "voucher_page.creditor": "Empfänger",
        "voucher_page.debit": "Soll",
        "voucher_page.difference": "Differenz der Bank, abzuklären",
        "voucher_page.dossier": "Klientenkonto",
        "voucher_page.end_to_end": "Zahlungs-Nr.",
        "voucher_page.foot": "Beleg {voucher_id}",
        "voucher_page.held": "Storno: Die Rechnung gilt nicht mehr als bezahlt. Das Geld ist nicht oder nur in Teilen "
        "zurück und steht auf dem Abklärungskonto. Grund: {why}",
        "voucher_page.iban": "Konto (IBAN)",
        "voucher_page.in_place_of": "{who} für {lead}",
        "voucher_page.invoice_date": "Rechnung vom",
        "voucher_page.invoice_number": "Rechnungs-Nr.",
        "voucher_page.machine": "automatisch",
        "voucher_page.message": "Mitteilung",
        "voucher_page.no_category": "ohne Kategorie",
        "voucher_page.page": "Seite der Rechnung",
        "voucher_page.partial": "Teilzahlung, weil",
        "voucher_page.passed_on": "Bezahlt wird diese Rechnung vom führenden System, nicht von hier.",
        "voucher_page.more_out": "Die Bank hat die Zahlung noch einmal belastet. Das bezahlt keine Rechnung: Es steht "
        "auf dem Konto der Differenzen, bis es mit der Bank geklärt ist.",
        "voucher_page.part_back": "Ein Teil des Geldes ist zurückgekommen. Die Rechnung gilt als bezahlt, bis jemand "
        "entscheidet. Grund: {why}",
        "voucher_page.payer": "Bezahlt von",
        "voucher_page.payment": "Zahlung",
        "voucher_page.period": "Monat",
        "voucher_page.person": "Person",
        "voucher_page.postings": "Buchung",
        "voucher_page.reference": "Referenz",
        "voucher_page.reversed": "Storno: Das Geld ist zurückgekommen. Grund: {why}",
        "voucher_page.run": "Zahlungslauf",
        "voucher_page.sum": "Summe",
        "voucher_page.title_booking": "Buchungsbeleg",
        "voucher_page.title_reversal": "Stornobeleg",
        "voucher_page.unit": "ganze Einheit",
        "voucher_page.what": "Was",
        "voucher_page.when": "Wann",
        "voucher_page.who": "Wer",
    }
)
