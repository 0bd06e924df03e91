"""The entrance: no route without a token, no browser from elsewhere, no flood, every request logged."""

from __future__ import annotations

import json

from infra.people import ROLES
from tests.infra.templates import ROOT, Assembly, Resource, as_list, part

PAGES = {f"GET /{page}{file}" for page in ("desk", "bills", "books") for file in ("", "/{file}")}
"""What a browser loads before anybody has signed in."""


def _only(aws: Assembly, kind: str) -> Resource:
    (found,) = aws.resources(kind)
    return found


def test_every_route_asks_for_an_access_token_of_the_staff_pool(aws: Assembly) -> None:
    authoriser = _only(aws, "AWS::ApiGatewayV2::Authorizer")
    for route in aws.resources("AWS::ApiGatewayV2::Route"):
        if route.properties["RouteKey"] in PAGES:
            continue
        assert route.properties["AuthorizationType"] == "JWT", route
        assert route.properties["AuthorizerId"] == {"Ref": authoriser.logical_id}, route
        # ID tokens lack this scope: they say who somebody is and open no door.
        assert route.properties["AuthorizationScopes"] == ["aws.cognito.signin.user.admin"], route


def test_the_routes_are_the_methods_that_functions_declare(aws: Assembly) -> None:
    assert _routes(aws) == PAGES | {
        "GET /intake/{proxy+}",
        "POST /intake/{proxy+}",
        "GET /dossiers/{proxy+}",
        "POST /dossiers/{proxy+}",
        "GET /access/{proxy+}",
        "POST /access/{proxy+}",
        "GET /audit/{proxy+}",
        "GET /partners/{proxy+}",
        "GET /payments/{proxy+}",
        "POST /payments/{proxy+}",
        "GET /register/{proxy+}",
        "POST /register/{proxy+}",
    }


def test_every_documented_operation_has_its_route(aws: Assembly) -> None:
    paths = json.loads((ROOT / "infra/openapi.json").read_text(encoding="utf-8"))["paths"]
    documented = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    routed = {(method, path) for method, path in documented if f"{method} {_proxied(path)}" in _routes(aws)}
    assert routed == documented


def test_no_route_takes_the_preflight_of_browsers_which_carries_no_token(with_people: Assembly) -> None:
    assert not {route for route in _routes(with_people) if route.startswith(("ANY", "OPTIONS", "$default"))}


def _routes(aws: Assembly) -> set[str]:
    return {str(route.properties["RouteKey"]) for route in aws.resources("AWS::ApiGatewayV2::Route")}


def _proxied(path: str) -> str:
    return f"/{path.split('/')[1]}/{{proxy+}}"


def test_tokens_are_checked_against_the_pool_and_its_client(aws: Assembly) -> None:
    authoriser = _only(aws, "AWS::ApiGatewayV2::Authorizer").properties
    configuration = part(authoriser, "JwtConfiguration")
    pool, client = _only(aws, "AWS::Cognito::UserPool"), _only(aws, "AWS::Cognito::UserPoolClient")
    assert authoriser["AuthorizerType"] == "JWT"
    assert authoriser["IdentitySource"] == ["$request.header.Authorization"]
    assert configuration["Audience"] == [{"Ref": client.logical_id}]
    issuer = json.dumps(configuration["Issuer"])
    assert issuer.startswith('{"Fn::Join": ["", ["https://cognito-idp.eu-central-2.')
    assert pool.logical_id in issuer


def test_browsers_are_kept_out_until_there_are_pages(aws: Assembly) -> None:
    assert "CorsConfiguration" not in _only(aws, "AWS::ApiGatewayV2::Api").properties


def test_requests_are_throttled_and_logged_without_their_content(aws: Assembly) -> None:
    stage = _only(aws, "AWS::ApiGatewayV2::Stage").properties
    assert stage["DefaultRouteSettings"] == {"ThrottlingBurstLimit": 100, "ThrottlingRateLimit": 50}
    log = part(stage, "AccessLogSettings")
    written = json.loads(str(log["Format"]))
    assert {"requestId", "staff", "path", "status"} <= set(written)
    assert not [value for value in written.values() if "querystring" in value.lower() or "header" in value.lower()]
    assert "DestinationArn" in log


def test_the_pool_has_a_group_for_every_role(aws: Assembly) -> None:
    groups = {group.properties["GroupName"] for group in aws.resources("AWS::Cognito::UserPoolGroup")}
    assert groups == set(ROLES)


def test_accounts_are_made_by_administrators_and_need_a_second_factor(aws: Assembly) -> None:
    pool = _only(aws, "AWS::Cognito::UserPool").properties
    assert part(pool, "AdminCreateUserConfig")["AllowAdminCreateUserOnly"] is True
    assert pool["MfaConfiguration"] == "ON"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    password = part(part(pool, "Policies"), "PasswordPolicy")
    assert password["MinimumLength"] == 14


def test_pages_get_short_lived_tokens_and_know_no_secret(aws: Assembly) -> None:
    client = _only(aws, "AWS::Cognito::UserPoolClient").properties
    assert client["GenerateSecret"] is False
    assert client["AccessTokenValidity"] == 15
    assert part(client, "TokenValidityUnits")["AccessToken"] == "minutes"
    assert set(as_list(client["ExplicitAuthFlows"])) == {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}


def test_people_sign_in_on_the_pools_own_page_and_come_back_to_our_pages_only(aws: Assembly) -> None:
    client, api = _only(aws, "AWS::Cognito::UserPoolClient").properties, _only(aws, "AWS::ApiGatewayV2::Api")
    assert client["AllowedOAuthFlows"] == ["code"], "the implicit flow would put tokens into addresses"
    assert client["AllowedOAuthScopes"] == ["openid", "aws.cognito.signin.user.admin"]
    assert client["SupportedIdentityProviders"] == ["COGNITO"]
    assert client["CallbackURLs"] == client["LogoutURLs"]
    pages = [json.dumps(page) for page in as_list(client["CallbackURLs"])]
    assert [page.rsplit("/", 1)[-1] for page in pages] == ['desk"]]}', 'bills"]]}', 'books"]]}']
    assert all(api.logical_id in page for page in pages)
    assert len(list(aws.resources("AWS::Cognito::UserPoolDomain"))) == 1


def test_only_the_pages_themselves_ask_for_no_token_and_its_function_may_nothing(aws: Assembly) -> None:
    open_to_all = [
        route.properties
        for route in aws.resources("AWS::ApiGatewayV2::Route")
        if route.properties["AuthorizationType"] == "NONE"
    ]
    assert {route["RouteKey"] for route in open_to_all} == PAGES
    assert not [route for route in open_to_all if "AuthorizerId" in route or route.get("AuthorizationScopes")]


def test_only_origins_the_service_names_may_call(with_people: Assembly) -> None:
    assert _only(with_people, "AWS::ApiGatewayV2::Api").properties["CorsConfiguration"] == {
        "AllowOrigins": ["https://akte.example.ch"],
        "AllowMethods": ["*"],
        "AllowHeaders": ["authorization", "content-type"],
    }
