"""Spares each AWS call in this process what botocore and moto would work out anew although it is always the same.

A call costs some milliseconds, and the tests make a million of them. Requests are still validated, signed, sent as
bytes to moto's services and parsed from bytes; what they answer stays the same (a test compares).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import botocore.hooks
import moto.core.responses
from botocore.hooks import BaseEventHooks, EventAliaser
from botocore.useragent import UserAgentString
from moto import backend_index
from moto.core.base_backend import BaseBackend
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.serialize import BaseJSONSerializer
from moto.core.utils import camelcase_to_underscores, method_names_from_class
from moto.dynamodb.models.dynamo_type import DynamoType

SERVICES = frozenset({"dynamodb", "s3", "sqs", "sts"})
handled: Counter[str] = Counter()
"""How many calls each service has answered in this process."""

_method_names = lru_cache(method_names_from_class)
_underscored = lru_cache(camelcase_to_underscores)
_structure = BaseJSONSerializer._serialize_type_structure  # noqa: SLF001 (no other way in)
_copied = DynamoType.__deepcopy__
_aliaser: Any = EventAliaser(BaseEventHooks())
_event_name = lru_cache(maxsize=10_000)(_aliaser._alias_event_name)  # noqa: SLF001 (no other way in)
_process = BotocoreStubber.process_request
_backend: Any = BaseBackend
_plain_urls = _backend.urls.fget
_urls: dict[type[BaseBackend], Mapping[str, Any]] = {}
_addresses = [(service, pattern) for service, pattern in backend_index.backend_url_patterns if service in SERVICES]


@contextmanager
def quick_calls() -> Iterator[None]:
    """botocore and moto as they are, only quicker. To be entered before moto."""
    changes: tuple[tuple[Any, str, Any], ...] = (
        (backend_index, "backend_url_patterns", _addresses),
        (BotocoreStubber, "process_request", _counted),
        (BaseBackend, "urls", property(_urls_of)),
        (moto.core.responses, "method_names_from_class", _method_names),
        (moto.core.responses, "camelcase_to_underscores", _underscored),
        (BaseJSONSerializer, "_serialize_type_structure", _only_what_is_there),
        (DynamoType, "__deepcopy__", _copied_if_it_changes),
        (UserAgentString, "to_string", lambda _: "tests"),
        (EventAliaser, "_alias_event_name", _alias),
        (botocore.hooks, "accepts_kwargs", lambda _: True),  # else each hook's signature is looked at, for each client
    )
    with ExitStack() as patches:
        for where, name, quicker in changes:
            patches.enter_context(patch.object(where, name, quicker))
        yield


def _counted(stubber: BotocoreStubber, request: Any) -> Any:
    handled[urlsplit(request.url).netloc.partition(".")[0]] += 1
    return _process(stubber, request)


def _alias(_: EventAliaser, name: str) -> object:
    """The name of an event, the same in every client; botocore works it out anew in each."""
    return _event_name(name)


def _urls_of(backend: BaseBackend) -> Mapping[str, Any]:
    """Which addresses a service answers: moto compiles and reloads them for every call."""
    kind = type(backend)
    if kind not in _urls:
        _urls[kind] = _plain_urls(backend)
    return _urls[kind]


def _only_what_is_there(serializer: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """An attribute of a row has one of ten types; moto looks for all ten, by several names each."""
    if shape.name != "AttributeValue" or not isinstance(value, dict):
        _structure(serializer, serialized, value, shape, key)
        return
    found = serializer.MAP_TYPE()
    for kind, content in value.items():
        serializer._serialize(found, content, shape.members[kind], kind)  # noqa: SLF001 (as moto does)
    serialized[key] = found


def _copied_if_it_changes(attribute: DynamoType, memo: dict[int, Any]) -> DynamoType:
    """Rows are copied when they are found or change; a text or a number in them is only ever replaced."""
    changes = attribute.is_list() or attribute.is_map() or attribute.is_set()
    return _copied(attribute, memo) if changes else attribute
