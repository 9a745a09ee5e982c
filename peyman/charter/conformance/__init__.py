"""Whether many cases of a log conform to a charter, and what is at fault where they do not.

`steps` is the law: what a row of a log is, and what it does to its case. `runs` is the two
drivers of it: over all cases at once, for verdicts, and over one, for its faults. Both ask
the same steps, so they cannot disagree about the law. `telling` puts faults in words, and
`unjudged` what a log leaves out.

Pure: reading and writing logs belongs to `peyman.exchange`. What is judged, and what is
left out, is in docs/audit.md. `runs` alone needs numpy.
"""
