"""Stores: one contract (``base``), one module for each database."""
