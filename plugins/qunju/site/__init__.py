"""The mkdocs plugin: the only package that knows mkdocs, and thin; it calls check and views."""
