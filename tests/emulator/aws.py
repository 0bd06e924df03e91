"""Clients of the emulator's services, as the account's administrator."""

from __future__ import annotations

from dataclasses import dataclass

import boto3  # noqa: TID251 the scripts that build a local AWS talk to it
from botocore.config import Config
from mypy_boto3_cloudformation import CloudFormationClient
from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
from mypy_boto3_dynamodb import DynamoDBClient
from mypy_boto3_lambda import LambdaClient
from mypy_boto3_s3 import S3Client
from mypy_boto3_sqs import SQSClient

from tests.emulator.process import Emulator


@dataclass(frozen=True)
class Clients:
    """A client per service, made when asked for."""

    emulator: Emulator

    @property
    def session(self) -> boto3.Session:
        """A session of the administrator; clients made from it directly still need ``endpoint_url``."""
        env = self.emulator.env
        return boto3.Session(
            aws_access_key_id=env["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
            region_name=env["AWS_REGION"],
        )

    def s3(self) -> S3Client:
        """S3; signs addresses in the only way the emulator understands (Signature Version 4)."""
        return self.session.client("s3", endpoint_url=self.emulator.endpoint, config=Config(signature_version="s3v4"))

    def sqs(self) -> SQSClient:
        """SQS."""
        return self.session.client("sqs", endpoint_url=self.emulator.endpoint)

    def dynamodb(self) -> DynamoDBClient:
        """DynamoDB."""
        return self.session.client("dynamodb", endpoint_url=self.emulator.endpoint)

    def functions(self) -> LambdaClient:
        """Lambda. Does not try again: a function that failed is an answer."""
        once = Config(retries={"max_attempts": 0}, read_timeout=900)
        return self.session.client("lambda", endpoint_url=self.emulator.endpoint, config=once)

    def cognito(self) -> CognitoIdentityProviderClient:
        """Cognito user pools."""
        return self.session.client("cognito-idp", endpoint_url=self.emulator.endpoint)

    def cloudformation(self) -> CloudFormationClient:
        """CloudFormation."""
        return self.session.client("cloudformation", endpoint_url=self.emulator.endpoint)
