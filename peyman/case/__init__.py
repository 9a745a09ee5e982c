"""The join: what was said, under which law, and what follows from the two.

`load` reads a case file into a `model.Case`; `reading` folds its charters over what was
known at a time; `standing` and its siblings say it as plain data; `thread` leads from any
fact back to the words of a source. `enter` is the one door for writing, and `build`,
`opening` and `accept` go through the same questions.
"""
