"""German texts of the payments by code, part of the catalogue `texts_de`. Keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAYMENTS: Mapping[str, str] = MappingProxyType(
    {
        # -- categories --
        "categories.empty": "Die Datei enthält keine Kategorie.",
        "categories.missing": "Die Kategorie {code} fehlt. Bisherige Kategorien bleiben stehen und enden mit valid_to.",
        "categories.orphan": "Die Kategorie {code} gilt am {day} nicht, eine Dauerregel von {dossier_id} braucht sie aber.",
        "categories.overlap": "Die Kategorie {code} gilt an diesem Tag schon mit einer anderen Zeile.",
        "categories.unreadable": "Keine CSV-Datei in UTF-8 mit genau diesen Spalten: {columns}",
        "categories.wrong_value": "Die Spalte {column} hat keinen brauchbaren Wert.",
        "cli.categories.account": "Konto",
        "cli.categories.changed": "Inzwischen hat jemand anders Kategorien importiert. Bitte nochmals prüfen.",
        "cli.categories.checked": "Geprüft, nichts geschrieben: {all} Kategorien, {new} neu, {changed} geändert.",
        "cli.categories.code": "Nr.",
        "cli.categories.imported": "{all} Kategorien, {new} neu, {changed} geändert.",
        "cli.categories.name": "Kategorie",
        "cli.categories.until": "Bis",
        # -- bills that the service sends --
        "claim.foreign_person": "Die Person {person_id} gehört nicht zum Dossier {dossier_id}.",
        "claim.no_address": "Von {person_id} ist keine Adresse bekannt.",
        "cli.claim.issued": "Forderung {number}, Referenz {reference}: {file}",
        "cli.claim.no_account": "Für {stage} ist in services.yaml kein receiving_account angegeben.",
        "cli.claim.no_amount": "Kein Betrag in Franken und Rappen, zum Beispiel 250.00.",
        # -- proposals for the coding --
        "coding.category_ended": "Die Kategorie {category} gilt für diese Zeit nicht mehr.",
        "coding.creditor": "Rechnungen dieses Empfängers gehen meist auf Kategorie {category} ({count} von {of}).",
        "coding.debtor": "Die Rechnung lautet auf {person_id}.",
        "coding.last": "Wie die letzte Rechnung dieses Empfängers in diesem Dossier ({invoice_id}).",
        "coding.nothing": "Über diesen Empfänger ist noch nichts bekannt.",
        "coding.other_amount": "Die Dauerregel «{rule}» erwartet {amount}: Der Betrag weicht ab.",
        "coding.period_ahead": "Im Voraus in Rechnung gestellt: {first} bis {last}.",
        "coding.period_date": "Monat der Rechnung: {first} bis {last}.",
        "coding.period_in": "Ohne Datum, daher Monat des Eingangs: {first} bis {last}.",
        "coding.period_said": "Auf der Rechnung steht der Zeitraum {first} bis {last}.",
        "coding.period_service": "Leistungen von {first} bis {last}.",
        "coding.rule": "Dauerregel «{rule}» über {amount}.",
        "coding.ward": "Aus dem Vermögen der betreuten Person bezahlt: keine Kontierung.",
        "coding.words": "Auf der Rechnung steht «{word}»: Kategorie {category}.",
        # -- standing rules --
        "field.foreign_person": "Diese Person gehört nicht zum Dossier.",
        "field.no_category": "Diese Kategorie gibt es nicht, oder sie gilt nicht während der ganzen Zeit.",
        "field.wrong_amount": "Die Toleranz muss kleiner sein als der Betrag.",
        "problem.rule_past": "Dauerregel nicht mehr änderbar",
        "problem.rule_past.detail": "Die Dauerregel ist schon freigegeben oder beendet.",
        "problem.rule_same_person": "Zweite Person nötig",
        "problem.rule_same_person.detail": "Wer eine Dauerregel erfasst hat, kann sie nicht selbst freigeben.",
        "rule.approved": "freigegeben",
        "rule.ended": "beendet",
        "rule.set": "erfasst",
        # -- what made an invoice doubtful when it was registered --
        "invoice.from_text": "Kein lesbarer QR-Code: Die Angaben stammen aus dem Text. Bitte jede bestätigen.",
        "invoice.letter_moved": "Das Dokument liegt jetzt im Dossier {dossier_id}.",
        "invoice.several_codes": "Auf dieser Seite stehen {count} verschiedene Rechnungen.",
    }
)
