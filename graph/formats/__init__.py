"""Formats: each module reads and writes one."""
