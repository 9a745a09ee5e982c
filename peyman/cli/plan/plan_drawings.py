"""The drawings of a plan as SVG files that stand alone: by aircraft, by airfield, strength."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from peyman.charter.moment import day_of, read_instant
from peyman.web.draw.drawing import Drawing
from peyman.web.draw.forces.filling import draw_filling
from peyman.web.draw.language import Language
from peyman.web.draw.plans.buildup import draw_buildup
from peyman.web.draw.plans.gantt import draw_by_aircraft, draw_by_airfield

_STYLE = Path(__file__).parents[2] / "web" / "static" / "web" / "css" / "draw.css"


def write_drawings(plan: dict[str, Any], zone: str, path: Path) -> list[Path]:
    """Write the drawings that a plan has, each beside `path` with its name at the end.

    Args:
        plan: As `peyman plan --json` prints it.
        zone: Whose days are drawn.
        path: `plan.svg` makes `plan-lines.svg`, `plan-in-aircraft.svg` and so on.
    """
    language = Language(zone=zone, day=_day, moment=lambda at: _moment(at, zone))
    made: dict[str, Callable[[], Drawing]] = {}
    if plan["lines"]:
        made["lines"] = lambda: draw_filling(
            plan["lines"], plan["assignment"], language
        )
    for way in ("movement", "withdrawal"):
        made |= _of(plan[way], "in" if way == "movement" else "home", language)
    found = []
    for name, draw in made.items():
        out = path.with_name(f"{path.stem}-{name}.svg")
        out.write_text(_alone(draw().svg), encoding="utf-8")
        found.append(out)
    return found


def _of(
    moved: dict[str, Any], way: str, language: Language
) -> dict[str, Callable[[], Drawing]]:
    if not moved["serials"]:
        return {}
    serials, strength = moved["serials"], moved["strength"]
    made: dict[str, Callable[[], Drawing]] = {
        f"{way}-aircraft": lambda: draw_by_aircraft(serials, language),
        f"{way}-airfields": lambda: draw_by_airfield(serials, language),
    }
    if strength:
        made[f"{way}-strength"] = lambda: draw_buildup(strength, language)
    return made


def _alone(drawing: str) -> str:
    """The drawing with its style inside, so that it needs no page around it."""
    style = _STYLE.read_text(encoding="utf-8").replace("<", "&lt;")
    head, close, rest = drawing.partition(">")
    return f"{head}{close}<style>{style}</style>{rest}\n"


def _day(on: date) -> str:
    return f"{on.day} {on:%b}"


def _moment(at: str, zone: str) -> str:
    return f"{at[:16].replace('T', ' ')} UTC ({_day(day_of(read_instant(at), zone))})"
