"""What is hidden before figures are published, so that nobody is found by them."""

SMALL = 5


def hide(number: int) -> int | None:
    """A single figure: nothing between one and four."""
    return None if 0 < number < SMALL else number


def hide_small(table: dict[str, int]) -> dict[str, int | None]:
    """Cells under five are hidden; a single hidden one takes the next smallest along, lest it be subtracted."""
    hidden = {code for code, number in table.items() if 0 < number < SMALL}
    if len(hidden) == 1:
        others = sorted((number, code) for code, number in table.items() if number >= SMALL)
        hidden |= {code for _, code in others[:1]}
    return {code: None if code in hidden else number for code, number in table.items()}
