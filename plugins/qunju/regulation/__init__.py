"""The regulation as data: a year's facts, its clauses, and the verdicts that clauses give."""
