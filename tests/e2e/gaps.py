"""What the emulator is known to drop. When one of these closes, a test says so and a fix-up can go."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.exceptions import ClientError

from tests.emulator.aws import Clients
from tests.emulator.outputs import Outputs


@dataclass(frozen=True)
class Gaps:
    """True: dropped."""

    object_lock: bool
    lifecycle: bool
    reserved_concurrency: bool
    point_in_time_recovery: bool


def look_for_gaps(clients: Clients, outputs: Outputs) -> Gaps:
    """Ask the services what the deploy really made."""
    return Gaps(
        object_lock=_lacks_object_lock(clients, outputs.buckets["letters"]),
        lifecycle=_lacks_lifecycle(clients, outputs.buckets["scans"]),
        reserved_concurrency=_lacks_reserved_concurrency(clients, outputs.functions["intake.read_pages"]),
        point_in_time_recovery=_lacks_recovery(clients, outputs.tables["intake"]),
    )


def _lacks_object_lock(clients: Clients, bucket: str) -> bool:
    try:
        clients.s3().get_object_lock_configuration(Bucket=bucket)
    except ClientError as error:
        return _code(error) == "ObjectLockConfigurationNotFoundError"
    return False


def _lacks_lifecycle(clients: Clients, bucket: str) -> bool:
    try:
        clients.s3().get_bucket_lifecycle_configuration(Bucket=bucket)
    except ClientError as error:
        return _code(error) == "NoSuchLifecycleConfiguration"
    return False


def _lacks_reserved_concurrency(clients: Clients, function: str) -> bool:
    return "ReservedConcurrentExecutions" not in clients.functions().get_function_concurrency(FunctionName=function)


def _lacks_recovery(clients: Clients, table: str) -> bool:
    described = clients.dynamodb().describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    return described["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] != "ENABLED"


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]
