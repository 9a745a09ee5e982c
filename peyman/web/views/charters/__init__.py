"""The pages on which charters are read, drawn, verified, compared, and tried out.

law        which charters there are, who may see them, and what every such page has
telling    the provisions of a charter in words
listing    the list of charters
text       what a charter says beside what rests on it
picture    the acts as a graph
blocking   who blocks what, and what else verification finds
comparing  two charters, or one on two days, side by side
what_if    how the standing of a case would differ if somebody did something
"""
