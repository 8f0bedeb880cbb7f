"""How text is tidied before it is stored and folded before it is compared."""

import re
import unicodedata

SPACES = re.compile(r"\s+")
NOT_WORD = re.compile(r"[^\w]+")


def tidy(text: str) -> str:
    """One line: outer and doubled white space and control characters gone, composed letters."""
    composed = unicodedata.normalize("NFC", text)
    return SPACES.sub(" ", "".join(c if c.isprintable() else " " for c in composed)).strip()


def tidy_lines(text: str) -> str:
    """Several lines: as typed, without control characters and outer blank lines."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(c for c in composed if c in "\n\t" or c.isprintable()).strip()


def fold(text: str) -> str:
    """Lower case, no accents, words separated by one space: for searching, never for showing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return NOT_WORD.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()
