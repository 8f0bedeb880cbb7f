"""Lambert's azimuthal equal-area projection: countries have their true size beside each other."""

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 830


@dataclass(frozen=True)
class Laea:
    """From degrees into the drawing; `scale` is the earth's radius in its units, and the middle stands at x and y."""

    longitude: float
    latitude: float
    scale: float
    x: float
    y: float

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        turn, phi, middle = (
            math.radians(longitude - self.longitude),
            math.radians(latitude),
            math.radians(self.latitude),
        )
        towards = math.sin(middle) * math.sin(phi) + math.cos(middle) * math.cos(phi) * math.cos(turn)
        k = self.scale * math.sqrt(2 / max(1 + towards, 1e-9))
        up = math.cos(middle) * math.sin(phi) - math.sin(middle) * math.cos(phi) * math.cos(turn)
        return self.x + k * math.cos(phi) * math.sin(turn), self.y - k * up


EUROPE = Laea(longitude=15, latitude=50, scale=1130, x=470, y=440)
