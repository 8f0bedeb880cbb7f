"""Settings and addresses of the yardsticks that are Django: ours, without middleware and with their views alone."""

from backend.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.peers.addresses"
MIDDLEWARE: list[str] = []
