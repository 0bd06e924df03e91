"""``sozialakte payments``: what operators do with bills, their coding and what the service bills itself."""

from __future__ import annotations

import typer

from sozialakte.cli.bill_ledger import ledger_command, recount_bills_command
from sozialakte.cli.categories import categories_app
from sozialakte.cli.import_vouchers import import_vouchers_command
from sozialakte.cli.incoming_money import money_command
from sozialakte.cli.issue_bill import issue_command
from sozialakte.cli.journal import journal_command
from sozialakte.cli.payment_emergency import emergency_command, import_emergency_command
from sozialakte.cli.payment_runs import sample_command, state_command
from sozialakte.cli.ward_accounts import ward_accounts_app
from sozialakte.cli.withdraw_run import withdraw_command

payments_app = typer.Typer(help="Bills: categories, vouchers, claims.", no_args_is_help=True)


@payments_app.callback()
def payments() -> None:
    """Bills: categories, vouchers, claims."""


payments_app.add_typer(categories_app, name="categories")
payments_app.add_typer(ward_accounts_app, name="ward-account")
payments_app.command("emergency")(emergency_command)
payments_app.command("import-emergency")(import_emergency_command)
payments_app.command("withdraw")(withdraw_command)
payments_app.command("sample")(sample_command)
payments_app.command("state")(state_command)
payments_app.command("import-vouchers")(import_vouchers_command)
payments_app.command("issue")(issue_command)
payments_app.command("journal")(journal_command)
payments_app.command("ledger")(ledger_command)
payments_app.command("money")(money_command)
payments_app.command("recount")(recount_bills_command)
