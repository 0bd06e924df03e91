"""``sozialakte payments``: what operators do with bills, their coding and what the service bills itself."""

from __future__ import annotations

import typer

from sozialakte.cli.categories import categories_app

payments_app = typer.Typer(help="Bills: categories, vouchers, claims.", no_args_is_help=True)


@payments_app.callback()
def payments() -> None:
    """Bills: categories, vouchers, claims."""


payments_app.add_typer(categories_app, name="categories")
