"""A counter that has drifted is set right by counting what lies in the inbox."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from sozialakte.cli import app
from sozialakte.dossiers import InboxStore
from sozialakte.runtime.dynamo import Change, Table
from sozialakte.shared.clock import zurich_date
from tests.aws import DOSSIERS
from tests.office import RECEIVED, RESPONSIBLE, furnish

pytestmark = pytest.mark.usefixtures("aws")


def test_a_counter_that_drifted_is_set_right() -> None:
    furnish()
    store, today = InboxStore(DOSSIERS), zurich_date(RECEIVED)
    right = store.counts(RESPONSIBLE, today)
    Table(DOSSIERS).update(f"INBOX#{RESPONSIBLE}", "COUNT#new", Change(add={"entries": 5}))

    said = CliRunner().invoke(app, ["recount", RESPONSIBLE, "--table", DOSSIERS])

    assert (said.exit_code, said.stdout) == (0, f"{RESPONSIBLE}: 1 Zähler berichtigt\n")
    assert store.counts(RESPONSIBLE, today) == right
