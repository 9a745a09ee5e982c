"""Cases of a log run from their first row to their last, by the steps of `steps`.

`automaton` remembers every step that was once worked out. `course` runs one case, for its
faults. `lockstep` runs all cases of a `part` at once, for verdicts, with the automaton as
`tables` and the days of `spans`; `lockstep` and what it stands on alone need numpy.
"""
