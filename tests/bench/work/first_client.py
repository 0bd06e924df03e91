"""What nearly every first call does before anything else: make the first client of AWS."""

from __future__ import annotations

from sozialakte.runtime.aws import client


def open_tables() -> None:
    """The client of DynamoDB, which brings boto3 and reads the description of the service."""
    client("dynamodb")
