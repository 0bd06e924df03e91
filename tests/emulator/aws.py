"""Clients of the emulator's services, as the account's administrator or in a role."""

from __future__ import annotations

from dataclasses import dataclass

import boto3  # noqa: TID251 the scripts that build a local AWS talk to it
from botocore.config import Config
from mypy_boto3_cloudformation import CloudFormationClient
from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
from mypy_boto3_dynamodb import DynamoDBClient
from mypy_boto3_iam import IAMClient
from mypy_boto3_lambda import LambdaClient
from mypy_boto3_s3 import S3Client
from mypy_boto3_sqs import SQSClient
from mypy_boto3_sts import STSClient

from tests.emulator.process import REGION, Emulator


@dataclass(frozen=True)
class Clients:
    """A client per service, made when asked for: the administrator's, or those of the given session."""

    emulator: Emulator
    own_session: boto3.Session | None = None

    @property
    def session(self) -> boto3.Session:
        """Whose clients these are. Clients made from it directly still need ``endpoint_url``."""
        env = self.emulator.env
        return self.own_session or boto3.Session(
            aws_access_key_id=env["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
            region_name=env["AWS_REGION"],
        )

    def assuming(self, role_arn: str) -> Clients:
        """The same clients in this role."""
        given = self.sts().assume_role(RoleArn=role_arn, RoleSessionName="test")["Credentials"]
        session = boto3.Session(
            given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], region_name=REGION
        )
        return Clients(self.emulator, session)

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

    def iam(self) -> IAMClient:
        """Roles and policies."""
        return self.session.client("iam", endpoint_url=self.emulator.endpoint)

    def sts(self) -> STSClient:
        """Assuming roles."""
        return self.session.client("sts", endpoint_url=self.emulator.endpoint)
