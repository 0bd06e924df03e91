"""For every handler a small run of the stage in which it does its whole work.

Enrolment is checked by discovery: a new handler or writing route without a scenario fails the build.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from moto.moto_api._internal import mock_random

from sozialakte.intake.store import IntakeStore
from tests.aws import INTAKE, put_register
from tests.batches import MAILROOM, OPEN, batch, long_letter, register, unknown_letter
from tests.crash.probe import Probe
from tests.http_calls import Call
from tests.pipeline import CONSUMER_OF, PUBLISHER_OF, Pipeline

RECONCILE = "functions.intake.reconcile"
ASSIGN = "POST /intake/letters/{letter_id}/assignment"


@dataclass
class Run(Pipeline):
    """A pipeline in which the calls of one function are watched."""

    function: str = ""
    probe: Probe = field(default_factory=Probe)

    def call(self, function: str, event: Mapping[str, object]) -> object:
        """As the pipeline does, with the probe watching the function in question."""
        if function != self.function:
            return super().call(function, event)
        self.probe.overtake = lambda: self._overtake(function, event)
        with self.probe.watching():
            return super().call(function, event)

    def _overtake(self, function: str, event: Mapping[str, object]) -> None:
        """Another process does the same work, and what follows from it goes its way to the end."""
        super().call(function, event)
        if function in CONSUMER_OF.values():
            self.run()


Scenario = Callable[[Run], None]


def one_batch(run: Run) -> None:
    """A batch goes all its way: one letter is filed, one waits in review."""
    run.drop("Stapel 1 +ä.pdf", batch())
    run.run()


def three_uploads(run: Run) -> None:
    """A batch goes all its way, comes a second time, and a broken file comes too."""
    run.drop("Stapel 1 +ä.pdf", batch())
    run.drop("Stapel 1 nochmals.pdf", batch())
    run.drop("kaputt.pdf", batch()[:-200])
    run.run()


def everything_lost(run: Run) -> None:
    """All messages and changes of a half-done batch are lost, and an upload was never announced."""
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    run.drop("Stapel 2.pdf", batch())
    run.drop("Stapel 3.pdf", long_letter())
    run.step("scans")
    run.forget()
    run.call_until_done(RECONCILE, {})
    run.run()


def a_person_decides(run: Run) -> None:
    """A letter in review is assigned; when the answer is lost the person sends it again."""
    run.drop("Stapel 4.pdf", unknown_letter())
    run.run()
    letter_id = IntakeStore(INTAKE).letters_in_review(1).letters[0].letter_id
    call = Call(
        "POST",
        f"/intake/letters/{letter_id}/assignment",
        staff=MAILROOM,
        groups="[mailroom]",
        body={"dossier_id": OPEN, "version": 3},
    )
    for _ in range(3):
        answer = run.call("functions.intake.api", call.event())
        if isinstance(answer, Mapping) and answer["statusCode"] == 202:
            break
    run.run()


SCENARIOS: Mapping[str, Scenario] = {
    **dict.fromkeys((*CONSUMER_OF.values(), *PUBLISHER_OF.values()), one_batch),
    "functions.intake.split_batch": three_uploads,
    RECONCILE: everything_lost,
}
ROUTES: Mapping[str, tuple[str, Scenario]] = {ASSIGN: ("functions.intake.api", a_person_decides)}


def prepare() -> None:
    """The register every scenario needs; object versions are the same in every run as long as calls are."""
    mock_random.seed(1)
    put_register(*register())
