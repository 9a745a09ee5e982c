"""Graphs of acts, laid out in layers."""
