"""What the emulator's CloudFormation drops or names otherwise and the demo needs, put right by API after the deploy.

The templates say all of it; ``tests/infra`` proves that. Only the local run needs this.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.emulator.aws import Clients
from tests.emulator.outputs import deployed_outputs, desk_address
from tests.emulator.process import Emulator


def put_back(emulator: Emulator) -> Iterator[str]:
    """Repair what was dropped; one line for each repair."""
    s3, outputs = Clients(emulator).s3(), deployed_outputs(emulator)
    letters = outputs.buckets["letters"]
    s3.put_object_lock_configuration(Bucket=letters, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    yield "letters bucket: Object Lock switched on (legal holds)"
    page = desk_address(outputs)
    Clients(emulator).cognito().update_user_pool_client(  # the emulator keeps all that is not named
        UserPoolId=outputs.user_pool_id,
        ClientId=outputs.user_pool_client_id,
        CallbackURLs=[page],
        LogoutURLs=[page],
    )
    yield f"sign-in: people come back to {page}"
