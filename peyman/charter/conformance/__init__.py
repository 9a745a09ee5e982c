"""Whether many cases of a log conform to a charter, and what is at fault where they do not.

`law` says what a row of a log is under the charter on its day, `state` and `step` what it
does to its case, `automaton` remembers every step that was once worked out. Two drivers run
it: `lockstep` over all cases at once, for verdicts, and `course` over one, for its faults.
Both ask the same steps, so they cannot disagree about the law.

Pure: reading and writing logs belongs to `peyman.exchange`. What is judged, and what is
left out, is in docs/audit.md. `lockstep` alone needs numpy.
"""
