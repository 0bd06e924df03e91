"""The CDK app: a stage per service of ``services.yaml``.

`cdk synth` describes AWS, `cdk synth -c emulated=true` the emulator (what differs: ``infra/target.py``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from infra.house.stack import Site
from infra.services import Service, ServicesFileError, load_services
from infra.stage import ServiceStage
from infra.target import Target, aws, emulator


def build(app: App, services: list[Service]) -> None:
    """Put a stage for every service into the app, and let cdk-nag look at them at the end of the synthesis."""
    target = _target(app)
    for service in services:
        ServiceStage(app, Site(service, target))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))


def warnings(app: App, services: list[Service]) -> Iterator[str]:
    """What a service lacks and can be deployed without. (CDK's own annotations are not printed for stages.)"""
    for service in services:
        if _target(app).has_operations and not service.alarm_emails:
            yield f"{service.name}: alarm_emails in services.yaml is empty, so no alarm reaches anybody"


def findings(assembly: Path) -> Iterator[str]:
    """What cdk-nag and the library's own rules object to. The library only reports it: Node's exit code is not ours."""
    report = assembly / "validation-report.json"
    reports = json.loads(report.read_text(encoding="utf-8"))["pluginReports"] if report.exists() else []
    for violation in (violation for part in reports for violation in part["violations"]):
        if violation["severity"] in {"error", "fatal"}:
            where = ", ".join(construct["constructPath"] for construct in violation["violatingConstructs"])
            yield f"{violation['ruleName']}: {violation['description']} ({where})"


def main() -> int:
    """Synthesize; the exit code is 1 when ``services.yaml`` cannot be used."""
    app = App()
    try:
        services = load_services()
    except ServicesFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    build(app, services)
    sys.stderr.writelines(f"warning: {warning}\n" for warning in warnings(app, services))
    found = list(findings(Path(app.synth().directory)))
    sys.stderr.writelines(f"{finding}\n" for finding in found)
    return 1 if found else 0


def _target(app: App) -> Target:
    return emulator() if app.node.try_get_context("emulated") in (True, "true") else aws()


if __name__ == "__main__":
    sys.exit(main())
