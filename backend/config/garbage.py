"""How often Python looks for objects that nobody uses any more."""

import gc


def collect_rarely() -> None:
    """A full collection looks at every object of every open socket: half a second for 5,000 of them, in which nobody hears
    anything. What is there at the start stays; of the rest, mostly what is young is looked at."""
    gc.freeze()
    gc.set_threshold(5_000, 20, 30)
