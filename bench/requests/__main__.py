"""What a request costs, side by side with others that give the same answer, in one run.

python -m bench.requests [--seconds 3] [--rounds 3] [--clients 1 8 32] [--only NAME ...]

Needs the data of `make bench-data`. Each server is pinned to one core, the load to the other. Every answer is compared
first; then rounds are interleaved, and medians count. Prints a table.
"""

import argparse
import os
from contextlib import ExitStack

from bench.data.__main__ import DATABASE

os.environ.setdefault("DATABASE_URL", DATABASE)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" + "0" * 30)
os.environ.setdefault("DEBUG", "0")
os.environ.setdefault("HTTPS", "0")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="how long a round of one server and question takes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--only", nargs="+", default=[], help="questions by name")
    parser.add_argument("--peers", nargs="+", default=["etwinning", "plain", "stock", "raw"])
    asked = parser.parse_args()

    import django

    django.setup()

    from bench.requests.questions import questions, signed_in
    from bench.requests.rounds import Rounds

    wanted = [question for question in questions() if not asked.only or question.name in asked.only]
    rounds = Rounds(wanted, signed_in(), asked.peers)
    with ExitStack() as stack:
        rounds.start(stack)
        rounds.compare()
        for clients in asked.clients:
            rounds.measure(clients, asked.seconds, asked.rounds)
        rounds.report()


if __name__ == "__main__":
    main()
