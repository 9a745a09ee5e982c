"""The log of a case file, and its leaves, for tests that look inside."""

from peyman.ledger.verifying.verify import examine


def log_in(casefile, *, signatures=False):
    log = examine(casefile, signatures=signatures).log
    assert log is not None
    return log


def leaf_at(log, index):
    leaf = log.leaves[index]
    assert leaf is not None
    return leaf
