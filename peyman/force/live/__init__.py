"""Planned against actual: what became of serials, whether a plan holds, and the next one."""
