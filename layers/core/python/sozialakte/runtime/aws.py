"""The AWS clients of this process: made once, when first needed, with time limits that fit inside a function's own.

boto3 is imported with the first of them: that costs as much as a handler's other imports together, and a request that
is refused needs no AWS at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, overload

if TYPE_CHECKING:
    import boto3  # noqa: TID251 (the one place that makes clients)
    from botocore.config import Config
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sts import STSClient


@lru_cache(maxsize=1)
def session() -> boto3.Session:
    """The one session; event hooks registered on it reach every client made afterwards."""
    import boto3  # noqa: PLC0415, TID251 (see above)
    from botocore.session import get_session  # noqa: PLC0415 (see above)

    from sozialakte.runtime.quick_answers import QuickAnswers  # noqa: PLC0415 (see above)

    session = get_session()
    session.register_component("response_parser_factory", QuickAnswers())
    return boto3.Session(botocore_session=session)


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
@overload
def client(service: Literal["sts"]) -> STSClient: ...
def client(service: str) -> object:
    """The client of ``service``; boto3 itself honours ``AWS_ENDPOINT_URL`` and the function's region and role."""
    return _client(service)


def reset_clients() -> None:
    """Forget session and clients, so that the next use sees the environment as it is then (for tests)."""
    _client.cache_clear()
    session.cache_clear()


@lru_cache(maxsize=8)
def _client(service: str) -> object:
    return session().client(service, config=_config(service))  # type: ignore[call-overload]  # the overloads above name them


def _config(service: str) -> Config:
    from botocore.config import Config  # noqa: PLC0415 (see above)

    config = Config(
        retries={"mode": "standard", "total_max_attempts": 4},
        connect_timeout=3,  # seconds
        read_timeout=15,  # seconds without a byte; a long download may take longer
        signature_version="v4",
    )
    # Presigned URLs need version 4 spelled out, and S3 spells it differently. Without "path" they would name the
    # global host, which refuses buckets of opt-in regions such as Zurich; "virtual" needs a wildcard name for a local
    # endpoint.
    s3 = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    return config.merge(s3) if service == "s3" else config
