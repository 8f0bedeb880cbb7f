"""Small pictures and papers for the demo's workspaces, drawn here so that no licence is in doubt."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from backend.workspaces.uploads.sniffing import Sniffed, sniff

# name, caption, colours of the drawing, its text
PICTURES = [
    ("poster.png", "Our poster for the exhibition", ("#1b4965", "#62b6cb", "#fdfcdc"), "Come and see!"),
    ("logo-vote.png", "The winner of the logo vote", ("#fb8500", "#ffb703", "#023047"), "Together"),
    ("results-week-1.png", "Results of the first week", ("#283618", "#606c38", "#fefae0"), "Week 1"),
    ("results-week-4.png", "Results of the fourth week", ("#5f0f40", "#9a031e", "#fff3b0"), "Week 4"),
    ("our-map.png", "The map we drew together", ("#2a9d8f", "#e9c46a", "#264653"), "Map"),
    ("colours.png", "Colours of our town", ("#6d597a", "#e56b6f", "#eaac8b"), "Colours"),
]
PAPERS = [
    (
        "plan.pdf", "Plan until the summer",
        ["Plan", "", "September  Who are we?", "October    First task", "January    Half-time", "May        Exhibition"],
    ),
    (
        "rules.pdf", "Five rules for our workspace",
        ["Our five rules", "", "1 We are kind.", "2 We answer.", "3 We ask before we publish.",
         "4 We name our sources.", "5 We say when we do not understand."],
    ),
    (
        "newspaper.pdf", "What the local newspaper wrote",
        ["Pupils without borders", "", "Two schools, one project.", "On Friday they opened", "their common exhibition."],
    ),
]  # fmt: skip


@cache
def drawn() -> list[tuple[str, str, Sniffed]]:
    """Name, caption and content, as an upload of it would be kept."""
    pictures = [(name, caption, sniff(name, _picture(colours, text))) for name, caption, colours, text in PICTURES]
    return pictures + [(name, caption, sniff(name, _paper(lines))) for name, caption, lines in PAPERS]


def _picture(colours: tuple[str, str, str], text: str) -> bytes:
    ground, shape, ink = colours
    image = Image.new("RGB", (640, 400), ground)
    pen = ImageDraw.Draw(image)
    for place in range(6):
        pen.rectangle((40 + place * 95, 360 - (place * 53 + len(text) * 31) % 240, 110 + place * 95, 360), fill=shape)
    pen.ellipse((470, 30, 600, 160), outline=ink, width=10)
    pen.text((40, 30), text, fill=ink, font=ImageFont.load_default(64))
    return _bytes(image, "PNG")


def _paper(lines: list[str]) -> bytes:
    image = Image.new("L", (620, 877), 255)
    pen = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        pen.text((70, 80 + place * 46), line, fill=20, font=ImageFont.load_default(40 if place == 0 else 26))
    return _bytes(image, "PDF")


def _bytes(image: Image.Image, format: str) -> bytes:
    out = io.BytesIO()
    image.save(out, format)
    return out.getvalue()
