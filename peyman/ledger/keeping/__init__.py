"""The folder in which a case grows, and what one machine remembers of logs."""
