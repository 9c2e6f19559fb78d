"""The form of a proposal: which files and fields there are, and findings where a file departs from it."""
