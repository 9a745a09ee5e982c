"""What one row of a log, or the clock, does to its case under a charter: the law of an audit.

`law` says what a row is under the charter on its day, `state` what a case has come to,
`gate` what is remarked on a row, `step` what it does, on the `working` copy of a state.
`calendar` says what day a span ends on. No case is run here: that is for `runs`.
"""
