"""What is claimed of the world: sources, reading of reports, claims, grades, places.

Pure: no clock, no network, no database. `source` takes a report as it was received,
`read` proposes its claims, `claims` and `facilities` are readings of the claims that a
case has accepted, `places` is the list of places. Which proposals are accepted, and
what becomes of them, belongs to `peyman.case`.
"""
