"""A deployed system, as the tests of this folder see it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.emulator.aws import Clients
from tests.emulator.outputs import Outputs
from tests.emulator.process import Emulator


@dataclass(frozen=True)
class Deployed:
    """Where it runs, what is where, and clients of its services as the administrator."""

    emulator: Emulator
    outputs: Outputs
    clients: Clients
