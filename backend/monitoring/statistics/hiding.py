"""What is hidden before figures are published, so that nobody is found by them."""

SMALL = 5


def hide(number: int) -> int | None:
    """A single figure: nothing between one and four."""
    return None if 0 < number < SMALL else number


def hide_small(table: dict[str, int]) -> dict[str, int | None]:
    """Cells under five are hidden, and the next smallest along as long as the sum of the hidden ones tells them."""
    hidden = {code: number for code, number in table.items() if 0 < number < SMALL}
    others = sorted((number, code) for code, number in table.items() if number >= SMALL)
    while hidden and others and _told_by_sum(list(hidden.values())):
        number, code = others.pop(0)
        hidden[code] = number
    return {code: None if code in hidden else number for code, number in table.items()}


def _told_by_sum(numbers: list[int]) -> bool:
    """A single one is what is missing to the sum; several are told when all must be the least or the most."""
    return len(numbers) == 1 or set(numbers) in ({1}, {SMALL - 1})
