"""Cards for pupils, as a page to print and cut."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string


def printable_cards(cards: Sequence[tuple[str, str, str]]) -> str:
    """A page of HTML that needs nothing else: for each pupil the given name, user name and password."""
    rows = [{"given_name": name, "user_name": login, "password": words} for name, login, words in cards]
    return render_to_string("workspaces/cards.html", {"cards": rows, "site": settings.SITE_URL})
