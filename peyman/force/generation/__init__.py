"""Force generation: what the tasks need, who offers it, who is asked for what, what stays open.

Requirement lines and pledges come as the record tells them; an assignment covers the lines in
the order of their priority, and a line that stays open has the fewest reasons that explain it.
How the assigned units get there is another matter: movement.
"""
