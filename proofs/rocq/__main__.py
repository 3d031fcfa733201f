"""python -m proofs.rocq EXPORT OUT [a11 ...]: see proofs/rocq/__init__.py."""

from __future__ import annotations

import sys
from pathlib import Path

from proofs.rocq.checking import check_pages

sys.exit(check_pages(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
