"""The check of a repository's proposals, from folders to located verdicts."""
