"""``sozialakte payments ward-account``: the accounts of wards, from which their bills are paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from sozialakte.cli.operator import operator
from sozialakte.cli.problems import CommandError, in_one_line
from sozialakte.cli.stage import table_of
from sozialakte.payments.check_digits import is_qr_iban, is_swiss_iban, squeezed
from sozialakte.payments.iso20022.bank_profile import PROFILES
from sozialakte.payments.runs.orders import PayingAccount
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.runs.ward_accounts import WardAccount, WardAccountError
from sozialakte.register import RegisterStore
from sozialakte.runtime.dynamo import ConditionFailedError
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

Stage = Annotated[str, typer.Option(help="Name of the service, as in services.yaml.")]
Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's number.")]
ward_accounts_app = typer.Typer(help="Wards' own accounts, from which their bills are paid.", no_args_is_help=True)


@ward_accounts_app.callback()
def ward_accounts() -> None:
    """Wards' own accounts, from which their bills are paid."""


@ward_accounts_app.command("propose")
def propose_command(
    dossier: Dossier,
    iban: Annotated[str, typer.Argument(metavar="IBAN")],
    stage: Stage,
    name: Annotated[str, typer.Option(help="Whose account it is, as the bank knows it.")],
    profile: Annotated[str, typer.Option(help=f"What the bank wants: {', '.join(PROFILES)}.")] = "sps",
) -> None:
    """Type the account of a ward. Nothing is paid from it until another person has approved it.

    Exit code 0: done; 1: no such dossier, no account to pay from, or somebody was quicker; 2: wrong usage; 3: AWS did
    not answer as needed.
    """
    if profile not in PROFILES:
        raise typer.BadParameter(", ".join(PROFILES))
    plain = squeezed(iban).upper()
    with in_one_line():
        if not is_swiss_iban(plain) or is_qr_iban(plain):
            raise CommandError(Reason("ward_account.iban"))
        who = operator()
        if RegisterStore(table_of(stage, "register"), zurich_date(who.at)).find_dossier(dossier) is None:
            raise CommandError(Reason("problem.unknown_dossier"))
        account = PayingAccount(plain, name, profile=profile)
        _change(stage, dossier, lambda known: known.propose(account, who.arn, who.at))
    typer.echo(say(Reason("ward_account.proposed", {"dossier_id": dossier})))


@ward_accounts_app.command("approve")
def approve_command(
    dossier: Dossier,
    iban: Annotated[str, typer.Argument(metavar="IBAN", help="Once more, read from the paper.")],
    stage: Stage,
) -> None:
    """Agree to the account that another person has typed; from now on the ward's bills are paid from it.

    Exit code 0: done; 1: nothing like that is proposed, or by yourself; 2: wrong usage; 3: AWS did not answer as
    needed.
    """
    plain = squeezed(iban).upper()
    with in_one_line():
        who = operator()
        _change(stage, dossier, lambda known: known.approve(plain, who.arn, who.at))
    typer.echo(say(Reason("ward_account.approved", {"dossier_id": dossier})))


def _change(stage: str, dossier: str, change: Callable[[WardAccount], WardAccount]) -> None:
    store = WardAccountStore(table_of(stage, "payments"))
    before = store.get(dossier)
    try:
        store.save(before, change(before))
    except WardAccountError as error:
        raise CommandError(error.reason) from error
    except ConditionFailedError as error:
        raise CommandError(Reason("cli.runs.try_again")) from error
