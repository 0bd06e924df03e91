"""The AWS clients of this process: made once, when first needed, with time limits that fit inside a function's own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, overload

import boto3  # noqa: TID251 (the one place that makes clients)
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

_CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 4},
    connect_timeout=3,  # seconds
    read_timeout=15,  # seconds without a byte; a long download may take longer
    signature_version="v4",
)
# Presigned URLs need version 4 spelled out, and S3 spells it differently. Without "path" they would name the global
# host, which refuses buckets of opt-in regions such as Zurich; "virtual" needs a wildcard name for a local endpoint.
_S3_CONFIG = _CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "path"}))


@lru_cache(maxsize=1)
def session() -> boto3.Session:
    """The one session; event hooks registered on it reach every client made afterwards."""
    return boto3.Session()


@overload
def client(service: Literal["dynamodb"]) -> DynamoDBClient: ...
@overload
def client(service: Literal["s3"]) -> S3Client: ...
@overload
def client(service: Literal["sqs"]) -> SQSClient: ...
@overload
def client(service: Literal["cloudformation"]) -> CloudFormationClient: ...
@overload
def client(service: Literal["cognito-idp"]) -> CognitoIdentityProviderClient: ...
def client(service: str) -> object:
    """The client of ``service``; boto3 itself honours ``AWS_ENDPOINT_URL`` and the function's region and role."""
    return _client(service)


def reset_clients() -> None:
    """Forget session and clients, so that the next use sees the environment as it is then (for tests)."""
    _client.cache_clear()
    session.cache_clear()


@lru_cache(maxsize=8)
def _client(service: str) -> object:
    config = _S3_CONFIG if service == "s3" else _CONFIG
    return session().client(service, config=config)  # type: ignore[call-overload]  # the overloads above name them
