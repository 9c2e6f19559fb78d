"""The model to views: what the public part of a cluster says, arranged for each page."""
