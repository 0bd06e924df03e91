"""For every handler a small run of the stage in which it does its whole work.

Enrolment is checked by discovery: a new handler or writing route without a scenario fails the build.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from moto.moto_api._internal import mock_random

from sozialakte.audit import AuditStore, entry_of
from sozialakte.audit.chain import GENESIS, seal_of
from sozialakte.intake.desk.model import rescan_id_of
from sozialakte.intake.letter import Destination, Letter, LetterState, StoredObject
from sozialakte.intake.letter_facts import LetterFacts
from sozialakte.intake.store import IntakeStore
from sozialakte.partners import Bundle, HandoverStore
from sozialakte.partners.messages import ResendBundle
from sozialakte.partners.model import Patience
from sozialakte.register import RegisterStore
from sozialakte.shared.clock import utc_now
from tests.attempts import an_attempt
from tests.aws import AUDIT, INTAKE, PARTNERS, REGISTER, keep_letter_file, put_register, send, take, upload
from tests.batches import (
    CASE_WORKER,
    MAILROOM,
    OPEN,
    STRANGER,
    batch,
    blank_tiff,
    long_letter,
    manifest,
    old_stack,
    register,
)
from tests.builders import NOW, a_batch, a_letter, a_plan
from tests.crash.bank_scenarios import BANK_SCENARIOS, MONEY_ROUTES
from tests.crash.bill_scenarios import BILL_SCENARIOS, MORE_BILLS
from tests.crash.dossier_routes import BODIES, FUNCTION, scenario_of
from tests.crash.invoice_routes import INVOICE_ROUTES
from tests.crash.probe import Probe
from tests.crash.register_scenarios import REGISTER_ROUTES
from tests.crash.rule_routes import RULE_ROUTES
from tests.crash.run_scenarios import RUN_ROUTES, RUN_SCENARIOS
from tests.crash.voucher_scenarios import MORE_VOUCHERS, VOUCHER_SCENARIOS
from tests.desk import KNOWN, pdf_of
from tests.fresh_stage import set_up
from tests.handovers import receipt_for, write_receipt
from tests.http_calls import Call
from tests.pipeline import CONSUMER_OF, PUBLISHER_OF, Pipeline

RECONCILE = "functions.intake.reconcile"
RECONCILE_HANDOVER = "functions.partners.reconcile"
CONTENT = b"a letter as it was cut"
WHY = "Der Klient steht ohne Obdach am Schalter."
ASSIGN = "POST /intake/letters/{letter_id}/assignment"
FORWARD = "POST /intake/letters/{letter_id}/forwarding"
TAKE = "POST /intake/letters/{letter_id}/receipt"
SEAL_DAY = "functions.audit.seal_day"
BREAK_GLASS = "POST /access/dossiers/{dossier_id}/break-glass"
NOTE_GLASS = "POST /access/broken-glass/{notice_id}/receipt"
SEAL = "POST /access/dossiers/{dossier_id}/seal"
UNSEAL = "POST /access/dossiers/{dossier_id}/unsealing"
DESK = "POST /intake/letters/{letter_id}/"


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

    def ask(self, call: Call) -> None:
        """A person sends a request, and again while there is no answer or one that says to try later."""
        for _ in range(3):
            answer = self.call(f"functions.{call.path.split('/')[1]}.api", call.event())
            if isinstance(answer, Mapping) and answer["statusCode"] < 500:
                return

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
    """A batch with its manifest goes all its way, comes a second time, and a broken file comes too."""
    run.drop("Stapel 1 +ä.csv", manifest("Stapel 1 +ä.pdf", 6))
    run.drop("Stapel 1 +ä.pdf", batch())
    run.drop("Stapel 1 nochmals.pdf", batch())
    run.drop("kaputt.pdf", batch()[:-200])
    run.run()


def an_old_dossier(run: Run) -> None:
    """A stack of the backfile, uploaded twice, goes all its way: one document has a cover, one has none."""
    for name in ("K-00001/1 +ä.pdf", "K-00001/1 nochmals.pdf"):
        run.drop_old(name, old_stack())
    run.run()


def all_kinds_of_manifests(run: Run) -> None:
    """A TIFF whose manifest is corrected before it is cut, and once more afterwards; one whose batch never comes."""
    os.environ["MANIFEST_WAIT_MINUTES"] = "0"
    for name, pages in (("leer.tif", 2), ("leer.tif", 3), ("verloren.pdf", 40)):
        run.drop(f"{name[:-4]}.csv", manifest(name, pages))
    run.drop("leer.tif", blank_tiff())
    run.run()
    mock_random.seed(2)  # the version of what comes now is the same in every run
    run.drop("leer.csv", manifest("leer.tif", 1))
    run.run()


def everything_lost(run: Run) -> None:
    """All messages and changes of a half-done batch are lost, and uploads were never announced."""
    os.environ["STUCK_AFTER_MINUTES"] = os.environ["MANIFEST_WAIT_MINUTES"] = "0"
    run.drop("Stapel 2.pdf", batch())
    run.drop("Stapel 3.pdf", long_letter())
    run.drop("verloren.csv", manifest("verloren.pdf", 40))
    run.step("scans")
    run.forget()
    run.call_until_done(RECONCILE, {})
    run.run()


def post_for_others(run: Run) -> None:
    """As `one_batch`; and a batch whose only letter belongs into no dossier closes too."""
    uploaded = upload("Stapel 5.pdf", b"a scan")  # first, so that its version is the same in every run
    one_batch(run)
    store, read = IntakeStore(INTAKE), a_letter((1,)).read(NOW)
    store.add_batch(replace(a_batch(a_plan("L")), upload=uploaded))
    store.add_letter(read)
    store.save_letter(read.forward(Destination.JOB_APPLICATIONS, (), NOW))
    run.run()


def letters_that_teach(run: Run) -> None:
    """As `one_batch`; and two letters with the same two references are filed, one of them by a person."""
    one_batch(run)
    store = IntakeStore(INTAKE)
    store.add_letter(_read(1).identify(OPEN, (), NOW, teaches=True))
    store.add_letter(_read(2).review((), (), NOW).assign(OPEN, CASE_WORKER, NOW))
    run.run()


def receipted(run: Run) -> None:
    """As `one_batch`; the partner accepts the bundle, sends its receipt twice, then one that says nothing."""
    one_batch(run)
    (bundle,) = _open_bundles()
    good, key = json.dumps(receipt_for(bundle)).encode(), bundle.key("").replace("out/", "receipts/")
    for body in (good, good, b"<html>"):
        mock_random.seed(len(body))  # their versions are the same in every run
        send("receipts", write_receipt(bundle, body, key=f"{key[:-1]}.json"))
    run.run()


def sent_again(run: Run) -> None:
    """As `one_batch`; an operator has the bundle sent again, and the partner refuses it."""
    one_batch(run)
    (bundle,) = _open_bundles()
    send("handover", ResendBundle(bundle_id=bundle.bundle_id, attempt=2).to_json())
    run.run()
    send("receipts", write_receipt(bundle, receipt_for(bundle, result="refused", reason="unknown_dossier")))
    run.run()


def bundle_stuck(run: Run) -> None:
    """A bundle has its number, and the message that would hand it over is lost."""
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    one_batch(run)
    (bundle,) = _open_bundles()
    HandoverStore(PARTNERS).save(bundle.resend(utc_now(), Patience(timedelta(), timedelta(days=1))))
    os.environ["EVERY_MINUTES"] = "15"
    run.call_until_done(RECONCILE_HANDOVER, {})
    run.run()


def _open_bundles() -> tuple[Bundle, ...]:
    return HandoverStore(PARTNERS).open_bundles(utc_now() + timedelta(days=2), 10).bundles


def a_person_assigns(run: Run) -> None:
    """A letter in review is assigned; when the answer is lost the person sends it again."""
    _decide(run, _read(1).review((), (), NOW), "assignment", {"dossier_id": OPEN})


def a_person_forwards(run: Run) -> None:
    """A letter in review belongs into no dossier."""
    _decide(run, _read(1).review((), (), NOW), "forwarding", {"destination": "new_case"})


def a_person_takes(run: Run) -> None:
    """A forwarded letter arrives where it belongs."""
    _decide(run, _read(1).forward(Destination.OTHER_OFFICE, (), NOW), "receipt", {})


def days_to_be_sealed(run: Run) -> None:
    """Of three days that are over the first is sealed; the second was missed, the third has an entry."""
    today = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    store = AuditStore(AUDIT)
    store.add_seal(seal_of((today - timedelta(days=4)).date(), GENESIS, ()))
    for number in range(3):
        store.record(entry_of(an_attempt(today - timedelta(days=2) + timedelta(hours=number), f"r-{number}")))
    run.call_until_done(SEAL_DAY, {})


def a_stranger_breaks_the_glass(run: Run) -> None:
    """A dossier of another team is opened in an emergency."""
    run.ask(Call("POST", f"/access/dossiers/{OPEN}/break-glass", STRANGER, "[caseworker]", body={"reason": WHY}))


def a_team_lead_takes_note(run: Run) -> None:
    """As `a_stranger_breaks_the_glass`; and the notice is seen."""
    a_stranger_breaks_the_glass(run)
    (notice,) = RegisterStore(REGISTER).access.notices(CASE_WORKER, 10).notices
    run.ask(Call("POST", f"/access/broken-glass/{notice.notice_id}/receipt", CASE_WORKER, "[caseworker]"))


def a_team_lead_seals(run: Run) -> None:
    """A dossier is sealed for one person."""
    decision = {"named": [CASE_WORKER], "reason": WHY, "version": 0}
    run.ask(Call("POST", f"/access/dossiers/{OPEN}/seal", CASE_WORKER, "[teamlead]", body=decision))


def an_auditor_unseals(run: Run) -> None:
    """As `a_team_lead_seals`; and the seal is lifted."""
    a_team_lead_seals(run)
    decision = {"reason": WHY, "version": 1}
    run.ask(Call("POST", f"/access/dossiers/{OPEN}/unsealing", MAILROOM, "[auditor]", body=decision))


def a_person_claims(run: Run) -> None:
    """A letter in review is claimed."""
    _decide(run, _waiting(1), "claim", {}, versioned=False)


def a_person_releases(run: Run) -> None:
    """A letter is claimed and let go."""
    _decide(run, _waiting(1), "claim", {}, versioned=False)
    _ask(run, a_letter((1,)).letter_id, "release", None)


def a_person_undoes(run: Run) -> None:
    """A letter that waited for a new scan waits for a person again."""
    _decide(run, _waiting(1), "rescan", {"reason": "cut_off"})
    _ask(run, a_letter((1,)).letter_id, "undo", {"version": 4})
    run.run()


def a_person_recalls(run: Run) -> None:
    """An assignment is taken back before anybody heard of it."""
    letter = _waiting(1)
    IntakeStore(INTAKE).add_letter(letter.assign(OPEN, MAILROOM, NOW))
    _ask(run, letter.letter_id, "undo", {"version": letter.version + 1})
    run.run()


def a_person_merges(run: Run) -> None:
    """Two letters become one, which goes its way."""
    second = _waiting(2)
    IntakeStore(INTAKE).add_letter(second)
    _decide(run, _waiting(1), "merge", {"others": [{"letter_id": second.letter_id, "version": second.version}]})


def _at_the_desk(what: str, decision: Mapping[str, object]) -> Scenario:
    """A letter of two pages in review is decided about, and what comes of it goes its way."""
    return lambda run: _decide(run, _waiting(1, 2), what, decision)


def letters_made_anew(run: Run) -> None:
    """A letter is taken apart, two others are put together, and what comes of them goes its way."""
    letters = [_waiting(*pages) for pages in ((11, 12), (13,), (14,))]
    for letter in letters:
        IntakeStore(INTAKE).add_letter(letter)
    others = [{"letter_id": letters[2].letter_id, "version": letters[2].version}]
    _ask(run, letters[0].letter_id, "split", {"first_pages": [2], "version": letters[0].version})
    _ask(run, letters[1].letter_id, "merge", {"others": others, "version": letters[1].version})
    run.run()


def a_new_scan_comes(run: Run) -> None:
    """A letter waits for a new scan, and it comes."""
    old = _waiting(1)
    _decide(run, old, "rescan", {"reason": "illegible"})
    new = replace(_waiting(2), state=LetterState.CUT, history=(), version=1)
    IntakeStore(INTAKE).add_letter(replace(new, rescan=rescan_id_of(old.letter_id, old.version)))
    run.run()


def a_filing_that_fails(run: Run) -> None:
    """The dossiers do not answer for a day: the letter is recalled, and what was asked of them before comes late."""
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    IntakeStore(INTAKE).add_letter(_read(1).identify(OPEN, (), NOW))
    run.drain_streams()
    late = take("file")
    run.call_until_done(RECONCILE, {})
    run.run()
    send("file", *late)
    run.run()


def _waiting(*pages: int) -> Letter:
    """A letter in review with a real file, whose pages all tell whose they are."""
    letter = a_letter(pages)
    content = pdf_of([KNOWN] * len(pages))
    version = keep_letter_file(letter.original.key, content)
    original = StoredObject(letter.original.key, version)
    return replace(letter, original=original, sha256=sha256(content).hexdigest()).read(NOW).review((), (OPEN,), NOW)


def _read(page: int) -> Letter:
    """A letter of one page that was read, its file in its place."""
    letter = a_letter((page,))
    version = keep_letter_file(letter.original.key, CONTENT)
    original, digest = StoredObject(letter.original.key, version), sha256(CONTENT).hexdigest()
    facts = LetterFacts("reminder", urgent=True)
    return replace(letter, original=original, sha256=digest).read(NOW).know(facts, references=("a" * 32, "b" * 32))


def _decide(run: Run, letter: Letter, what: str, decision: Mapping[str, object], *, versioned: bool = True) -> None:
    IntakeStore(INTAKE).add_letter(letter)
    _ask(run, letter.letter_id, what, {**decision, "version": letter.version} if versioned else None)
    run.run()


def _ask(run: Run, letter_id: str, what: str, body: Mapping[str, object] | None) -> None:
    """Ask until there is an answer, as a patient person does."""
    path = f"/intake/letters/{letter_id}/{what}"
    call = Call("POST", path, MAILROOM, "[mailroom]", body=body)
    for _ in range(3):
        answer = run.call("functions.intake.api", call.event())
        if isinstance(answer, Mapping) and answer["statusCode"] in {200, 202}:
            break


SCENARIOS: Mapping[str, Scenario] = {
    **dict.fromkeys((*CONSUMER_OF.values(), *PUBLISHER_OF.values()), one_batch),
    "functions.intake.split_batch": three_uploads,
    "functions.intake.publish_changes": post_for_others,
    "functions.intake.settle_letter": letters_that_teach,
    "functions.intake.serve_desk": letters_made_anew,
    RECONCILE: everything_lost,
    "functions.partners.take_receipt": receipted,
    RECONCILE_HANDOVER: bundle_stuck,
    SEAL_DAY: days_to_be_sealed,
    **BILL_SCENARIOS,
    **BANK_SCENARIOS,
    **RUN_SCENARIOS,
    **VOUCHER_SCENARIOS,
}
MORE: Mapping[str, tuple[str, Scenario]] = {
    "old dossiers": ("functions.intake.split_batch", an_old_dossier),
    "documents of old dossiers": ("functions.intake.identify_letter", an_old_dossier),
    "manifests": ("functions.intake.split_batch", all_kinds_of_manifests),
    "resent": ("functions.partners.export_document", sent_again),
    "new scan, published": ("functions.intake.publish_changes", a_new_scan_comes),
    "filing that fails": (RECONCILE, a_filing_that_fails),
    "recall, filed": ("functions.dossiers.file_document", a_person_recalls),
    "recall, settled": ("functions.intake.settle_letter", a_person_recalls),
    **MORE_BILLS,
    **MORE_VOUCHERS,
}
ROUTES: Mapping[str, tuple[str, Scenario]] = {
    ASSIGN: ("functions.intake.api", a_person_assigns),
    FORWARD: ("functions.intake.api", a_person_forwards),
    TAKE: ("functions.intake.api", a_person_takes),
    BREAK_GLASS: ("functions.access.api", a_stranger_breaks_the_glass),
    NOTE_GLASS: ("functions.access.api", a_team_lead_takes_note),
    SEAL: ("functions.access.api", a_team_lead_seals),
    UNSEAL: ("functions.access.api", an_auditor_unseals),
    **REGISTER_ROUTES,
    **RULE_ROUTES,
    **RUN_ROUTES,
    **INVOICE_ROUTES,
    **MONEY_ROUTES,
    **{f"POST {path}": (FUNCTION, scenario_of(path)) for path in BODIES},
    f"{DESK}claim": ("functions.intake.api", a_person_claims),
    f"{DESK}release": ("functions.intake.api", a_person_releases),
    f"{DESK}undo": ("functions.intake.api", a_person_undoes),
    f"{DESK}merge": ("functions.intake.api", a_person_merges),
    f"{DESK}split": ("functions.intake.api", _at_the_desk("split", {"first_pages": [2]})),
    f"{DESK}blanks": ("functions.intake.api", _at_the_desk("blanks", {"pages": [2]})),
    f"{DESK}turns": ("functions.intake.api", _at_the_desk("turns", {"turns": [{"page": 1, "clockwise": 90}]})),
    f"{DESK}kind": ("functions.intake.api", _at_the_desk("kind", {"kind": "kesb"})),
    f"{DESK}rejection": ("functions.intake.api", _at_the_desk("rejection", {"reason": "duplicate"})),
    f"{DESK}rescan": ("functions.intake.api", _at_the_desk("rescan", {"reason": "cut_off"})),
}


@set_up
def prepare() -> None:
    """The register every scenario needs; object versions are the same in every run as long as calls are."""
    mock_random.seed(1)
    put_register(*register())
