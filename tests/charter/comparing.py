"""Hold the kernel to the slow interpreter: what both say of one record, side by side."""

from peyman.charter.kernel import fold
from peyman.charter.standing import matters
from tests.charter import oracle
from tests.charter.oracle_rows import rows

LISTS = ("may", "must", "late", "may_be_late", "in_force")


def by_kernel(charter, doings, until, *, holds=(), turned=frozenset()):
    state = fold(charter, doings, until, holds=holds, turned=turned)
    verdicts = [
        (v.doing.id, v.doing.act, tuple(sorted(v.codes)), v.has_effect)
        for v in state.verdicts
    ]
    standing = {
        one.matter.id: {
            name: {(r.act, r.by, r.because, r.due) for r in getattr(one, name)}
            for name in LISTS
        }
        for one in matters(charter, state, holds)
    }
    return verdicts, standing


def by_hand(charter, doings, until, *, holds=(), turned=frozenset()):
    world = oracle.read(charter, doings, until, holds=holds, turned=turned)
    verdicts = [
        (doing.id, doing.act, tuple(sorted(codes)), has_effect)
        for doing, codes, has_effect in world.verdicts
    ]
    return verdicts, rows(world, until)


def differences(charter, doings, until, *, holds=(), turned=frozenset()):
    """Every line that only one of the two says; empty where they agree."""
    kernel = _lines(*by_kernel(charter, doings, until, holds=holds, turned=turned))
    hand = _lines(*by_hand(charter, doings, until, holds=holds, turned=turned))
    return [f"kernel only: {one}" for one in sorted(kernel - hand)] + [
        f"by hand only: {one}" for one in sorted(hand - kernel)
    ]


def _lines(verdicts, standing):
    lines = {f"{place}: {one}" for place, one in enumerate(verdicts)}
    for matter, lists in standing.items():
        for name, found in lists.items():
            lines |= {f"{matter} {name}: {row}" for row in found}
    return lines
