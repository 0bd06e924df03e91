"""German texts of the bank's answers and of money that comes in, part of the catalogue `texts_de`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BANK_ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        # -- who did what, for the audit --
        "action.assign_money": "eingegangenes Geld zugeordnet",
        "action.decide_money_back": "über eine zurückgekommene Zahlung entschieden",
        "action.list_bank": "Auffälliges in den Meldungen der Bank aufgelistet",
        "action.list_claims": "die Forderungen des Dossiers aufgelistet",
        "action.list_money": "eingegangenes Geld aufgelistet",
        # -- claims and money --
        "bank_file_state.refused": "abgewiesen",
        "bank_file_state.taken": "verarbeitet",
        "bank_payment.hidden": "Diese Zahlung gehört zu einem versiegelten Dossier. Mehr sieht, wen das Siegel nennt.",
        "claim_state.issued": "gestellt",
        "claim_state.overpaid": "überzahlt",
        "claim_state.paid": "bezahlt",
        "claim_state.partly_paid": "teilweise bezahlt",
        "money.hidden": "Gehört zu einem versiegelten Dossier. Hier zählt es nur mit; mehr sieht, wer genannt ist.",
        "money_state.assigned": "zugeordnet",
        "money_state.booked_elsewhere": "anderswo gebucht",
        "money_state.divided": "einzeln gemeldet",
        "money_state.matched": "durch die Referenz zugeordnet",
        "money_state.paid_back": "zurückbezahlt",
        "money_state.proposed": "Vorschlag: bitte bestätigen",
        "money_state.unmatched": "nicht zugeordnet",
        "problem.money_changed": "Inzwischen geändert",
        "problem.money_changed.detail": "Inzwischen hat {by} entschieden: {what}. Bitte neu laden.",
        "problem.money_divided": "Nicht möglich",
        "problem.money_divided.detail": "Das ist eine Summe, deren Zahlungen einzeln aufgeführt sind.",
        "problem.unknown_claim": "Nicht möglich",
        "problem.unknown_claim.detail": "Keine unserer Forderungen in dieser Währung hat diese Referenz.",
        # -- inspect bank-message --
        "cli.bank_message.amount": "Betrag",
        "cli.bank_message.credit": "Gutschrift",
        "cli.bank_message.debit": "Belastung",
        "cli.bank_message.direction": "Richtung",
        "cli.bank_message.end_to_end_id": "Kennung der Zahlung",
        "cli.bank_message.reason": "Grund",
        "cli.bank_message.reference": "Referenz",
        "cli.bank_message.status": "Status",
        "cli.bank_message.title": "{kind}, Version {version}, Konto {account}",
        # -- payments money --
        "cli.money.amount": "Betrag",
        "cli.money.booked_on": "Gebucht am",
        "cli.money.count": "Gutschriften",
        "cli.money.less_than_stated": "Konto {account}, {day}: Der Kontoauszug nennt Eingänge von {stated}, "
        "erfasst sind {kept}.",
        "cli.money.money": "Nummer",
        "cli.money.more_than_stated": "Konto {account}, {day}: Der letzte Kontoauszug nennt Eingänge von {stated}, "
        "erfasst sind {kept}. Ist ein Eingang doppelt erfasst?",
        "cli.money.not_proven": "DIE SUMME GEHT NICHT AUF: {received} Gutschriften eingegangen, {sum} in einem Zustand",
        "cli.money.other_rows": "{state}: {found} Gutschriften mit {found_amount} sind da, gezählt wurden {counted} "
        "mit {counted_amount}.",
        "cli.money.payer": "Einzahler",
        "cli.money.proposals": "Vorschläge",
        "cli.money.proven": "Die Summe geht auf: {received} Gutschriften eingegangen, jede in genau einem Zustand.",
        "cli.money.reference": "Referenz",
        "cli.money.state": "Zustand",
        "cli.money.sum_of_group": "Die Belastung der Gruppe {group} mit {amount} passt nicht zu ihren Zahlungen. Sie "
        "wartet, bis die Bank mehr sagt.",
        "cli.money.waiting": "Noch zuzuordnen: {count}",
        # -- what somebody has to look at, for an alarm --
        "bank_attention.early": "{count} Zahlungen sind seit einem Tag gemeldet, ohne dass wir von ihnen wissen: Fehlt "
        "die Übernahme einer Notfalldatei?",
        "bank_attention.no_answer": "Zur Datei {message_id} hat die Bank nach {days} Bankwerktagen nichts gesagt. Ist "
        "sie angekommen?",
        "bank_attention.odd_files": "{count} Meldungen der Bank mit Auffälligem liegen seit einem Tag.",
        "bank_attention.odd_payments": "{count} Zahlungen mit Widersprüchen in den Meldungen der Bank liegen seit "
        "einem Tag.",
        "bank_attention.refused": "{count} Meldungen der Bank konnten nicht angenommen werden.",
        "bank_attention.sums": "{count} Belastungen ganzer Gruppen passen seit einem Tag nicht zu ihren Zahlungen.",
        "bank_attention.unbooked": "{count} Zahlungen des Laufs {run_id} sind freigegeben, aber von der Bank weder "
        "belastet noch abgelehnt.",
        # -- what keeps somebody from saying that a payment came back --
        "money_back.nothing_came": "Von dieser Zahlung ist nichts zurückgekommen, oder sie ist nicht belastet.",
        "money_back.released_it": "Wer die Zahlung freigegeben hat, entscheidet nicht darüber.",
        # -- what the bank made of a file --
        "bank_file_status.accp": "Von der Bank angenommen am {day}.",
        "bank_file_status.acsc": "Von der Bank ausgeführt am {day}.",
        "bank_file_status.acsp": "Bei der Bank in Ausführung seit {day}.",
        "bank_file_status.actc": "Von der Bank geprüft und in der Form richtig am {day}.",
        "bank_file_status.acwc": "Von der Bank mit Änderungen angenommen am {day}.",
        "bank_file_status.part": "Von der Bank nur zum Teil angenommen am {day}.",
        "bank_file_status.pdng": "Bei der Bank noch in Prüfung seit {day}.",
        "bank_file_status.rcvd": "Bei der Bank eingetroffen am {day}.",
        "bank_file_status.rjct": "Von der Bank abgelehnt am {day}.",
        # -- what is wrong with a message of the bank --
        "bank_message.balance": "Die Summen gehen nicht auf: Nach den Buchungen wäre der Schlusssaldo {expected}, der "
        "Auszug nennt {closing}.",
        "bank_message.count": "Die Datei nennt {said} Buchungen, enthalten sind {found}.",
        "bank_message.details": "Die Einzelheiten der Buchung {entry} ergeben zusammen nicht deren Betrag {amount}.",
        "bank_message.kind": "{kind} wird nicht angenommen. Nötig sind pain.002, camt.053 und camt.054.",
        "bank_message.newer": "{kind} in der Version {version} ist noch nicht bekannt. Nötig ist die Version {wanted}.",
        "bank_message.older": "{kind} in der alten Version {version} wird nicht mehr angenommen. Bitte bei der Bank "
        "auf die Version {wanted} (Swiss Payment Standards 2025) umstellen.",
        "bank_message.schema": "Die Meldung verletzt ihr Schema: {error}",
        "bank_message.sum": "Die Datei nennt Buchungen von zusammen {said}, enthalten sind {found}.",
        "bank_message.unknown": "Das ist keine Meldung einer Bank nach ISO 20022.",
        "bank_message.value": "Ein Betrag oder ein Datum ist nicht lesbar: {value}",
        # -- what a message of the bank told that somebody should know --
        "bank_told.has_it": "Die Bank hat {what} ein zweites Mal bekommen und nimmt nur das erste. Das ändert nichts "
        "an den Zahlungen; wer hat die Datei noch einmal geschickt?",
        "bank_told.number_used_twice": "Die Bank hat dieselbe Nummer für verschiedene Gutschriften gebraucht (Buchung "
        "{number}, {amount}). Alle sind erfasst; bitte mit dem Kontoauszug vergleichen.",
        "bank_told.other_file": "Die Bank hat die Datei {message_id} anders verstanden: {said_count} Zahlungen, "
        "zusammen {said_total}. Geschickt wurden {count} Zahlungen, zusammen {total}.",
        "bank_told.read_anyway": "Die Statusmeldung verletzt ihr Schema. Was sie von den Zahlungen sagt, ist lesbar "
        "und gilt; die Bank soll die Form berichtigen.",
        "bank_told.refused_late": "Die Bank lehnt die Datei {message_id} als Ganzes ab, obwohl sie sie angenommen oder "
        "zu ihren Zahlungen schon etwas gemeldet hat. An den Zahlungen ändert das nichts: bitte mit der Bank klären, "
        "ob sie sie ausführt und ob die Datei zweimal bei ihr war.",
        "bank_told.unknown_file": "Die Datei {message_id}, von der die Bank spricht, haben wir nicht geschickt.",
        "bank_told.unknown_group": "Die Bank hat die Gruppe {group} als Summe belastet. Sie heisst wie unsere, aber "
        "die Datei dazu liegt hier nicht. Die Summe wartet; ging eine Notfalldatei hinaus?",
        "bank_told.unknown_return": "{amount} kam von einer Zahlung zurück, und die Bank sagt nicht, von welcher. Es "
        "liegt beim eingegangenen Geld; bitte die Rechnung dazu suchen.",
        "bank_told.unnumbered": "Eine Buchung über {amount} hat keine Nummer der Bank. Ob sie doppelt gemeldet ist, "
        "lässt sich nur nach Tag und Betrag sagen.",
        "bank_told.withdrawn_file": "DIE BANK HAT DIE ZURÜCKGEZOGENE DATEI {message_id} DOCH BEKOMMEN. Was sie davon "
        "bezahlt, wird nicht nochmals bezahlt; bitte sofort mit der Bank klären, und keinen Lauf freigeben, bis sie "
        "alles gemeldet hat.",
        # -- what is wrong with a payment, by what the bank said --
        "act.bank_booked": "von der Bank belastet, obwohl nicht in Auftrag",
        "act.bank_note": "Widersprüche in den Meldungen der Bank vermerkt",
        "act.bank_rejected": "von der Bank abgelehnt",
        "act.bank_returned": "Zahlung zurückgekommen",
        "act.booked": "von der Bank belastet",
        "act.money_back": "als zurückgekommen erklärt",
        "bank_problem.booked_before": "Ein früherer Versuch wurde doch belastet und kam nicht zurück.",
        "bank_problem.booked_though_rejected": "Die Bank hat die Zahlung abgelehnt und doch belastet. Vor einer neuen "
        "Zahlung mit der Bank klären.",
        "bank_problem.booked_twice": "Die Bank hat die Zahlung zweimal belastet.",
        "bank_problem.booked_unordered": "Die Bank hat die Zahlung belastet, obwohl sie zurückgezogen war oder nicht "
        "in der Datei stand. Kein Lauf bezahlt sie nochmals, ausser das Geld kommt zurück.",
        "bank_problem.early": "Die Bank spricht von einer Zahlung, die hier noch nicht hinausging. Ging eine "
        "Notfalldatei hinaus? Dann muss sie hier eingelesen werden.",
        "bank_problem.other_amount": "Die Bank hat einen anderen Betrag belastet: {took} statt {owed}.",
        "bank_problem.returned_other_amount": "Zurückgekommen ist ein anderer Betrag: {back}. Bezahlt waren {owed}. "
        "Bitte entscheiden.",
        "bank_problem.unknown_invoice": "Die Bank nennt eine Zahlung, zu der es keine Rechnung gibt.",
        # -- reasons of banks: ISO external code lists --
        "bank_reason.ac01": "Die Kontonummer ist falsch.",
        "bank_reason.ac03": "Die Kontonummer des Empfängers ist ungültig.",
        "bank_reason.ac04": "Das Konto ist aufgehoben.",
        "bank_reason.ac06": "Das Konto ist gesperrt.",
        "bank_reason.ac13": "Die Art des Belastungskontos ist nicht erlaubt.",
        "bank_reason.ac14": "Die Art des Empfängerkontos ist nicht erlaubt.",
        "bank_reason.ag01": "Diese Zahlung ist auf dem Konto nicht erlaubt.",
        "bank_reason.ag02": "Die Bank kennt diese Art der Zahlung nicht.",
        "bank_reason.ag03": "Diese Zahlungsart wird nicht unterstützt.",
        "bank_reason.ag06": "Diese Zahlung ist für das Konto nicht vorgesehen.",
        "bank_reason.agnt": "Die Bank des Empfängers ist falsch angegeben.",
        "bank_reason.am01": "Der Betrag ist null.",
        "bank_reason.am02": "Der Betrag ist nicht erlaubt.",
        "bank_reason.am03": "Die Währung ist nicht erlaubt.",
        "bank_reason.am04": "Das Guthaben reicht nicht.",
        "bank_reason.am05": "Die Zahlung ist ein Doppel.",
        "bank_reason.am06": "Der Betrag ist zu klein.",
        "bank_reason.am09": "Der Betrag ist ein anderer als vereinbart.",
        "bank_reason.am10": "Die Kontrollsumme ist falsch.",
        "bank_reason.am18": "Die Zahl der Zahlungen ist falsch.",
        "bank_reason.be01": "Der Name passt nicht zum Konto.",
        "bank_reason.be04": "Die Adresse des Empfängers fehlt oder ist falsch.",
        "bank_reason.be05": "Der Auftraggeber ist nicht bekannt.",
        "bank_reason.be06": "Der Empfänger ist bei der Bank nicht bekannt.",
        "bank_reason.be07": "Die Adresse des Auftraggebers fehlt oder ist falsch.",
        "bank_reason.be09": "Das Land ist falsch angegeben.",
        "bank_reason.be16": "Die Kennung des Auftraggebers ist falsch.",
        "bank_reason.be17": "Die Kennung des Empfängers ist falsch.",
        "bank_reason.ch03": "Der Zahlungstag liegt zu weit in der Zukunft.",
        "bank_reason.ch04": "Der Zahlungstag liegt zu weit in der Vergangenheit.",
        "bank_reason.ch07": "Eine Angabe steht doppelt, bei der Gruppe und bei der Zahlung.",
        "bank_reason.ch15": "Eine Angabe ist zu lang.",
        "bank_reason.ch16": "Eine Angabe hat nicht die richtige Form.",
        "bank_reason.ch17": "Eine Angabe ist hier nicht erlaubt.",
        "bank_reason.ch20": "Der Betrag hat zu viele Stellen nach dem Punkt.",
        "bank_reason.ch21": "Eine Pflichtangabe fehlt.",
        "bank_reason.cnor": "Die Bank des Empfängers ist nicht angeschlossen.",
        "bank_reason.curr": "Die Währung ist falsch.",
        "bank_reason.cust": "Der Auftraggeber oder der Empfänger hat es so gewollt.",
        "bank_reason.dnor": "Die Bank des Auftraggebers ist nicht angeschlossen.",
        "bank_reason.ds02": "Jemand hat den Auftrag annulliert.",
        "bank_reason.dt01": "Das Datum ist falsch.",
        "bank_reason.dt06": "Die Bank hat den Zahlungstag geändert.",
        "bank_reason.du01": "Eine Datei mit dieser Kennung war schon da.",
        "bank_reason.du02": "Eine Gruppe mit dieser Kennung war schon da.",
        "bank_reason.du03": "Eine Zahlung mit dieser Kennung war schon da.",
        "bank_reason.du04": "Eine Zahlung mit dieser Kennung des Auftraggebers war schon da.",
        "bank_reason.du05": "Eine Zahlung mit dieser Auftragskennung war schon da.",
        "bank_reason.ed05": "Die Abwicklung ist gescheitert.",
        "bank_reason.ff01": "Die Datei ist unvollständig oder falsch aufgebaut.",
        "bank_reason.ff03": "Die Zahlungsart ist falsch angegeben.",
        "bank_reason.focr": "Die Zahlung kommt nach einem Rückruf zurück.",
        "bank_reason.fr01": "Verdacht auf Betrug.",
        "bank_reason.legl": "Das Gesetz verlangt es.",
        "bank_reason.md07": "Der Kontoinhaber ist gestorben.",
        "bank_reason.ms02": "Der Empfänger will das Geld nicht; einen Grund nennt er nicht.",
        "bank_reason.ms03": "Die Bank nennt keinen Grund.",
        "bank_reason.narr": "Der Grund steht im Text.",
        "bank_reason.noas": "Der Empfänger antwortet nicht.",
        "bank_reason.nocm": "Der Bank fehlen Angaben, die sie vom Kunden braucht.",
        "bank_reason.rc01": "Die Bank ist falsch angegeben (BIC oder Clearing-Nummer).",
        "bank_reason.rc07": "Der BIC der Bank des Empfängers ist falsch.",
        "bank_reason.rf01": "Die Referenz ist nicht eindeutig.",
        "bank_reason.rr01": "Konto oder Kennung des Auftraggebers fehlen.",
        "bank_reason.rr02": "Name oder Adresse des Auftraggebers fehlen.",
        "bank_reason.rr03": "Name oder Adresse des Empfängers fehlen.",
        "bank_reason.rr04": "Eine Aufsichtsbehörde oder das Gesetz lässt die Zahlung nicht zu.",
        "bank_reason.rr05": "Angaben für die Behörden fehlen oder sind falsch.",
        "bank_reason.rr06": "Angaben für die Steuern fehlen oder sind falsch.",
        "bank_reason.rr07": "Die Angaben zum Zweck (Referenz oder Mitteilung) sind falsch.",
        "bank_reason.rr08": "Die Zahlung lässt sich so nicht ausführen: Angaben fehlen.",
        "bank_reason.rr09": "Der Steuervermerk ist falsch.",
        "bank_reason.sl01": "Die Bank des Auftraggebers führt solche Zahlungen nicht aus.",
        "bank_reason.tm01": "Die Datei kam nach Annahmeschluss.",
        "bank_reason.ts01": "Die Übermittlung kam zu spät oder unvollständig.",
        "bank_reason.upay": "Die Zahlung war nicht geschuldet.",
    }
)
