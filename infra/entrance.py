"""The entrance for people: one HTTP API, a proxy route per context and method, a token at the door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from aws_cdk import aws_apigatewayv2 as http
from aws_cdk.aws_apigatewayv2_authorizers import HttpJwtAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.house.bucket import Bucket
from infra.house.function import Function, Limits
from infra.house.log import log_group
from infra.house.permission import accept
from infra.house.stack import ContextStack, Site
from infra.people import StaffPool

_REQUESTS_PER_SECOND = 50
_BURST = 100
_DOCUMENT = Path(__file__).with_name("openapi.json")
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
        answered_by: the function that answers each context's paths.
        pictures: the bucket that holds the pictures of pages.
    """

    def __init__(self, scope: Construct, site: Site, answered_by: Mapping[str, Function], pictures: Bucket) -> None:
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
        for context, function in answered_by.items():
            integration = HttpLambdaIntegration(function.node.path, function.function)
            self.api.add_routes(path=f"/{context}/{{proxy+}}", methods=_methods(context), integration=integration)
        self._pages(pictures)
        self._stage()
        self.publish("ApiUrl", self.api.api_endpoint)
        self.alarm(
            "api-fails",
            self.api.metric_server_error(statistic="Sum"),
            above=0,
            meaning="A request ended in a server error; the function's log says why",
        )

    def _pages(self, pictures: Bucket) -> None:
        """The pages in the browser: without a token, as nobody can have one before them; they hold no data."""
        page = Function(
            self,
            "show_desk",
            Limits(timeout=5),
            env={
                "SIGN_IN_URL": self.staff.sign_in_url,
                "USER_POOL_CLIENT_ID": self.staff.client.user_pool_client_id,
                "PICTURES_URL": f"https://s3.{self.region}.{self.url_suffix}/{pictures.name}/",
            },
            may=[],
            layers=("core",),
        )
        integration = HttpLambdaIntegration(page.node.path, page.function)
        for path in ("/desk", "/desk/{file}", "/bills", "/bills/{file}", "/books", "/books/{file}"):
            routes = self.api.add_routes(
                path=path,
                methods=[http.HttpMethod.GET],
                integration=integration,
                authorizer=http.HttpNoneAuthorizer(),
                authorization_scopes=[],
            )
            for route in routes:
                accept(route, "AwsSolutions-APIG4", "The page that leads to the sign-in; there is nothing to protect")
        self.staff.lead_back_to(*(f"{self.api.api_endpoint}/{page}" for page in ("desk", "bills", "books")))

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


def _methods(context: str) -> list[http.HttpMethod]:
    """The methods of the context's operations. Not ANY: it takes the browsers' preflight too, which has no token."""
    paths = json.loads(_DOCUMENT.read_text(encoding="utf-8"))["paths"]
    found = {method for path, methods in paths.items() if path.startswith(f"/{context}/") for method in methods}
    return [http.HttpMethod(method.upper()) for method in sorted(found)]
