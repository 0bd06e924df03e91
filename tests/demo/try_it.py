"""How to go on by hand: addresses, tokens and requests that work.

``python -m tests.demo.try_it`` writes fresh tokens (they are good for some minutes only) to ``build/demo.env``.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from tests.demo.judge import DemoOutcome
from tests.demo.office import MAILROOM, Office
from tests.emulator.outputs import desk_address
from tests.emulator.people import PASSWORD
from tests.emulator.process import ROOT, Emulator

ENVIRONMENT = ROOT / "build" / "demo.env"

PEOPLE = {
    "POSTSTELLE": (MAILROOM, ["mailroom"]),
    "SACHBEARBEITUNG": ("ma-102", ["caseworker"]),
    "TEAMLEITUNG": ("ma-101", ["teamlead"]),
    "REVISION": ("ma-301", ["auditor"]),
}
"""Who may try: name of the variable, staff id and roles."""


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
        ("Und wer nicht darf (Revision, 403):", _curl("REVISION", f"/dossiers/{mine}/documents")),
    ]


def show_how_to_try(office: Office, outcome: DemoOutcome) -> None:
    """The system keeps running: say how to reach it. Printed plainly, so that lines can be copied."""
    for line in write_environment(office, ENVIRONMENT):
        print(line)
    print(f"\n# Briefe prüfen im Browser: {desk_address(office.outputs)}")
    print(f"# Anmelden als {MAILROOM} mit dem Kennwort {PASSWORD}")
    print("\n# Dasselbe steht in build/demo.env. Die Token gelten kurz; neue:")
    print(".venv/bin/python -m tests.demo.try_it && source build/demo.env")
    for what, command in examples(outcome):
        print(f"\n# {what}\n{command}")
    print("\n# Anhalten:\nmake down")


def _curl(who: str, path: str) -> str:
    return f'curl -s -H "Authorization: Bearer ${who}" "$API{path}"'


if __name__ == "__main__":
    write_environment(Office(Emulator()), ENVIRONMENT)
