"""German texts of the payment runs by code, part of the catalogue `texts_de`. Keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RUNS: Mapping[str, str] = MappingProxyType(
    {
        "invoice.sent_in_emergency": "Ging im Notfall mit {run_id} hinaus: wird nicht nochmals bezahlt.",
        # -- what runs do to invoices --
        "act.not_sent": "war nicht in der Zahlungsdatei: wieder bewilligt",
        "act.release": "im Zahlungslauf freigegeben",
        "act.sent_in_emergency": "im Notfall bezahlt, aber inzwischen geändert",
        "act.sample_wrong": "in der Stichprobe beanstandet und zurückgegeben",
        # -- who did what, for the audit --
        "action.check_payment": "eine Zahlung der Stichprobe geprüft",
        "action.make_run": "einen Zahlungslauf begonnen oder abgebrochen",
        "action.read_run": "Zahlungsläufe angesehen",
        "action.release_run": "einen Zahlungslauf freigegeben",
        # -- the command line --
        "cli.runs.broken_state": "Das ist kein vollständiger Stand der Zahlungen.",
        "cli.runs.emergency": "Notfalldateien für {run_id} nach dem Stand vom {as_of} in {folder}. Danach, vor der "
        "nächsten Zahlung: sozialakte payments import-emergency.",
        "cli.runs.file": "Datei",
        "cli.runs.imported": "{run_id}: {released} Zahlungen freigegeben, {given_back} wieder bewilligt, "
        "{odd} passen nicht.",
        "cli.runs.no_book": "Zu {run_id} gibt es kein Auftragsbuch.",
        "cli.runs.no_state": "Es gibt noch keinen Stand der Zahlungen.",
        "cli.runs.other_sample": "DIE STICHPROBE VON {run_id} IST EINE ANDERE: nachgerechnet {count} Zahlungen mit "
        "dem Startwert {seed}.",
        "cli.runs.payments": "Zahlungen",
        "cli.runs.same_sample": "{run_id}: {count} Zahlungen, nachgerechnet mit dem Startwert {seed}.",
        "cli.runs.state": "{count} Zahlungen nach dem Stand vom {as_of} in {file}.",
        "cli.runs.total": "Summe",
        "cli.runs.try_again": "Jemand anders hat gerade daran gearbeitet. Bitte nochmals.",
        "cli.runs.unchecked": "Achtung: {count} Zahlungen der Stichprobe hat noch niemand geprüft.",
        "cli.runs.unknown": "Es gibt keinen Zahlungslauf {run_id}.",
        # -- emergencies --
        "emergency.changed": "Die Zahlung ging hinaus, die Rechnung wurde aber inzwischen geändert (Stand: {state}). "
        "Sie wird nicht nochmals bezahlt; nach neuer Bewilligung die Datei nochmals einlesen.",
        "emergency.foreign_id": "Die Kennung der Datei (MsgId) ist keine eines Zahlungslaufs.",
        "emergency.has_decided": "Wer erfasst oder bewilligt hat oder das Geld bekommt, gibt nicht frei: "
        "{count} Zahlungen betroffen.",
        "emergency.in_other_run": "DOPPELT: Die Rechnung ist auch im Zahlungslauf {run_id} freigegeben. Bitte bei der "
        "Bank sperren lassen.",
        "emergency.nothing": "Es ist nichts zu zahlen.",
        "emergency.numbers": "Für diesen Tag sind alle 99 Nummern gebraucht. Bitte einen anderen Tag wählen.",
        "emergency.other_amount": "Bezahlt wurden {sent}, geschuldet sind {owed}.",
        "emergency.other_iban": "Bezahlt wurde auf eine andere IBAN, als die Rechnung jetzt nennt.",
        "emergency.other_message": "Das ist keine Zahlungsdatei der Version pain.001.001.09.",
        "emergency.paid_before": "DOPPELT: Die Rechnung war schon bezahlt. Bitte das Geld zurückfordern.",
        "emergency.several_runs": "Bitte alle Dateien eines einzigen Zahlungslaufs angeben.",
        "emergency.unknown": "Zu dieser Zahlung gibt es keine Rechnung.",
        # -- problems --
        "problem.run_changed": "Inzwischen geändert",
        "problem.run_changed.detail": "Am Zahlungslauf hat inzwischen {by} gehandelt: {what}. Bitte neu laden.",
        "problem.run_numbers": "Keine weiteren Läufe",
        "problem.run_numbers.detail": "Für diesen Tag sind alle 99 Nummern gebraucht. Bitte einen anderen Tag wählen.",
        "problem.run_open": "Ein anderer Lauf ist offen",
        "problem.run_open.detail": "Für diesen Tag läuft schon {run_id} ({state}); zuletzt: {by}, {what}. "
        "Bitte zuerst freigeben oder abbrechen.",
        # -- why a payment is looked at --
        "risk.first_payment": "erste Zahlung an diesen Empfänger",
        "risk.from_text": "Angaben aus dem Text gelesen",
        "risk.new_iban": "neue IBAN des Empfängers",
        "risk.partial": "nur ein Teil wird bezahlt",
        "risk.standing_in": "in Stellvertretung bewilligt",
        "risk.twin_cleared": "sieht einer anderen Rechnung ähnlich",
        # -- why something is not paid, or not done --
        "run.changed": "Die Rechnung wurde nach dem Auftragsbuch geändert (Stand: {state}).",
        "run.checked_before": "Diese Zahlung hat schon {by} geprüft.",
        "run.credit_note": "Gutschriften werden nicht überwiesen, sondern verrechnet.",
        "run.execution_day": "Das Ausführungsdatum liegt in der Vergangenheit oder mehr als {most} Tage voraus.",
        "run.has_decided": "Wer eine Rechnung dieses Laufs erfasst oder bewilligt hat, gibt ihn nicht frei.",
        "run.hidden": "Die Rechnung gehört zu einem versiegelten Dossier. Ansehen und prüfen kann sie, wen das Siegel "
        "nennt.",
        "run.in_other_run": "Die Rechnung wird im Zahlungslauf {run_id} bezahlt.",
        "run.no_account": "Der Dienst hat kein Konto, von dem bezahlt wird.",
        "run.no_amount": "Die Rechnung nennt keinen Betrag.",
        "run.no_dossier": "Die Rechnung liegt in keinem Dossier.",
        "run.no_iban": "Die Rechnung nennt keine IBAN.",
        "run.no_ward_account": "Für die betreute Person ist kein Konto erfasst und freigegeben.",
        "run.not_cancellable": "Ein freigegebener Lauf kann nicht mehr abgebrochen werden.",
        "run.not_checking": "Der Zahlungslauf wird gerade nicht geprüft.",
        "run.not_in_sample": "Diese Rechnung gehört nicht zur Stichprobe.",
        "run.not_sent": "Die Rechnung ist nicht in der Datei, die hinausging.",
        "run.others_pay": "Hier bezahlt ein anderes System, nicht Sozialakte.",
        "run.own_invoice": "Wer eine Rechnung erfasst oder bewilligt hat oder das Geld bekommt, prüft sie nicht.",
        "run.payee": "Wer aus diesem Lauf Geld bekommt oder diese Person vertritt, gibt ihn nicht frei.",
        "run.unchecked": "In der Stichprobe sind noch {count} Zahlungen ungeprüft.",
        # -- who did what with a run --
        "run_act.built": "Auftragsbuch geschrieben",
        "run_act.cancelled": "abgebrochen",
        "run_act.checked": "Zahlung geprüft",
        "run_act.exported": "Zahlungsdatei geschrieben",
        "run_act.imported": "Notfalldatei eingelesen",
        "run_act.made": "Zahlungslauf begonnen",
        "run_act.nothing_left": "beendet, weil keine Zahlung übrig blieb",
        "run_act.nothing_to_pay": "beendet, weil nichts zu zahlen war",
        "run_act.released": "freigegeben",
        "run_state.building": "wird zusammengestellt",
        "run_state.cancelled": "abgebrochen",
        "run_state.checking": "in Prüfung",
        "run_state.exported": "Datei geschrieben",
        "run_state.released": "freigegeben",
        # -- wards' accounts --
        "ward_account.approved": "Die Rechnungen von {dossier_id} werden ab jetzt von diesem Konto bezahlt.",
        "ward_account.iban": "Von hier kann nicht bezahlt werden: Es braucht eine Schweizer IBAN, keine QR-IBAN.",
        "ward_account.not_proposed": "Dieses Konto hat niemand vorgeschlagen.",
        "ward_account.proposed": "Vorgeschlagen für {dossier_id}. Jetzt muss eine zweite Person zustimmen.",
        "ward_account.same_person": "Wer das Konto vorgeschlagen hat, kann nicht selbst zustimmen.",
    }
)
