"""What was asked for last."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Last(OrderedDict[K, V]):
    """The values of the keys that were asked for last, at most so many. No value is false."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The value, made if it is not there. Of two threads that miss it both make it."""
        self[key] = found = self.pop(key, None) or make()
        while len(self) > self.most:
            self.popitem(last=False)
        return found
