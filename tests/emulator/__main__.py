"""`python -m tests.emulator up|deploy|down|status`: the local AWS of `make demo`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from tests.emulator import cdk
from tests.emulator.fixups import put_back
from tests.emulator.outputs import deployed_outputs
from tests.emulator.process import Emulator, EmulatorError


def up(emulator: Emulator) -> None:
    """Start it, if it does not run."""
    emulator.start()
    print(f"emulator: {emulator.endpoint}, IAM enforced; log: {emulator.log}")


def deploy(emulator: Emulator) -> None:
    """Deploy the app, and put back what the emulator dropped."""
    began = time.monotonic()
    print("deploy: cdk bootstrap and cdk deploy ...", flush=True)
    cdk.deploy(emulator)
    for line in put_back(emulator):
        print(f"fix-up: {line}")
    print(f"deployed in {time.monotonic() - began:.0f} s: {deployed_outputs(emulator).api_url}")


def down(emulator: Emulator) -> None:
    """Stop it and forget everything."""
    emulator.stop()
    print("emulator: stopped")


def status(emulator: Emulator) -> None:
    """Say whether it runs and what is deployed."""
    if not emulator.running():
        print("emulator: does not run")
        return
    print(f"emulator: {emulator.endpoint}")
    outputs = deployed_outputs(emulator)
    print(f"API:      {outputs.api_url}")
    for kind, named in {"table": outputs.tables, "bucket": outputs.buckets, "queue": outputs.queues}.items():
        for name, value in sorted(named.items()):
            print(f"{kind + ':':9} {name} = {value}")


_COMMANDS: dict[str, Callable[[Emulator], None]] = {"up": up, "deploy": deploy, "down": down, "status": status}


def main(arguments: list[str]) -> int:
    """Run the commands in order. Exit code 1: the emulator said no; 2: wrong usage."""
    if not arguments or not set(arguments) <= _COMMANDS.keys():
        print(f"usage: python -m tests.emulator {'|'.join(_COMMANDS)} ...")
        return 2
    try:
        for command in arguments:
            _COMMANDS[command](Emulator())
    except EmulatorError as error:
        print(f"emulator: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
