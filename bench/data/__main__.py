"""Builds the real scale on PostgreSQL: `make bench-data`, in minutes.

python -m bench.data [--factor 0.01]

Empties the database that DATABASE_URL names and fills it with an invented Europe: 46 countries, 295,000 schools, 1.2
million staff, 160,000 projects with 500,000 members, 60,000 workspaces with 3 million pupils and 5 million posts, and
their events. Skewed as life is: one country has a tenth, a few workspaces are huge. A factor makes it smaller.
"""

import argparse
import os
import sys
import time

from rich.console import Console

DATABASE = "postgres://etwinning:etwinning@127.0.0.1:5432/etwinning_bench"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--factor", type=float, default=1.0, help="1 is the real scale, 0.01 a hundredth")
    asked = parser.parse_args()
    os.environ.setdefault("DATABASE_URL", DATABASE)
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

    import django

    django.setup()

    from django.db import connection

    if connection.vendor != "postgresql":
        sys.exit("The real scale needs PostgreSQL: set DATABASE_URL.")

    from bench.data.filling import Filling
    from bench.data.scale import Scale

    began = time.monotonic()
    console = Console()
    Filling(Scale(asked.factor), console).run()
    console.print(f"Done in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
