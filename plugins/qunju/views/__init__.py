"""What the public may see: the only objects that page templates are given."""
