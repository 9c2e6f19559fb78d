"""Verdicts to words: for a person at a terminal, for a program, for a pull request."""
