"""Whatever is lost on the way, and whenever: `reconcile` brings every page to its fate."""

from __future__ import annotations

import pytest

from sozialakte.dossiers import DossierStore
from sozialakte.partners import HandoverStore
from sozialakte.partners.compare import missing
from tests.aws import DOSSIERS, PARTNERS, local_aws, rows, send
from tests.batches import batch, long_letter
from tests.crash.bill_scenarios import RECONCILE_BILLS
from tests.crash.end_state import doubled, end_state
from tests.crash.scenarios import RECONCILE, RECONCILE_HANDOVER, Run, prepare
from tests.pipeline import Pipeline

MOST_ROUNDS = 12


def drop_both(run: Pipeline) -> None:
    """A batch with two letters, and one letter of eleven pages."""
    run.drop("Stapel 1.pdf", batch())
    run.drop("Stapel 2.pdf", long_letter())


def hand_over_what_is_missing(run: Run) -> None:
    """As the schedule does, and as an operator does with `sozialakte handover compare --send`."""
    for reconcile in (RECONCILE_BILLS, RECONCILE_HANDOVER):
        run.call(reconcile, {})
        run.run()
    store, dossiers = HandoverStore(PARTNERS), DossierStore(DOSSIERS)
    filed = [
        (str(row["dossier_id"]), str(row["document_id"])) for row in rows(DOSSIERS) if row.get("entity") == "document"
    ]
    for place in filed:
        document = dossiers.find_document(*place)
        assert document
        for changed in missing(document, store.bundles_of(document.document_id)):
            send("handover", changed.to_json())
    run.run()


@pytest.fixture(scope="module")
def clean() -> dict[str, object]:
    """What a run holds in the end when nothing is lost."""
    with local_aws():
        prepare()
        run = Run()
        drop_both(run)
        run.run()
        return end_state()


@pytest.mark.parametrize("rounds", range(MOST_ROUNDS))
def test_all_messages_and_changes_may_be_lost_at_any_time(
    rounds: int, clean: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with local_aws():
        monkeypatch.setenv("STUCK_AFTER_MINUTES", "0")
        prepare()
        run = Run()
        drop_both(run)
        for _ in range(rounds):
            run.round()
        run.forget()
        while run.call(RECONCILE, {}) is None and run.round():
            run.run()
        hand_over_what_is_missing(run)
        assert end_state() == clean
        assert doubled() == []


def test_the_clean_run_is_over_within_the_rounds_tried() -> None:
    with local_aws():
        prepare()
        run = Run()
        drop_both(run)
        for _ in range(MOST_ROUNDS):
            run.round()
        assert not run.round()
