"""What goes wrong, in one line on stderr: no stack trace, and an exit code that says whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

import typer
from botocore.exceptions import BotoCoreError, ClientError, CredentialRetrievalError, NoCredentialsError, NoRegionError

from sozialakte.shared.attempts import AttemptNotRecordedError
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

FOUND = 1
"""Something is wrong with what was asked for; the line says what."""
NO_ANSWER = 3
"""AWS did not answer as needed; run it again when the cause is repaired."""

_MEANING: Mapping[str, str] = MappingProxyType(
    {
        "AccessDenied": "cli.aws.access_denied",
        "AccessDeniedException": "cli.aws.access_denied",
        "AWS.SimpleQueueService.NonExistentQueue": "cli.aws.no_such_queue",
        "ExpiredToken": "cli.aws.no_credentials",
        "ExpiredTokenException": "cli.aws.no_credentials",
        "InvalidClientTokenId": "cli.aws.no_credentials",
        "QueueDoesNotExist": "cli.aws.no_such_queue",
        "ResourceNotFoundException": "cli.aws.no_such_table",
        "UnrecognizedClientException": "cli.aws.no_credentials",
    }
)


class CommandError(Exception):
    """A command cannot do what was asked. ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@contextmanager
def in_one_line() -> Iterator[None]:
    """End the command with one line and an exit code where it meets a `CommandError` or an error of AWS.

    What the audit does not take is not shown either.
    """
    try:
        yield
    except CommandError as error:
        fail(error.reason)
        raise typer.Exit(FOUND) from error
    except AttemptNotRecordedError as error:
        fail(Reason("cli.not_recorded"))
        raise typer.Exit(NO_ANSWER) from error
    except (BotoCoreError, ClientError) as error:
        fail(_meaning(error))
        raise typer.Exit(NO_ANSWER) from error
    except OSError as error:  # of a file; that of a connection is an error of AWS, which comes first
        facts = {"file": str(error.filename or "-"), "cause": error.strerror or type(error).__name__}
        fail(Reason("cli.file", facts))
        raise typer.Exit(FOUND) from error


def fail(reason: Reason) -> None:
    """Say on stderr what is wrong."""
    typer.echo(say(reason), err=True)


def _meaning(error: BotoCoreError | ClientError) -> Reason:
    if isinstance(error, NoCredentialsError | CredentialRetrievalError):
        return Reason("cli.aws.no_credentials")
    if isinstance(error, NoRegionError):
        return Reason("cli.aws.no_region")
    cause = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
    return Reason(_MEANING[cause]) if cause in _MEANING else Reason("cli.aws.other", {"cause": cause})
