"""Readers: each knows one file format and gives SourceDocuments."""
