"""Charters that nobody would sign: random, small, and valid, as TOML.

They are written as text so that the reader is exercised too. Names are short so that a
failing one can be read. `random_traces` makes what is done under them.
"""

import re
from datetime import date, timedelta

from peyman.charter.read import read_charter

DAY_0 = date(2022, 3, 1)
SPANS = ("36 hours", "2 days", "1 week", "5 working days", "1 month", "soon")
TIME = "time"


def random_charter(rng):
    """A charter of one or two kinds of matter, and its text."""
    kinds = ("aid", "law")[: _two(rng)]
    source = _head(rng) + "".join(_kind(rng, kind) for kind in kinds)
    source += _limit(rng) if chance(rng, 0.3) else ""
    return read_charter(source.encode(), id="x", name="x.toml"), source


def _two(rng):
    return 1 if rng.random() < 0.6 else 2


def chance(rng, share):
    return rng.random() < share


def some(rng, names, least=1, most=2):
    names = list(names)
    return rng.sample(names, min(len(names), rng.randint(least, most)))


def day(rng, first=-10, last=70):
    return DAY_0 + timedelta(days=rng.randint(first, last))


# ------------------------------------------------------------------------- the frame


def _head(rng):
    members = ["AA", "BB", "CC", "DD"][: rng.randint(2, 4)]
    zone = rng.choice(["Europe/Berlin", "Asia/Almaty", "America/New_York"])
    notice = "received" if chance(rng, 0.3) else "sent"
    parts = [
        f'title = "X"\n[texts]\nT = "T"\nS = "S"\n[reckoning]\nzone = "{zone}"\n'
        f'notice = "{notice}"\nholidays = [{day(rng)}]\n[reading]\nsoon = "24 hours"\n',
        "[members]\n" + "".join(f"{m} = {_bound(rng)}\n" for m in members),
    ]
    if chance(rng, 0.4):
        parts.append(
            "[parties.S]\n" + "".join(f"{m} = 2000-01-01\n" for m in members[1:])
        )
    parts += [_articles(rng), _organs(rng, members), _grounds(rng)]
    parts += [_rule(rng, name, members) for name in ("r1", "r2")]
    return "".join(parts)


def _bound(rng):
    if chance(rng, 0.85):
        return "2000-01-01"
    first, last = sorted((day(rng), day(rng)))
    if first == last:
        return "2000-01-01"
    return rng.choice([f'"{first}/{last}"', f'["2000-01-01/{first}", "{last}/.."]'])


def _articles(rng):
    parts = []
    for name in ("T 1", "T 2", "S 1"):
        checked = rng.choice(["text", "secondary", "memory"])
        parts.append(f'[articles."{name}"]\nsays = "."\nchecked = "{checked}"\n')
        if chance(rng, 0.15):
            parts.append(f'[articles."{name}".{day(rng)}]\nchecked = "memory"\n')
            parts.append(_unsure(rng, parts[-1]))
    return "".join(parts)


def _unsure(rng, part):
    if chance(rng, 0.6):
        return ""
    when = date.fromisoformat(part.split("]")[0][-10:])
    return f'unsure = "{when - timedelta(days=3)}/{when + timedelta(days=2)}"\n'


def _organs(rng, members):
    of = rng.choice(['of = "members"', 'of = "parties to S"'])
    parts = [f'[organs.council]\n{of}\nchair = "chair"\nsecretary = "sec"\n']
    if chance(rng, 0.2):
        parts.append(f'except = "{rng.choice(members)}"\n')
    few = ", ".join(f'"{m}"' for m in some(rng, members, 1, 3))
    parts.append(f'[organs.panel]\nmembers = [{few}]\nchair = "sec"\n')
    parts.append("[organs.world]\noutside = true\n[offices.chair]\n")
    if chance(rng, 0.3):
        parts.append('held_by = "sec"\n')
    if chance(rng, 0.2):
        parts.append(f'[offices.chair.{day(rng)}]\nheld_by = "sec"\n')
        parts.append(_unsure(rng, parts[-1]))
    return "".join([*parts, "[offices.sec]\n"])


def _grounds(rng):
    parts = []
    for name, word_of in (("g1", "member"), ("g2", "council")):
        art = rng.choice(["T 1", "T 2"])
        parts.append(f'[grounds.{name}]\nart = "{art}"\nword_of = "{word_of}"\n')
        if chance(rng, 0.2):
            parts.append(f"[grounds.{name}.{day(rng)}]\nrepealed = true\n")
    return "".join(parts)


def _rule(rng, name, members):
    shares = [
        "no objection",
        "unanimity",
        "at least 2/3",
        "more than 1/2",
        "at least 2",
    ]
    lines = {"organ": rng.choice(["council", "panel"]), "carry": rng.choice(shares)}
    lines["of"] = rng.choice(["roll", "present", "voting"])
    if chance(rng, 0.4):
        lines["art"] = rng.choice(["T 1", "S 1"])
    if chance(rng, 0.3):
        lines["quorum"] = rng.choice(["carry", "more than 1/2", "at least 2"])
    if chance(rng, 0.2):
        lines["veto"] = some(rng, members)
    if chance(rng, 0.3):
        lines["except"] = some(rng, ["subject", "aid.a1", "aid.a2", "who"])
    if name == "r2" and chance(rng, 0.3):
        lines["else"] = "r1"
    if chance(rng, 0.2):
        lines["modes"] = ["session", "video"]
    text = _table(f"rules.{name}", lines)
    if chance(rng, 0.1):
        text += _table(f"rules.{name}.{day(rng)}", {"carry": rng.choice(shares)})
        text += _unsure(rng, text[text.rindex("[") :] if "[" in text else text)
    return text


def _table(header, lines):
    return f"[{header}]\n" + "".join(f"{k} = {_value(v)}\n" for k, v in lines.items())


def _value(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {_value(v)}' for k, v in value.items()) + " }"
    return f'"{value}"'


# --------------------------------------------------------------------------- the acts


def _limit(rng):
    names = [f"aid.a{n}" for n in range(3)]
    lines = {"art": rng.choice(["T 1", "S 1"]), "acts": some(rng, names)}
    if chance(rng, 0.5):
        lines["while"] = _clauses(rng, names)
    if chance(rng, 0.4):
        lines["after"] = _clauses(rng, names)
    if chance(rng, 0.5):
        lines["disputed"] = ["so", "not so"]
    return _table("limits.norm", lines)


def _kind(rng, kind):
    names = [f"a{n}" for n in range(rng.randint(3, 8) if kind == "aid" else 3)]
    above = (
        [f"aid.a{n}" for n in range(3)] if kind == "law" and chance(rng, 0.6) else []
    )
    acts = {name: _act(rng, names, name, above) for name in names}
    acts["a0"]["fixes"] = sorted({*acts["a0"].get("fixes", ()), "who"})
    targets = {t for lines in acts.values() for t in lines.get("lapse", ())}
    for name in names:
        if name in targets and chance(rng, 0.5) and not acts[name].get("opens"):
            acts[name].pop("decide", None)
            acts[name]["by"] = TIME
    return "".join(_versions(rng, kind, name, acts[name], names) for name in names)


def _act(rng, names, name, above):
    opens = name == "a0"
    lines = {"opens": "aid" if above else True, "art": _art(rng)} if opens else {}
    _who(rng, lines, opens)
    if not opens:
        _when(rng, lines, [*names[:3], *above])
        _undoing(rng, lines, names)
    elif above and chance(rng, 0.7):
        _when(rng, lines, above)
    _content(rng, lines, names)
    _doing(rng, lines, names, above, names[names.index(name) + 1 :])
    return lines


def _art(rng):
    return some(rng, ["T 1", "T 2", "S 1"], 1, 2)


BY = ("member", "subject", "another member", "council", "chair", "outside")
EACH = ("each member", "each other member")


def _who(rng, lines, opens):
    if not opens and chance(rng, 0.3):
        lines["decide"] = rng.choice(["r1", "r2"])
        return
    if chance(rng, 0.3):
        lines["by"] = rng.choice(EACH)
    else:
        lines["by"] = ["member"] if opens and chance(rng, 0.6) else some(rng, BY)
    if chance(rng, 0.15):
        lines["to"] = some(rng, ["council", "panel", "sec"])


def _clauses(rng, names):
    one = some(rng, names)
    return {"any": one} if chance(rng, 0.3) else one


def _when(rng, lines, names):
    if chance(rng, 0.3):
        lines["after"] = _clauses(rng, names)
    if chance(rng, 0.1):
        numbers = {rng.choice(names): rng.choice([1, 2, "all", "at least 2/3"])}
        lines["after"] = rng.choice([numbers, [rng.choice(names), numbers]])
    if chance(rng, 0.15):
        lines["before"] = some(rng, names)
    if chance(rng, 0.4):
        lines["while"] = _clauses(rng, names)


def _undoing(rng, lines, names):
    if chance(rng, 0.35):
        lines["ends"] = some(rng, names)
    if chance(rng, 0.2):
        lines["amends"] = some(rng, names[:4])
    if chance(rng, 0.15):
        lines["waive"] = some(rng, names)
    if chance(rng, 0.08):
        lines["leaves"] = rng.choice(["T", "S"])
    if chance(rng, 0.08):
        lines["joins"] = rng.choice(["T", "S"])


def _content(rng, lines, names):
    if chance(rng, 0.3):
        lines["art"] = _art(rng)
    if chance(rng, 0.3):
        lines["on"] = some(rng, ["g1", "g2"])
    if chance(rng, 0.15):
        lines["form"] = ["letter", "voice"]
        if chance(rng, 0.4):
            lines["void"] = "form"
    if chance(rng, 0.45):
        lines["fixes"] = some(rng, ["term", "who"])
    if chance(rng, 0.1):
        lines["agrees"] = rng.choice(names)
    if chance(rng, 0.15):
        free = {"term", "who"} - set(lines.get("fixes", ()))
        lines["implies"] = dict.fromkeys(sorted(free - {"who"}) or ["cost"], "2 days")


def _doing(rng, lines, names, above, later):
    spans = [*SPANS, *(["term"] * 6 if "term" in lines.get("fixes", ()) else ())]
    if chance(rng, 0.35):
        owed = [*spans, "no day"]
        lines["duty"] = {n: rng.choice(owed) for n in some(rng, names)}
    if chance(rng, 0.2):
        lines["every"] = {n: rng.choice([*spans, "36 hours"]) for n in some(rng, names)}
    if later and chance(rng, 0.3):
        lines["lapse"] = {n: rng.choice(spans) for n in some(rng, later)}
    if chance(rng, 0.35):
        _lasts(rng, lines, names + above, spans)
    if chance(rng, 0.25):
        lines["deed"] = True
        lasts = lines.get("lasts")
        if not isinstance(lasts, dict) or "while" not in lasts:
            lines.pop("lasts", None)
            lines.pop("at_most", None)
        if chance(rng, 0.7):
            lines["undo"] = {rng.choice(names): rng.choice([*spans, "no day"])}


def _lasts(rng, lines, names, spans):
    standing = {"while": some(rng, names)}
    which = rng.choice(["later", "earlier"])
    several = {which: [*some(rng, spans, 2, 3), day(rng)]}
    lines["lasts"] = rng.choice([*spans, day(rng), standing, standing, several])
    if lines["lasts"] == "term" and chance(rng, 0.6):
        lines["at_most"] = {"term": rng.choice(["3 days", "36 hours", "1 month"])}


def _versions(rng, kind, name, lines, names):
    text = _table(f"{kind}.{name}", lines)
    if "form" in lines and chance(rng, 0.5):
        owed = {rng.choice(names): rng.choice(SPANS)}
        text += _table(f"{kind}.{name}.voice", {"duty": owed})
    if lines.get("by") != TIME and chance(rng, 0.2):
        change = _change(rng, lines, names)
        text += _table(f"{kind}.{name}.{day(rng)}", change)
        if chance(rng, 0.3):
            text += _unsure(rng, text[text.rindex(f"[{kind}") :])
    return text


def _change(rng, lines, names):
    if chance(rng, 0.15) and not lines.get("opens"):
        return {"repealed": True}
    change = {}
    if "by" in lines and chance(rng, 0.6):
        change["by"] = some(rng, BY)
    if chance(rng, 0.4):
        change["duty"] = {rng.choice(names): rng.choice(SPANS)}
    if not lines.get("opens") and chance(rng, 0.4):
        change["after"] = rng.choice([[], some(rng, names)])
    return change or {"duty": []}


def shifted(source, weeks, *, zone):
    """The same charter in a zone without clock changes, all days moved by whole weeks."""

    def move(found):
        if found[0] == "2000-01-01":
            return found[0]
        return str(date.fromisoformat(found[0]) + timedelta(weeks=weeks))

    source = re.sub(r'zone = "[^"]*"', f'zone = "{zone}"', source)
    return re.sub(r"\d{4}-\d\d-\d\d", move, source)
