"""Tests of the commands in bin/; their modules stand outside the product's packages."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "bin" / "lib"))
