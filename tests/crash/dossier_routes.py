"""The writing routes of the dossiers as scenarios: one request each, sent again when its answer is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.http_calls import Call
from tests.office import (
    COLLEAGUE,
    DOSSIER,
    FILED,
    NOTE,
    RESPONSIBLE,
    SISTER,
    TASK,
    file_document,
    furnish_register,
    furnish_work,
)
from tests.pipeline import Pipeline

FUNCTION = "functions.dossiers.api"
_DOCUMENT = "/dossiers/{dossier_id}/documents/{document_id}"
BODIES: Mapping[str, Mapping[str, object]] = {
    "/dossiers/search": {"name": "Niemand Nirgends"},
    "/dossiers/{dossier_id}/documents/search": {"register": "decisions"},
    "/dossiers/{dossier_id}/documents/fulltext": {"words": "Miete"},
    f"{_DOCUMENT}/labels": {"version": 1, "kind": "bill"},
    f"{_DOCUMENT}/move": {"version": 1, "to_dossier": SISTER, "reason": "Falsch abgelegt"},
    f"{_DOCUMENT}/completion": {"version": 1},
    f"{_DOCUMENT}/reopening": {"version": 1},
    f"{_DOCUMENT}/forwarding": {"version": 1, "to": COLLEAGUE},
    "/dossiers/inbox/handover": {"to": COLLEAGUE, "note": "Austritt"},
    "/dossiers/tasks/handover": {"to": COLLEAGUE},
    f"{_DOCUMENT}/notes": {"note_id": "1" * 32, "text": "Neu"},
    f"{_DOCUMENT}/notes/{{note_id}}": {"version": 1, "text": "Anders"},
    "/dossiers/{dossier_id}/notes": {"note_id": "1" * 32, "text": "Neu"},
    "/dossiers/{dossier_id}/notes/{note_id}": {"version": 1, "text": "Anders"},
    "/dossiers/{dossier_id}/tasks": {
        "task_id": "1" * 32,
        "text": "Anrufen",
        "due": "2026-12-01",
        "assignee": RESPONSIBLE,
    },
    "/dossiers/{dossier_id}/tasks/{task_id}/assignment": {"version": 1, "assignee": COLLEAGUE},
    "/dossiers/{dossier_id}/tasks/{task_id}/completion": {"version": 1},
    "/dossiers/{dossier_id}/tasks/{task_id}/content": {"version": 1, "text": "Zuerst anrufen", "due": "2026-12-24"},
    "/dossiers/{dossier_id}/tasks/{task_id}/reopening": {"version": 1},
}


def scenario_of(path: str) -> Callable[[Pipeline], None]:
    """The request to ``path``, sent until it is answered, as a patient person does."""
    sent = path.format(dossier_id=DOSSIER, document_id=FILED, note_id=NOTE, task_id=TASK)

    def ask(run: Pipeline) -> None:
        furnish_register()
        file_document(FILED)
        furnish_work()
        call = Call("POST", sent, RESPONSIBLE, "[caseworker teamlead]", body=BODIES[path])
        for _ in range(3):
            answer = run.call(FUNCTION, call.event())
            if isinstance(answer, Mapping) and answer["statusCode"] == 200:
                return

    return ask
