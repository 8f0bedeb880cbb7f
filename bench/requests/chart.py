"""The costs as bars, in SVG that reads on white and on black."""

from collections.abc import Iterator
from html import escape
from math import log10

COLOURS = {"raw": "#7f8c8d", "postgraphile": "#e67e22", "plain": "#27ae60", "etwinning": "#2980b9", "stock": "#c0392b"}
WIDTH, LEFT, BAR, GAP, TOP = 860, 190, 11, 14, 46
LEAST, MOST = 0.1, 1_000.0  # milliseconds


def chart(title: str, values: dict[str, dict[str, float]]) -> str:
    """Of each question each contestant's milliseconds, on a logarithmic scale."""
    lines, y = list(_legend(title)), TOP
    for question, costs in values.items():
        middle = y + len(costs) * BAR / 2 + 4
        lines.append(f'<text x="{LEFT - 10}" y="{middle:.0f}" text-anchor="end">{escape(question)}</text>')
        for name in COLOURS:
            if name in costs:
                lines += _bar(name, costs[name], y)
                y += BAR
        y += GAP
    lines += _scale(y)
    style = "text{font:12px system-ui,sans-serif;fill:#888}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 20}" role="img"><title>{escape(title)}</title>'
    return "\n".join([head, f"<style>{style}</style>", *lines, "</svg>", ""])


def _x(value: float) -> float:
    return LEFT + (WIDTH - LEFT - 60) * (log10(max(value, LEAST)) - log10(LEAST)) / (log10(MOST) - log10(LEAST))


def _bar(name: str, value: float, y: int) -> Iterator[str]:
    yield f'<rect x="{LEFT}" y="{y}" width="{_x(value) - LEFT:.1f}" height="{BAR - 2}" fill="{COLOURS[name]}"/>'
    yield f'<text x="{_x(value) + 5:.1f}" y="{y + BAR - 2}" style="font-size:10px">{value:.2g}</text>'


def _legend(title: str) -> Iterator[str]:
    yield f'<text x="10" y="16" style="font-weight:bold">{escape(title)}</text>'
    for place, (name, colour) in enumerate(COLOURS.items()):
        x = LEFT + place * 125
        yield f'<rect x="{x}" y="25" width="10" height="10" fill="{colour}"/><text x="{x + 15}" y="34">{name}</text>'


def _scale(bottom: int) -> Iterator[str]:
    for value in (0.1, 1, 10, 100, 1_000):
        yield f'<line x1="{_x(value):.1f}" x2="{_x(value):.1f}" y1="{TOP - 4}" y2="{bottom}" stroke="#888" stroke-opacity=".3"/>'
        yield f'<text x="{_x(value):.1f}" y="{bottom + 14}" text-anchor="middle">{value:g} ms</text>'
