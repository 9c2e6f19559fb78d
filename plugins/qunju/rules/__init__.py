"""The formulas of the regulation: functions from a cluster and a clause to a verdict, named by the clauses' YAML."""
