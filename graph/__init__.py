"""The graph: its model and records, the stores that hold it, and the formats and the page that carry it out."""
