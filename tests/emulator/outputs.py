"""What is deployed: addresses and names from the stacks' outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.emulator.aws import Clients
from tests.emulator.process import Emulator, EmulatorError


@dataclass(frozen=True)
class Outputs:
    """Where things are. Names are those of the contexts (``intake``), queues (``scans``) and buckets (``letters``)."""

    api_url: str
    """Base address of the HTTP API, without a slash at the end; works with every HTTP client."""
    user_pool_id: str
    user_pool_client_id: str
    tables: Mapping[str, str]
    buckets: Mapping[str, str]
    queues: Mapping[str, str]
    """Addresses, of the dead-letter queues too: ``scans`` and ``scans-dead``."""
    functions: Mapping[str, str]
    """Function names by ``<context>.<verb_object>``."""


def deployed_outputs(emulator: Emulator) -> Outputs:
    """Read the outputs of all deployed stacks.

    Raises:
        EmulatorError: nothing is deployed.
    """
    stacks = _outputs_by_context(emulator)
    if "entrance" not in stacks:
        raise EmulatorError("nothing is deployed: run `make demo`")
    entrance = stacks["entrance"]
    api_id = entrance["ApiUrl"].removeprefix("http://").split(".")[0]
    return Outputs(
        api_url=f"{emulator.endpoint}/_aws/execute-api/{api_id}/$default",
        user_pool_id=entrance["UserPoolId"],
        user_pool_client_id=entrance["UserPoolClientId"],
        tables={context: outputs["TableName"] for context, outputs in stacks.items() if "TableName" in outputs},
        buckets=_ending_in("BucketName", stacks),
        queues=_ending_in("QueueUrl", stacks),
        functions=_functions(emulator),
    )


def desk_address(outputs: Outputs) -> str:
    """Where the page of the review desk is opened."""
    return f"{outputs.api_url}/desk"


def bills_address(outputs: Outputs) -> str:
    """Where the page on which bills are approved is opened."""
    return f"{outputs.api_url}/bills"


def books_address(outputs: Outputs) -> str:
    """Where accounting, releasers and auditors see payment runs, incoming money and the ledger."""
    return f"{outputs.api_url}/books"


def _outputs_by_context(emulator: Emulator) -> dict[str, dict[str, str]]:
    stacks = Clients(emulator).cloudformation().describe_stacks()["Stacks"]
    return {
        stack["StackName"].split("-")[-1]: {
            output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])
        }
        for stack in stacks
        if stack["StackName"] != "CDKToolkit"
    }


def _ending_in(suffix: str, stacks: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {
        _dashed(key.removesuffix(suffix)): value
        for outputs in stacks.values()
        for key, value in outputs.items()
        if key.endswith(suffix)
    }


def _dashed(pascal: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in pascal).removeprefix("-")


def _functions(emulator: Emulator) -> dict[str, str]:
    pages = Clients(emulator).functions().get_paginator("list_functions").paginate()
    # Every function's description is its context and verb_object.
    return {f["Description"]: f["FunctionName"] for page in pages for f in page["Functions"]}
