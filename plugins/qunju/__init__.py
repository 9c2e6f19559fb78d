"""Proposals to 中小企業數位群聚輔導 as YAML: checked against the regulation, published as a site."""

__version__ = "0.1.0"
