"""Compile the search before somebody waits for it: `python -m peyman.force.solve.searching`."""

from peyman.force.solve.searching.ready import make_ready

if __name__ == "__main__":
    make_ready()
