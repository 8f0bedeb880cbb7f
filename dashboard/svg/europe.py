"""The outlines of the participating countries, in tenths of the drawing's units; made by docs/make_map.py."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "europe.json"
DRAWING: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
