"""How a charter is read: lines, shapes, names, versions. `peyman.charter.read` is its face."""
