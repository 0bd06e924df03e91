"""What the emulator's CloudFormation drops and the demo needs, put back by API after the deploy.

The templates say all of it; ``tests/infra`` proves that. Only the local run needs this.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.emulator.aws import Clients
from tests.emulator.outputs import deployed_outputs
from tests.emulator.process import Emulator


def put_back(emulator: Emulator) -> Iterator[str]:
    """Repair what was dropped; one line for each repair."""
    s3, outputs = Clients(emulator).s3(), deployed_outputs(emulator)
    letters = outputs.buckets["letters"]
    s3.put_object_lock_configuration(Bucket=letters, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    yield "letters bucket: Object Lock switched on (legal holds)"
