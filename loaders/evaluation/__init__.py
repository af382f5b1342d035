"""Evaluation: extraction held against gold graphs."""
