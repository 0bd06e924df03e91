"""The demo's register can be imported as it is committed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sozialakte.register import RegisterStore
from sozialakte.register.import_register import apply_import, plan_import
from tests.aws import REGISTER as TABLE
from tests.demo.generate import REGISTER
from tests.demo.truth import MAIL, read_deliveries, read_truth

pytestmark = pytest.mark.usefixtures("aws")
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


def imported() -> RegisterStore:
    store = RegisterStore(TABLE)
    plan = plan_import(REGISTER, store, TODAY)
    assert not plan.problems
    apply_import(plan, store, "test", NOW, lambda: None)
    return store


def test_committed_register_breaks_no_rule() -> None:
    store = imported()

    assert not plan_import(REGISTER, store, TODAY).writes


def test_every_expected_inbox_is_the_one_of_that_day() -> None:
    store = imported()
    batches = [delivery.file for delivery in read_deliveries(MAIL).deliveries if delivery.state == "closed"]

    for letter in (letter for file in batches for letter in read_truth(MAIL, file).letters if letter.dossier):
        assert store.find_recipient(letter.dossier or "", TODAY).inbox == letter.inbox
