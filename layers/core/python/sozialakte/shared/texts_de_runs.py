"""German texts of the payment runs by code, part of the catalogue `texts_de`. Keep each group sorted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RUNS: Mapping[str, str] = MappingProxyType(
    {
        "invoice.sent_in_emergency": "Ging im Notfall mit {run_id} hinaus: wird nicht nochmals bezahlt.",
        # -- what runs do to invoices --
        "act.in_emergency_file": "ging mit einer Notfalldatei hinaus, sein eigener Lauf ist zurückgezogen",
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
        "cli.runs.against_rules": "GEGEN DIE REGELN FREIGEGEBEN: {why}",
        "cli.runs.broken_release": "{file} sagt nicht, wer die Dateien freigegeben hat.",
        "cli.runs.broken_state": "Das ist kein vollständiger Stand der Zahlungen.",
        "cli.runs.elsewhere": "NICHT DABEI: {count} Zahlungen des offenen Laufs {run_id} sind in keiner dieser "
        "Dateien. Für sie braucht es einen eigenen Aufruf mit dem Ausführungstag dieses Laufs.",
        "cli.runs.emergency": "Notfalldateien für {run_id} nach dem Stand vom {as_of} ({minutes} Minuten alt) in "
        "{folder}. Danach, vor der nächsten Zahlung: sozialakte payments import-emergency.",
        "cli.runs.file": "Datei",
        "cli.runs.file_refused": "Keine Bank nähme {file} an, nichts ist geschrieben: {why}",
        "cli.runs.imported": "{run_id}: {released} Zahlungen freigegeben, {given_back} wieder bewilligt, "
        "{odd} passen nicht; zu {settled} hatte die Bank schon etwas gemeldet.",
        "cli.runs.importer_unchecked": "Bitte prüfen: Ob {by} Notfalldateien einlesen darf (Rolle accounting oder "
        "paymentrelease), liess sich nicht nachsehen.",
        "cli.runs.no_book": "Zu {run_id} gibt es kein Auftragsbuch.",
        "cli.runs.no_release": "{file} fehlt: Sie entstand neben den Notfalldateien und sagt, wer sie freigegeben hat. "
        "Bitte daneben legen oder mit --release angeben.",
        "cli.runs.no_state": "Es gibt noch keinen Stand der Zahlungen.",
        "cli.runs.other_sample": "DIE STICHPROBE VON {run_id} IST EINE ANDERE: nachgerechnet {count} Zahlungen mit "
        "dem Startwert {seed}.",
        "cli.runs.payments": "Zahlungen",
        "cli.runs.role_unchecked": "Bitte prüfen: Ob {by} Zahlungen freigeben darf (Rolle paymentrelease), liess sich "
        "nicht nachsehen.",
        "cli.runs.same_sample": "{run_id}: {count} Zahlungen, nachgerechnet mit dem Startwert {seed}.",
        "cli.runs.state": "{count} Zahlungen nach dem Stand vom {as_of} in {file}.",
        "cli.runs.total": "Summe",
        "cli.runs.try_again": "Jemand anders hat gerade daran gearbeitet. Bitte nochmals.",
        "cli.runs.unchecked": "Achtung: von niemandem geprüft in der Stichprobe: {count}.",
        "cli.runs.unknown": "Es gibt keinen Zahlungslauf {run_id}.",
        "cli.runs.withdraw_unchecked": "Bitte prüfen: Ob {by} Läufe zurückziehen darf (Rolle {roles}), liess sich "
        "nicht nachsehen.",
        "cli.runs.withdrawn": "{run_id} ist zurückgezogen: {given_back} Rechnungen wieder bewilligt, {moved} gingen "
        "mit einer Notfalldatei hinaus, zu {kept} hat die Bank etwas gemeldet.",
        # -- emergencies --
        "emergency.bank_has_one": "Für {run_id} gibt es schon eine andere Datei, und die Bank hat zu {files} etwas "
        "gemeldet: Eine der beiden hat sie also. Bitte im E-Banking nachsehen welche (Zeit der Erstellung, Zahl und "
        "Summe der Zahlungen). Hat sie unsere, gilt diese, und es ist nichts einzulesen; hat sie unsere abgelehnt: mit "
        "--bank-refused-ours.",
        "emergency.bank_knows": "Die Zahlung ist nicht in der Datei, aber die Bank hat dazu etwas gemeldet: Sie bleibt "
        "freigegeben. Bitte bei der Bank nachsehen.",
        "emergency.bank_shows_none": "Der Stand kennt {file} als geschriebene Datei, die Bank zeigt aber keine. Bitte "
        "im E-Banking nachsehen und die letzte Datei nennen; ist {file} nicht bei der Bank, sie zuerst übertragen oder "
        "mit withdraw zurückziehen und einen neuen Stand holen.",
        "emergency.bank_took_ours": "Die Bank hat zu {count} Zahlungen etwas gemeldet, die nur in der Datei "
        "stehen, die Sozialakte selbst für {run_id} geschrieben hat: Sie hat also jene Datei. Diese wird nicht "
        "eingelesen, auch nicht mit --bank-refused-ours.",
        "emergency.by_is_releaser": "{by} hat selber freigegeben und liest nun ein: Das gehört zu zwei Personen.",
        "emergency.by_role": "{by} darf keine Notfalldateien einlesen (Rolle accounting oder paymentrelease fehlt).",
        "emergency.by_unknown": "{by} ist niemand vom Personal, oder ausgetreten.",
        "emergency.changed": "Die Zahlung ging hinaus, die Rechnung wurde aber inzwischen geändert (Stand: {state}). "
        "Sie wird nicht nochmals bezahlt; nach neuer Bewilligung die Datei nochmals einlesen.",
        "emergency.files_missing": "Freigegeben wurden auch {files}: Bitte alle Dateien des Laufs angeben.",
        "emergency.foreign_id": "Die Kennung der Datei (MsgId) ist keine eines Zahlungslaufs.",
        "emergency.future_state": "Der Stand vom {as_of} liegt in der Zukunft: Auf diesem Rechner ist es {now}. Bitte "
        "die Uhr stellen; sonst lässt sich nicht sagen, wie alt der Stand ist.",
        "emergency.has_decided": "Wer erfasst oder bewilligt hat oder das Geld bekommt, gibt nicht frei: "
        "{count} Zahlungen betroffen.",
        "emergency.in_other_run": "DOPPELT: Die Rechnung ist auch im Zahlungslauf {run_id} freigegeben. Hat die Bank "
        "dessen Datei noch nicht: sozialakte payments withdraw {run_id}. Sonst bei der Bank sperren lassen.",
        "emergency.last_is_foreign": "{file} ist keine Kennung einer unserer Dateien (MsgId, zum Beispiel "
        "R20261130-01-1).",
        "emergency.last_is_withdrawn": "{file} wurde hier zurückgezogen, liegt aber bei der Bank. Der Stand hält für "
        "offen, was darin bezahlt wird: Bitte keine Notfalldatei machen und zuerst mit der Bank klären.",
        "emergency.last_is_unknown": "Der Stand vom {as_of} kennt {file} nicht als gesendet: Er ist älter als die "
        "letzte Datei bei der Bank, und etwas würde zweimal bezahlt. Bitte einen neueren Stand nehmen; ist {file} "
        "selber eine Notfalldatei, zuerst import-emergency, oder den gleichen Stand und den gleichen Ordner nehmen.",
        "emergency.made_before": "Für {run_id} wurde in diesem Ordner schon eine Notfalldatei gemacht, die der Stand "
        "nicht kennt. Bitte zuerst import-emergency; wurde sie nie gesendet: {run_id}.emergency.json und die Datei "
        "löschen.",
        "emergency.not_released": "{file} ist nicht die Datei, die freigegeben wurde.",
        "emergency.nothing": "Es ist nichts zu zahlen.",
        "emergency.numbers": "Für diesen Tag sind alle 99 Nummern gebraucht. Bitte einen anderen Tag wählen.",
        "emergency.old_state": "Der Stand vom {as_of} ist älter als zwei Stunden. Bitte einen neueren holen; gibt es "
        "keinen, mit --old-state.",
        "emergency.other_amount": "Bezahlt wurden {sent}, geschuldet sind {owed}.",
        "emergency.other_day": "Der Lauf {run_id} vom {day} ist offen. Bitte zuerst mit diesem Ausführungstag: Ein "
        "anderer Tag bezahlte dieselben Rechnungen unter einer anderen Kennung.",
        "emergency.other_iban": "Bezahlt wurde auf eine andere IBAN, als die Rechnung jetzt nennt.",
        "emergency.other_message": "Das ist keine Zahlungsdatei der Version pain.001.001.09.",
        "emergency.other_release": "Freigegeben wurden Dateien von {released}, nicht von {run_id}.",
        "emergency.ours_is_out": "Für {run_id} gibt es schon eine andere Datei. Hat die Bank sie angenommen, gilt sie, "
        "und diese wird nicht eingelesen. Hat die Bank sie abgelehnt: mit --bank-refused-ours.",
        "emergency.paid_before": "DOPPELT: Die Rechnung ist schon bezahlt, im Lauf {run_id}. Hat die Bank dessen Datei "
        "noch nicht, war es diese hier: sozialakte payments withdraw {run_id}. Sonst das Geld zurückfordern.",
        "emergency.releaser_decided": "{by} hat {count} der Rechnungen erfasst oder bewilligt.",
        "emergency.releaser_payee": "{by} bekommt Geld aus diesen Dateien oder vertritt jemanden, der welches bekommt.",
        "emergency.releaser_role": "{by} darf keine Zahlungen freigeben (Rolle paymentrelease fehlt).",
        "emergency.releaser_unknown": "{by} hat freigegeben und ist niemand vom Personal, oder ausgetreten.",
        "emergency.sent_already": "Die Bank hat {file} schon: Dieser Lauf ist gesendet. Bitte nichts mehr senden und "
        "nach der Störung weitersehen.",
        "emergency.several_runs": "Bitte alle Dateien eines einzigen Zahlungslaufs angeben.",
        "emergency.there_before": "In {folder} liegt für {run_id} schon {files} mit anderem Inhalt, freigegeben von "
        "{by} am {at}. Nichts ist überschrieben. Ging das zur Bank, oder ist es ungewiss: nichts mehr senden, nach der "
        "Störung import-emergency; was fehlt, zahlt der nächste Lauf. Ging es sicher nicht zur Bank: Dateien und "
        "{run_id}.emergency.json als nicht gesendet weglegen, dann nochmals. Nur ein anderer Ordner (--out) ergäbe "
        "eine zweite Datei mit der gleichen Kennung (MsgId).",
        "emergency.there_changed": "In {folder} liegt {files}: nicht mehr, was {by} am {at} für {run_id} freigegeben "
        "hat. Nichts ist überschrieben. Bitte klären, was zur Bank ging, und die veränderte Datei weglegen.",
        "emergency.there_released": "Die gleichen Dateien für {run_id} in {folder} hat schon {by} am {at} freigegeben. "
        "Sie gelten, wie sie sind; nichts ist geändert.",
        "emergency.there_unsigned": "In {folder} liegt für {run_id} schon {files} mit anderem Inhalt, und niemand "
        "sagt, wer das freigegeben hat ({run_id}.emergency.json fehlt). Nichts ist überschrieben. Bitte klären, ob es "
        "zur Bank ging: dann nichts mehr senden, sonst weglegen und nochmals.",
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
        "risk.exchanged": "in anderer Währung als das Konto, von dem bezahlt wird: die Bank wechselt",
        "risk.first_payment": "erste Zahlung an diesen Empfänger",
        "risk.from_text": "Angaben aus dem Text gelesen",
        "risk.new_iban": "neue IBAN des Empfängers",
        "risk.paid_again": "wurde schon einmal freigegeben, oder die Bank hat etwas gemeldet",
        "risk.partial": "nur ein Teil wird bezahlt",
        "risk.standing_in": "in Stellvertretung bewilligt",
        "risk.twin_cleared": "sieht einer anderen Rechnung ähnlich",
        # -- why something is not paid, or not done --
        "run.bank_spoke": "Die Bank hat zu dieser Zahlung schon etwas gemeldet. Bitte zuerst die Notfalldatei einlesen "
        "(sozialakte payments import-emergency).",
        "run.changed": "Die Rechnung wurde nach dem Auftragsbuch geändert (Stand: {state}).",
        "run.checked_before": "Diese Zahlung hat schon {by} geprüft.",
        "run.credit_note": "Gutschriften werden nicht überwiesen, sondern verrechnet.",
        "run.execution_day": "Das Ausführungsdatum liegt in der Vergangenheit oder mehr als {most} Tage voraus.",
        "run.has_decided": "Wer eine Rechnung dieses Laufs erfasst oder bewilligt hat, gibt ihn nicht frei.",
        "run.hidden": "Die Rechnung gehört zu einem versiegelten Dossier. Ansehen und prüfen kann sie, wen das Siegel "
        "nennt.",
        "run.in_other_run": "Die Rechnung wird im Zahlungslauf {run_id} bezahlt.",
        "run.money_is_out": "Die Bank hat diese Rechnung schon belastet, mit einer Datei, die nicht hinausgehen "
        "sollte. Bezahlt wird sie erst wieder, wenn das Geld zurückgekommen ist.",
        "run.no_account": "Der Dienst hat kein Konto, von dem in {currency} bezahlt wird.",
        "run.no_amount": "Die Rechnung nennt keinen Betrag.",
        "run.no_dossier": "Die Rechnung liegt in keinem Dossier.",
        "run.no_iban": "Die Rechnung nennt keine IBAN.",
        "run.no_ward_account": "Für die betreute Person ist kein Konto erfasst und freigegeben.",
        "run.not_cancellable": "Ein freigegebener Lauf kann nur abgebrochen werden, wenn seine Datei Regeln verletzt "
        "und darum nicht geschrieben wurde.",
        "run.not_checking": "Der Zahlungslauf wird gerade nicht geprüft.",
        "run.not_in_sample": "Diese Rechnung gehört nicht zur Stichprobe.",
        "run.no_emergency_open": "nach einem Stillstand gesagt: keine Notfalldatei ist offen",
        "run.not_sent": "Die Rechnung ist nicht in der Datei, die hinausging.",
        "run.others_pay": "Hier bezahlt ein anderes System, nicht Sozialakte.",
        "run.own_invoice": "Wer eine Rechnung erfasst oder bewilligt hat oder das Geld bekommt, prüft sie nicht.",
        "run.payee": "Wer aus diesem Lauf Geld bekommt oder diese Person vertritt, gibt ihn nicht frei.",
        "run.stood_still": "Die Plattform stand still. Wurde eine Notfalldatei zur Bank geschickt? Dann zuerst "
        "importieren (sozialakte payments import-emergency); sonst geht alles darin zweimal hinaus.",
        "run.unchecked": "In der Stichprobe ungeprüft: {count}.",
        # -- who did what with a run --
        "run_act.built": "Auftragsbuch geschrieben",
        "run_act.called_off": "nach dem Abbruch alle Rechnungen wieder bewilligt",
        "run_act.cancelled": "abgebrochen",
        "run_act.checked": "Zahlung geprüft",
        "run_act.exported": "Zahlungsdatei geschrieben",
        "run_act.file_mended": "Zahlungsdatei verletzt keine Regeln mehr",
        "run_act.file_refused": "Zahlungsdatei verletzt Regeln und wurde nicht geschrieben",
        "run_act.imported": "Notfalldatei eingelesen",
        "run_act.made": "Zahlungslauf begonnen",
        "run_act.nothing_left": "beendet, weil keine Zahlung übrig blieb",
        "run_act.nothing_to_pay": "beendet, weil nichts zu zahlen war",
        "run_act.released": "freigegeben",
        "run_act.released_against_rules": "im Notfall gegen die Regeln freigegeben",
        "run_act.released_in_emergency": "im Notfall freigegeben",
        "run_act.withdrawn": "zurückgezogen: Die Dateien waren nicht bei der Bank",
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
        # -- runs that are withdrawn --
        "withdraw.answered": "Die Bank hat zu {files} etwas gemeldet: Der Lauf ist bei der Bank. Was sie nicht "
        "bezahlen soll, bei ihr sperren lassen.",
        "withdraw.bank_knows": "Die Bank hat zu dieser Zahlung etwas gemeldet: Sie bleibt freigegeben. Bitte bei der "
        "Bank nachsehen.",
        "withdraw.bank_spoke": "Die Bank hat zu {count} Zahlungen von {run_id} etwas gemeldet, die in keiner "
        "eingelesenen Notfalldatei stehen: Der Lauf ist bei der Bank. Fehlt eine Notfalldatei: zuerst "
        "import-emergency.",
        "withdraw.by_role": "{by} darf keine Läufe zurückziehen (Rolle accounting oder paymentrelease fehlt).",
        "withdraw.file_gone": "{file} liegt nicht mehr für die Bank bereit: Jemand hat die Datei weggenommen. Bitte "
        "zuerst klären, ob sie bei der Bank ist.",
        "withdraw.not_exported": "{run_id} ist nicht exportiert ({state}): Es gibt keine Datei zurückzuziehen.",
        "withdraw.reason": "Bitte einen Grund angeben (--reason).",
        "withdraw.too_fresh": "Die Dateien von {run_id} sind weggenommen. Der Lauf ist aber erst eben geschrieben "
        "worden, und vielleicht arbeitet noch etwas daran: Bitte ab {at} nochmals, dann werden die Rechnungen wieder "
        "bewilligt.",
    }
)
