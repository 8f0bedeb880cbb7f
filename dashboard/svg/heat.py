"""The scale of tints: square-root classes, so that small numbers can be told apart beside large ones."""

import math

DARKEST = 6


def heat(number: int, most: int) -> int:
    """0 for nothing, 1 to 6 for what there is."""
    if number <= 0 or most <= 0:
        return 0
    return min(max(math.ceil(DARKEST * math.sqrt(number / most)), 1), DARKEST)


def classes(most: int) -> list[tuple[int, int, int]]:
    """The legend: each tint with the smallest and largest number that gets it; tints nobody could get are left out."""
    found = []
    low = 1
    for tint in range(1, DARKEST + 1):
        high = math.floor(most * (tint / DARKEST) ** 2 + 1e-9)
        if high >= low:
            found.append((tint, low, high))
            low = high + 1
    return found
