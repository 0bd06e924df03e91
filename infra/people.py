"""The staff's user pool: who works here, in which roles."""

from __future__ import annotations

from aws_cdk import Aws, Duration
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.house.permission import accept
from infra.house.stack import ContextStack

ROLES = ("mailroom", "caseworker", "teamlead", "accounting", "paymentrelease", "auditor", "administrator")
"""The groups of the pool; `cognito:groups` in the access token."""
_TOKEN_MINUTES = 15
_WORKING_DAY_HOURS = 10


class StaffPool(Construct):
    """The staff's accounts, made by administrators. The user name is the staff id of the register."""

    def __init__(self, stack: ContextStack) -> None:
        super().__init__(stack, "Staff")
        self._target = stack.site.target
        self.pool = self._pool()
        self.client = self._client()
        for role in ROLES:
            cognito.CfnUserPoolGroup(
                self, f"Role{role.capitalize()}", user_pool_id=self.pool.user_pool_id, group_name=role
            )
        domain = self.pool.add_domain("SignIn", cognito_domain=self._domain(stack.site.service.name))
        self.sign_in_url = f"https://{domain.domain_name}.auth.{stack.region}.amazoncognito.com"
        stack.publish("UserPoolId", self.pool.user_pool_id)
        stack.publish("UserPoolClientId", self.client.user_pool_client_id)

    def lead_back_to(self, *pages: str) -> None:
        """Where people come back to from signing in and out: codes go to these pages and nowhere else."""
        # Told late: the pages lie behind the API, which asks the pool about tokens.
        client = self.client.node.default_child
        if not isinstance(client, cognito.CfnUserPoolClient):
            raise TypeError("a client is made of something else")
        client.callback_ur_ls = client.logout_ur_ls = list(pages)

    def _pool(self) -> cognito.UserPool:
        pool = cognito.UserPool(
            self,
            "Pool",
            sign_in_aliases=cognito.SignInAliases(username=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=False,
            account_recovery=cognito.AccountRecovery.NONE,  # a lost password goes through the administrator
            mfa=cognito.Mfa.REQUIRED if self._target.requires_mfa else cognito.Mfa.OFF,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False) if self._target.requires_mfa else None,
            password_policy=cognito.PasswordPolicy(
                min_length=14,
                require_digits=True,
                require_lowercase=True,
                require_symbols=True,
                require_uppercase=True,
                temp_password_validity=Duration.days(3),
            ),
            deletion_protection=self._target.keeps_data,
            removal_policy=self._target.removal_policy,
        )
        accept(pool, "AwsSolutions-COG8", "The plus plan is priced per user; accounts are few, made by hand, with MFA")
        if not self._target.requires_mfa:
            accept(pool, "AwsSolutions-COG2", "Only on the emulator: tests sign in without a second factor")
        return pool

    @staticmethod
    def _domain(service: str) -> cognito.CognitoDomainOptions:
        """Of Cognito's own: pages on it need no certificate of ours. Its name is unique in the region."""
        return cognito.CognitoDomainOptions(domain_prefix=f"sozialakte-{service}-{Aws.ACCOUNT_ID}")

    def _client(self) -> cognito.UserPoolClient:
        """For pages in a browser: no secret to leak, tokens that soon expire, revocable refresh."""
        return self.pool.add_client(
            "Pages",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(user_srp=True, admin_user_password=self._target.signs_in_by_password),
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                # The second is what the API asks for; see `infra.entrance`.
                scopes=[cognito.OAuthScope.OPENID, cognito.OAuthScope.COGNITO_ADMIN],
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO],
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.minutes(_TOKEN_MINUTES),
            id_token_validity=Duration.minutes(_TOKEN_MINUTES),
            refresh_token_validity=Duration.hours(_WORKING_DAY_HOURS),
        )
