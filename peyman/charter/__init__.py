"""What the law says: read a charter, apply it, tally votes, reckon time.

Pure: the same charter and the same doings give the same answer on every machine.
`read` makes a `model.Charter` from TOML; `kernel.fold` applies it to doings and gives a
`state.State`; `standing` reads from that who may and must do what. `tally` and `moment`
are the two sciences it needs. What was said and by whom belongs to `peyman.case`.
"""
