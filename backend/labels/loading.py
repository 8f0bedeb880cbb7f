"""Reading a grid from its file into the tables, for migrations."""

import tomllib
from pathlib import Path
from typing import Any

GRIDS = Path(__file__).resolve().parent / "grids"


def load_grid(apps: Any, version: int) -> None:
    """Store the grid of this version once; a criterion with parts has the sum of their points."""
    data = tomllib.loads((GRIDS / f"{version}.toml").read_text(encoding="utf-8"))
    criteria = data.pop("criteria")
    grid, is_new = apps.get_model("labels", "LabelGrid").objects.get_or_create(version=version, defaults=data)
    criterion = apps.get_model("labels", "LabelCriterion")
    for place, values in enumerate(criteria if is_new else (), start=1):
        parts = values.pop("parts", [])
        values.setdefault("maximum", sum(part["maximum"] for part in parts))
        parent = criterion.objects.create(grid=grid, position=place, **values)
        for n, part in enumerate(parts, start=1):
            criterion.objects.create(parent=parent, position=n, **part)
