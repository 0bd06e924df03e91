"""The entrance for people: one HTTP API, one proxy route per context, a token at the door."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aws_cdk import aws_apigatewayv2 as http
from aws_cdk.aws_apigatewayv2_authorizers import HttpJwtAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.house.function import Function
from infra.house.log import log_group
from infra.house.stack import ContextStack, Site
from infra.people import StaffPool

_REQUESTS_PER_SECOND = 50
_BURST = 100
# Only access tokens carry it. An ID token says who somebody is and must open no door.
_STAFF_SCOPE = "aws.cognito.signin.user.admin"
_LOGGED = {
    "requestId": "$context.requestId",
    "time": "$context.requestTime",
    "ip": "$context.identity.sourceIp",
    "staff": "$context.authorizer.claims.username",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "error": "$context.error.message",
    "integrationError": "$context.integrationErrorMessage",
}


class EntranceStack(ContextStack):
    """The HTTP API and the staff pool.

    Args:
        scope: the service's stage.
        site: which service, and where.
        routes: path to the function that answers it; every method goes to the function.
    """

    def __init__(self, scope: Construct, site: Site, routes: Mapping[str, Function]) -> None:
        super().__init__(scope, "entrance", site)
        self.staff = StaffPool(self)
        self.api = http.HttpApi(
            self,
            "Api",
            description=f"Sozialakte, {site.service.title}",
            create_default_stage=False,
            default_authorizer=self._authoriser(),
            default_authorization_scopes=[_STAFF_SCOPE],
            cors_preflight=self._cors(),
        )
        for path, function in routes.items():
            integration = HttpLambdaIntegration(function.node.path, function.function)
            self.api.add_routes(path=path, methods=[http.HttpMethod.ANY], integration=integration)
        self._stage()
        self.publish("ApiUrl", self.api.api_endpoint)
        self.alarm(
            "api-fails",
            self.api.metric_server_error(statistic="Sum"),
            above=0,
            meaning="A request ended in a server error; the function's log says why",
        )

    def _authoriser(self) -> HttpJwtAuthorizer:
        return HttpJwtAuthorizer(
            "Staff",
            # The pool's ProviderURL, spelt out: the emulator does not know that attribute.
            f"https://cognito-idp.{self.region}.{self.url_suffix}/{self.staff.pool.user_pool_id}",
            jwt_audience=[self.staff.client.user_pool_client_id],
        )

    def _cors(self) -> http.CorsPreflightOptions | None:
        """Closed, unless the service names the origins of its pages."""
        if not self.site.service.page_origins:
            return None
        return http.CorsPreflightOptions(
            allow_origins=self.site.service.page_origins,
            allow_methods=[http.CorsHttpMethod.ANY],
            allow_headers=["authorization", "content-type"],
        )

    def _stage(self) -> None:
        http.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=http.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=_REQUESTS_PER_SECOND, throttling_burst_limit=_BURST
            ),
            access_log_settings=http.CfnStage.AccessLogSettingsProperty(
                destination_arn=log_group(self, self).log_group_arn, format=json.dumps(_LOGGED)
            ),
        )
