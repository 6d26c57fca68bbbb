"""Checks over a case file."""
