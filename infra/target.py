"""Where the app is deployed to: AWS, or the emulator on the developer's machine."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_lambda as lambda_

# Wheels for glibc 2.28 run on Lambda's Amazon Linux 2023 (glibc 2.34) as well.
_AWS_WHEELS = "aarch64-manylinux_2_28"
_FEWEST_COPIES = 2  # an SQS event source takes no smaller bound


@dataclass(frozen=True)
class Target:
    """Everything in which AWS and the emulator differ. Nothing else may ask where it runs."""

    python_version: str
    """Minor version of the functions' Python. The emulator runs functions with its own interpreter."""
    architecture: lambda_.Architecture
    wheels: str | None
    """Platform of compiled wheels in the layers, as uv names it; None: this machine."""
    in_own_account: bool
    """In the account the service names; the emulator knows only that of the caller's credentials."""
    keeps_data: bool
    """Deletion protection, and data outlives its stack."""
    requires_mfa: bool
    signs_in_by_password: bool
    """Tests get tokens with a name and a password, through the pool's administrator."""
    copies_at_most: int | None
    """Bounds the heavy functions, whatever the service allows: one machine has only so many cores."""
    has_operations: bool
    """The operations stack holds composite alarms, a type the emulator does not know."""

    def bounded(self, copies: int | None) -> int | None:
        """How many copies of a function may run at once here; None: no limit, for functions that are not heavy."""
        return copies if copies is None or self.copies_at_most is None else min(copies, self.copies_at_most)

    @property
    def removal_policy(self) -> RemovalPolicy:
        """What becomes of data and keys when their stack is deleted."""
        return RemovalPolicy.RETAIN if self.keeps_data else RemovalPolicy.DESTROY

    @property
    def runtime(self) -> lambda_.Runtime:
        """The functions' runtime, also for a Python this CDK has no constant for."""
        return lambda_.Runtime(f"python{self.python_version}", lambda_.RuntimeFamily.PYTHON)


def aws() -> Target:
    """The real thing."""
    return Target(
        python_version="3.13",
        architecture=lambda_.Architecture.ARM_64,
        wheels=_AWS_WHEELS,
        in_own_account=True,
        keeps_data=True,
        requires_mfa=True,
        signs_in_by_password=False,
        copies_at_most=None,
        has_operations=True,
    )


def emulator() -> Target:
    """The emulator on this machine, with this interpreter and processor."""
    arm = platform.machine().lower() in {"arm64", "aarch64"}
    return Target(
        python_version=f"{sys.version_info.major}.{sys.version_info.minor}",
        architecture=lambda_.Architecture.ARM_64 if arm else lambda_.Architecture.X86_64,
        wheels=None,
        in_own_account=False,
        keeps_data=False,
        requires_mfa=False,
        signs_in_by_password=True,
        copies_at_most=max(_FEWEST_COPIES, os.cpu_count() or 1),
        has_operations=False,
    )
