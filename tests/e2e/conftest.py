"""The whole system, deployed once by the real CDK onto a fresh emulator that enforces IAM."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.deployed import Deployed
from tests.e2e.gaps import Gaps, look_for_gaps
from tests.emulator import cdk
from tests.emulator.aws import Clients
from tests.emulator.fixups import put_back
from tests.emulator.outputs import deployed_outputs
from tests.emulator.process import Emulator


@pytest.fixture(scope="session")
def deployed() -> Iterator[Deployed]:
    """An emulator of its own port, bootstrapped and deployed, exactly as the templates came through."""
    emulator = Emulator("emulator-e2e", port=None)
    emulator.stop()  # what an interrupted run may have left
    emulator.start()
    try:
        cdk.deploy(emulator)
        yield Deployed(emulator, deployed_outputs(emulator), Clients(emulator))
    finally:
        emulator.stop()


@pytest.fixture(scope="session")
def gaps(deployed: Deployed) -> Gaps:
    """What the emulator made less of than the templates say, before anything is put back."""
    return look_for_gaps(deployed.clients, deployed.outputs)


@pytest.fixture(scope="session")
def usable(deployed: Deployed, gaps: Gaps) -> Deployed:  # noqa: ARG001 the gaps are looked for first
    """The same system with Object Lock put back: for flows that file letters."""
    list(put_back(deployed.emulator))
    return deployed
