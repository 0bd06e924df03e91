"""The social services we run, read from ``services.yaml`` and checked before anything is synthesized."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

SERVICES_FILE = Path(__file__).with_name("services.yaml")

LogDays = Literal[30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
"""The retentions CloudWatch knows, in days."""
Days = Annotated[int, Field(ge=1, le=36_500)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Language(StrEnum):
    """A language in which the service writes to people."""

    GERMAN = "de"
    FRENCH = "fr"
    ITALIAN = "it"
    ENGLISH = "en"


class PaymentsLead(StrEnum):
    """Who decides what is paid: bills are approved and paid here; approved in the city's creditor workflow, whose
    released vouchers are imported; or approved here and paid by the case system.
    """

    SOZIALAKTE = "sozialakte"
    CREDITOR_WORKFLOW = "creditor_workflow"
    CASE_SYSTEM = "case_system"


class Commune(_Model):
    """A commune the service works for; ``bfs`` is its number in the federal register of communes (eCH-0007)."""

    bfs: Annotated[int, Field(ge=1, le=9999)]
    name: Annotated[str, Field(min_length=1, max_length=40)]


class ApprovalLimits(_Model):
    """Up to which amount in CHF a role approves an invoice alone."""

    caseworker: Annotated[Decimal, Field(ge=0)]
    teamlead: Annotated[Decimal, Field(ge=0)]

    @model_validator(mode="after")
    def _team_lead_may_at_least_as_much(self) -> Self:
        if self.teamlead < self.caseworker:
            raise ValueError("teamlead must not be lower than caseworker")
        return self


class Deadlines(_Model):
    """Calendar days after which waiting work is overdue."""

    review: Days
    inbox: Days


class Retention(_Model):
    """Days after which transport copies and logs are deleted. Letters are records and are not listed here."""

    settled_batch: Days
    logs: LogDays
    access_logs: Days


def _is_iban(iban: str) -> bool:
    """Its check digits are right (ISO 13616)."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


class ReceivingAccount(_Model):
    """Where money comes in that the service bills: its QR-IBAN, and name and address as the bank knows them."""

    qr_iban: Annotated[str, Field(pattern=r"^(CH|LI)[0-9]{2}3[01][0-9]{3}[0-9A-Z]{12}$")]
    name: Annotated[str, Field(min_length=1, max_length=70)]
    street: Annotated[str, Field(max_length=70)] = ""
    building_number: Annotated[str, Field(max_length=16)] = ""
    postal_code: Annotated[str, Field(min_length=1, max_length=16)]
    town: Annotated[str, Field(min_length=1, max_length=35)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "CH"

    @model_validator(mode="after")
    def _iban_proves_itself(self) -> Self:
        if not _is_iban(self.qr_iban):
            raise ValueError("the check digits of qr_iban are wrong")
        return self


class PayingAccount(_Model):
    """An account that bills are paid from: of its currency the first is used. ``profile``: what its bank wants
    otherwise than the Swiss Payment Standards (`payments.iso20022.bank_profile`).
    """

    iban: Annotated[str, Field(pattern=r"^(CH|LI)[0-9]{2}[0-9]{5}[0-9A-Z]{12}$")]
    name: Annotated[str, Field(min_length=1, max_length=70)]
    bic: Annotated[str, Field(pattern=r"^([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?)?$")] = ""
    profile: Literal["sps", "instruction-ids", "lines-without-postal-code"] = "sps"
    currency: Literal["CHF", "EUR"] = "CHF"

    @model_validator(mode="after")
    def _money_can_go_out(self) -> Self:
        if not _is_iban(self.iban):
            raise ValueError("the check digits of iban are wrong")
        if self.iban[4] == "3" and self.iban[5] in "01":
            raise ValueError("iban is a QR-IBAN: nothing can be paid from it")
        return self


class Concurrency(_Model):
    """How many copies of a heavy function may run at once. SQS event sources take no less than 2."""

    split_batch: Annotated[int, Field(ge=2, le=1000)]
    read_pages: Annotated[int, Field(ge=2, le=1000)]
    split_backfile: Annotated[int, Field(ge=2, le=1000)]
    read_backfile: Annotated[int, Field(ge=2, le=1000)]


class Manifests(_Model):
    """Whether the scanning centre sends a manifest with every batch, and how long one waits for the other."""

    expected: bool
    wait_minutes: Annotated[int, Field(ge=15, le=720)]


class Service(_Model):
    """One social service: one stage, alone with its data."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,15}$")]
    title: Annotated[str, Field(min_length=1, max_length=100)]
    account: Annotated[str, Field(pattern=r"^\d{12}$")] | None = None
    region: Annotated[str, Field(pattern=r"^[a-z]{2}-[a-z]+-\d$")] = "eu-central-2"
    languages: Annotated[list[Language], Field(min_length=1)]
    communes: Annotated[list[Commune], Field(min_length=1)]
    approval_limits: ApprovalLimits
    team_leads: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]] = []
    deadlines: Deadlines
    retention: Retention
    payments_lead: PaymentsLead
    receiving_account: ReceivingAccount | None = None
    paying_accounts: list[PayingAccount] = []
    concurrency: Concurrency
    manifests: Manifests
    stuck_after_minutes: Annotated[int, Field(ge=15, le=1440)]
    receipt_within_hours: Annotated[int, Field(ge=1, le=720)]
    case_system_contract: Literal[1, 2] = 1
    page_origins: list[Annotated[str, Field(pattern=r"^https://[^*/]+$")]] = []
    alarm_emails: list[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]] = []

    @model_validator(mode="after")
    def _who_pays_has_an_account(self) -> Self:
        if self.payments_lead is PaymentsLead.SOZIALAKTE and not self.paying_accounts:
            raise ValueError("paying_accounts: whoever pays needs one")
        return self


class ServicesFileError(Exception):
    """``services.yaml`` cannot be used; the message names the service and the field."""


def load_services(path: Path = SERVICES_FILE) -> list[Service]:
    """Read and check the services.

    Raises:
        ServicesFileError: not YAML, a field is missing, unknown or out of range, or two services share a name.
    """
    try:
        services = TypeAdapter(list[Service]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise ServicesFileError(f"{path.name} is not YAML: {error}") from error
    except ValidationError as error:
        raise ServicesFileError(f"{path.name}: {_explain(error)}") from error
    names = [service.name for service in services]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ServicesFileError(f"{path.name}: name used twice: {', '.join(sorted(twice))}")
    return services


def _explain(error: ValidationError) -> str:
    return "; ".join(f"service {_place(part['loc'])}: {part['msg']}" for part in error.errors())


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in loc)
