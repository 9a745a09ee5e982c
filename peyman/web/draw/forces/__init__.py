"""Strength, lift, and requirement lines filling up."""
