"""How to go on by hand: addresses, tokens and requests that work.

``python -m tests.demo.try_it`` writes fresh tokens (they are good for some minutes only) to ``build/demo.env``.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from tests.demo.clerks import ACCOUNTING, RELEASER
from tests.demo.judge import DemoOutcome
from tests.demo.office import MAILROOM, Office
from tests.emulator.outputs import bills_address, books_address, desk_address
from tests.emulator.people import PASSWORD
from tests.emulator.process import ROOT, Emulator

ENVIRONMENT = ROOT / "build" / "demo.env"

PEOPLE = {
    "POSTSTELLE": (MAILROOM, ["mailroom"]),
    "SACHBEARBEITUNG": ("ma-102", ["caseworker"]),
    "TEAMLEITUNG": ("ma-101", ["teamlead"]),
    "RECHNUNGSWESEN": (ACCOUNTING.staff_id, [ACCOUNTING.role]),
    "FREIGABE": (RELEASER.staff_id, [RELEASER.role]),
    "REVISION": ("ma-301", ["auditor"]),
}
"""Who may try: name of the variable, staff id and roles."""

BILL_PEOPLE = {"SACHBEARBEITUNG": "erfasst", "TEAMLEITUNG": "visiert", "RECHNUNGSWESEN": "sucht, wem sie gehören"}
"""Who may sign in on the page of the bills, and what they do there."""

BOOKS_PEOPLE = {"RECHNUNGSWESEN": "macht Läufe", "FREIGABE": "gibt frei", "REVISION": "liest"}
"""Who may sign in on the page of the accounts, and what they do there."""


def write_environment(office: Office, path: Path) -> list[str]:
    """Write ``export`` lines with the address and a token for each of `PEOPLE`, and give them back."""
    lines = [f"export API={shlex.quote(office.outputs.api_url)}"]
    lines += [f"export {name}={office.token(staff_id, roles)}" for name, (staff_id, roles) in PEOPLE.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines


def examples(outcome: DemoOutcome) -> list[tuple[str, str]]:
    """What to try, each with its command line."""
    mine = next((letter.dossier for letter in outcome.letters if letter.inbox == "ma-102" and letter.dossier), "")
    return [
        ("Was wartet auf die Poststelle?", _curl("POSTSTELLE", "/intake/review")),
        (
            "Wer sich bewirbt, gehört in kein Dossier:",
            _curl("POSTSTELLE", "/intake/forwarded?destination=job_applications"),
        ),
        ("Was liegt im Posteingang von ma-102?", _curl("SACHBEARBEITUNG", "/dossiers/inbox")),
        (f"Welche Dokumente hat das Dossier {mine}?", _curl("SACHBEARBEITUNG", f"/dossiers/{mine}/documents")),
        ("Welche Rechnungen sind offen?", _curl("RECHNUNGSWESEN", "/payments/invoices?state=open")),
        ("Was wurde bezahlt, und wer gab es frei?", _curl("FREIGABE", "/payments/runs")),
        ("Ist jede Rechnung an genau einem Ort?", _curl("RECHNUNGSWESEN", "/payments/ledger")),
        ("Und wer nicht darf (Revision, 403):", _curl("REVISION", f"/dossiers/{mine}/documents")),
    ]


def show_how_to_try(office: Office, outcome: DemoOutcome) -> None:
    """The system keeps running: say how to reach it. Printed plainly, so that lines can be copied."""
    for line in write_environment(office, ENVIRONMENT):
        print(line)
    print(f"\n# Briefe prüfen im Browser: {desk_address(office.outputs)}")
    print(f"# Anmelden als {MAILROOM} mit dem Kennwort {PASSWORD}")
    print(f"\n# Rechnungen visieren im Browser: {bills_address(office.outputs)}")
    print(f"# Anmelden als {_listed(BILL_PEOPLE)}, mit demselben Kennwort")
    print(f"\n# Zahlungsläufe, Geldeingänge und Rechnungsbuch im Browser: {books_address(office.outputs)}")
    print(f"# Anmelden als {_listed(BOOKS_PEOPLE)}, mit demselben Kennwort")
    print("\n# Dasselbe steht in build/demo.env. Die Token gelten kurz; neue:")
    print(".venv/bin/python -m tests.demo.try_it && source build/demo.env")
    for what, command in examples(outcome):
        print(f"\n# {what}\n{command}")
    print("\n# Anhalten:\nmake down")


def _listed(people: Mapping[str, str]) -> str:
    return ", ".join(f"{PEOPLE[name][0]} ({does})" for name, does in people.items())


def _curl(who: str, path: str) -> str:
    return f'curl -s -H "Authorization: Bearer ${who}" "$API{path}"'


if __name__ == "__main__":
    write_environment(Office(Emulator()), ENVIRONMENT)
