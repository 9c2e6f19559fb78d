"""A new proposal: files whose comments explain each field, written from the schemas and the programme year."""
