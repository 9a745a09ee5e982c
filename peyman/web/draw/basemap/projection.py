"""Lambert's conformal conic: shapes stay true, the north is up in the middle.

Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395
(1987), pages 104 to 110, formulas 15-1 to 15-4 for the sphere. Standard parallels lie a
sixth of the extent inside its northern and southern edge (ibid., page 99).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, isclose, log, pi, radians, sin, tan

Point = tuple[float, float]

_SOUTH, _NORTH = -80.0, 89.9
"""Latitudes beyond which the cone has no finite place."""


@dataclass(frozen=True, slots=True)
class Conic:
    """A cone that touches the globe at two parallels, in units of the globe's radius."""

    middle: float
    n: float
    f: float

    def project(self, latitude: float, longitude: float) -> Point:
        """Degrees north and east to x to the right and y down."""
        bounded = radians(min(max(latitude, _SOUTH), _NORTH))
        rho = self.f / tan(pi / 4 + bounded / 2) ** self.n
        theta = self.n * (radians(longitude) - self.middle)
        return rho * sin(theta), rho * cos(theta)


def conic(south: float, north: float, middle: float) -> Conic:
    """The cone for an extent of latitudes, in degrees, about a meridian.

    >>> x, y = conic(40, 60, 50).project(50, 50)
    >>> x, conic(40, 60, 50).project(60, 50)[1] < y
    (0.0, True)
    """
    inset = (north - south) / 6
    first, second = radians(south + inset), radians(north - inset)
    if isclose(first, second):
        n = sin(first)
    else:
        n = log(cos(first) / cos(second)) / log(_t(second) / _t(first))
    return Conic(radians(middle), n, cos(first) * _t(first) ** n / n)


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Least x and y, greatest x and y."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _t(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)
