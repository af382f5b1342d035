"""Loaders: from files to records. ``readers`` know file formats, ``extraction`` knows language."""
