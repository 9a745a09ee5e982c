"""Peyman carries a case of collective security from the first report to the last unit home.

The rooms, from the bottom up: `saying` and `errors`, then `ledger` (what was said, unchanged) and
`charter` (what the law says), `picture` (what is claimed of the world), `force` (who
brings what), `case` (the join), `exchange` (other systems), `web` (the pages) and `cli`.
Imports only go down.
"""

__version__ = "0.1.0"
