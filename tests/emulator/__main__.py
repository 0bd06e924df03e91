"""`python -m tests.emulator up|deploy|down|status ...`: the local AWS of `make demo`.

`python -m tests.emulator token STAFF_ID ROLE ...` prints an access token; it is good for 15 minutes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from tests.emulator import cdk
from tests.emulator.fixups import put_back
from tests.emulator.outputs import deployed_outputs
from tests.emulator.people import sign_in
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
_USAGE = "usage: python -m tests.emulator up|deploy|down|status ... | token STAFF_ID [ROLE ...]"


def _do(arguments: list[str]) -> None:
    match arguments:
        case ["token", username, *groups]:
            print(sign_in(Emulator(), username, groups))
        case [_, *_] if set(arguments) <= _COMMANDS.keys():
            for command in arguments:
                _COMMANDS[command](Emulator())
        case _:
            raise SystemExit(_USAGE)


def main(arguments: list[str]) -> int:
    """Run the commands in order. Exit code 1: wrong usage, or the emulator said no."""
    try:
        _do(arguments)
    except EmulatorError as error:
        print(f"emulator: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
