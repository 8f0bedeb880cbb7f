"""How passwords are kept, and words that children can type."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

from backend.core.guards import ensure

AT_ONCE = 4  # a process: 76 MiB
PATIENCE = 5.0  # seconds that one more waits for a place

# Short, common, harmless and easy to spell for learners of English.
WORDS = [
    "apple",
    "autumn",
    "banana",
    "basket",
    "beach",
    "bicycle",
    "bird",
    "blanket",
    "boat",
    "bottle",
    "bread",
    "bridge",
    "brother",
    "brush",
    "butter",
    "button",
    "cake",
    "camel",
    "candle",
    "carrot",
    "castle",
    "cherry",
    "circle",
    "city",
    "cloud",
    "coffee",
    "colour",
    "corner",
    "cousin",
    "cow",
    "cup",
    "dance",
    "desk",
    "doctor",
    "dolphin",
    "dragon",
    "drum",
    "duck",
    "eagle",
    "earth",
    "elephant",
    "engine",
    "evening",
    "family",
    "farmer",
    "feather",
    "field",
    "finger",
    "fire",
    "flag",
    "flower",
    "forest",
    "fox",
    "friend",
    "frog",
    "garden",
    "gate",
    "giraffe",
    "glass",
    "globe",
    "goat",
    "grape",
    "green",
    "guitar",
    "hammer",
    "happy",
    "harbour",
    "hill",
    "honey",
    "horse",
    "house",
    "island",
    "jacket",
    "jungle",
    "kettle",
    "kitchen",
    "kite",
    "ladder",
    "lake",
    "lamp",
    "leaf",
    "lemon",
    "letter",
    "lion",
    "lizard",
    "magnet",
    "map",
    "market",
    "melon",
    "milk",
    "mirror",
    "monkey",
    "moon",
    "morning",
    "mountain",
    "music",
    "needle",
    "nest",
    "night",
    "ocean",
    "onion",
    "orange",
    "oven",
    "owl",
    "paint",
    "panda",
    "paper",
    "parrot",
    "pear",
    "pencil",
    "penguin",
    "pepper",
    "piano",
    "picnic",
    "pilot",
    "pink",
    "planet",
    "plum",
    "pocket",
    "potato",
    "puzzle",
    "queen",
    "rabbit",
    "rain",
    "red",
    "ribbon",
    "river",
    "road",
    "robot",
    "rocket",
    "rose",
    "salad",
    "sand",
    "school",
    "season",
    "shell",
    "ship",
    "shoe",
    "silver",
    "sister",
    "sky",
    "snow",
    "soap",
    "soup",
    "spoon",
    "spring",
    "square",
    "star",
    "stone",
    "storm",
    "summer",
    "sun",
    "swan",
    "table",
    "tiger",
    "tomato",
    "tower",
    "train",
    "tree",
    "tulip",
    "turtle",
    "umbrella",
    "valley",
    "violin",
    "wall",
    "water",
    "whale",
    "wheel",
    "window",
    "winter",
    "wolf",
    "yellow",
    "zebra",
]


class Argon2id(Argon2PasswordHasher):
    """OWASP's first choice: Argon2id with 19 MiB, two passes, one lane; at most four at once."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _place():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _place():
            return super().verify(password, encoded)


_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def _place() -> Iterator[None]:
    """Memory for one more hash; a crowd waits its turn, and nobody for ever."""
    ensure(_places.acquire(timeout=PATIENCE), "many_sign_in")
    try:
        yield
    finally:
        _places.release()


def password_words(count: int = 4) -> str:
    """A password made of words, about 7 bits each, joined by hyphens."""
    return "-".join(secrets.choice(WORDS) for _ in range(count))
