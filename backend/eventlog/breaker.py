"""Whether the channel layer is worth a try."""

import logging
from time import monotonic

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds without a call of the layer after one failed


class Breaker:
    """Whether the layer is worth a try; opens for a while when a call fails."""

    def __init__(self) -> None:
        self.closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return monotonic() < self.closed_again_at

    def trip(self) -> None:
        if not self.is_open:
            logger.warning("The channel layer is away; streams are read by polling until it is back.")
        self.closed_again_at = monotonic() + PAUSE
