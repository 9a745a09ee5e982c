"""Who brings what, where, by when: pledges, strength, movements, as the record tells them.

Readings of entries, pure. Figures that contradict each other stand side by side; nothing
is averaged, and aircraft are never counted as flights. Planning comes with its own issue.
"""
