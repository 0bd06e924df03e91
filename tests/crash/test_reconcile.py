"""Whatever is lost on the way, and whenever: `reconcile` brings every page to its fate."""

from __future__ import annotations

import pytest

from tests.aws import local_aws
from tests.batches import batch, long_letter
from tests.crash.end_state import doubled, end_state
from tests.crash.scenarios import RECONCILE, Run, prepare
from tests.pipeline import Pipeline

MOST_ROUNDS = 12


def drop_both(run: Pipeline) -> None:
    """A batch with two letters, and one letter of eleven pages."""
    run.drop("Stapel 1.pdf", batch())
    run.drop("Stapel 2.pdf", long_letter())


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
