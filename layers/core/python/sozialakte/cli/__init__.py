"""The command ``sozialakte``. Each group of commands is a module of this package; here they are put together."""

from __future__ import annotations

import typer

from sozialakte.cli.audit import audit_app
from sozialakte.cli.backfile import backfile_app
from sozialakte.cli.batch import batch_app
from sozialakte.cli.dossier import dossier_app
from sozialakte.cli.handover import handover_app
from sozialakte.cli.inspect import inspect_app
from sozialakte.cli.leadtimes import leadtimes_command
from sozialakte.cli.payments import payments_app
from sozialakte.cli.recount import recount_command
from sozialakte.cli.redrive import redrive_command
from sozialakte.cli.register import register_app
from sozialakte.cli.sheets import sheets_app
from sozialakte.cli.trace import trace_command
from sozialakte.cli.upload import upload_command

app = typer.Typer(
    help="Sozialakte: from paper to digital.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # locals hold texts of letters
)
app.add_typer(audit_app, name="audit")
app.add_typer(backfile_app, name="backfile")
app.add_typer(batch_app, name="batch")
app.add_typer(dossier_app, name="dossier")
app.add_typer(handover_app, name="handover")
app.add_typer(inspect_app, name="inspect")
app.command("leadtimes")(leadtimes_command)
app.add_typer(payments_app, name="payments")
app.command("recount")(recount_command)
app.command("redrive")(redrive_command)
app.add_typer(register_app, name="register")
app.add_typer(sheets_app, name="sheets")
app.command("trace")(trace_command)
app.command("upload")(upload_command)
