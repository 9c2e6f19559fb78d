"""Text to values: the only package that knows YAML, and where in a file a value stands."""
