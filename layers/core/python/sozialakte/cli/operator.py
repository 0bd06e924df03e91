"""Who runs a command, as AWS knows them."""

from __future__ import annotations

from uuid import uuid4

from sozialakte.audit.operators import Operator
from sozialakte.runtime.aws import client
from sozialakte.shared.clock import utc_now


def operator() -> Operator:
    """Whoever the AWS credentials belong to, in this run."""
    return Operator(client("sts").get_caller_identity()["Arn"], str(uuid4()), utc_now())
