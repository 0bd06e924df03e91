"""CloudFormation as an operator's command sees it: only the outputs of stacks. (moto's own needs ten more packages.)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from sozialakte.runtime.aws import reset_clients, session

if TYPE_CHECKING:
    from collections.abc import Callable


class _Http:
    """What a client reads of an HTTP answer."""

    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


def answer_instead(event: str, answer: Callable[..., object]) -> None:
    """Answer a call in place of AWS, as botocore lets its users do (an answer of None lets the call through)."""
    reset_clients()
    session().events.register(f"before-call.{event}", cast("Callable[..., None]", answer))


def refusal(status: int, code: str, message: str = "") -> tuple[object, dict[str, object]]:
    """An error as AWS words it."""
    return _Http(status), {"Error": {"Code": code, "Message": message}}


def deployed(stacks: Mapping[str, Mapping[str, str]]) -> None:
    """Exactly these stacks are deployed; ``stacks`` holds their outputs."""

    def describe(params: Mapping[str, Mapping[str, str]], **_: object) -> tuple[object, dict[str, object]]:
        name = params["body"]["StackName"]
        if name not in stacks:
            return refusal(400, "ValidationError", f"Stack with id {name} does not exist")
        outputs = [{"OutputKey": key, "OutputValue": value} for key, value in stacks[name].items()]
        return _Http(200), {"Stacks": [{"StackName": name, "Outputs": outputs}]}

    answer_instead("cloudformation.DescribeStacks", describe)
