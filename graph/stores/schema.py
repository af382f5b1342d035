"""What the program makes in a database beside the graph: constraints and indexes, as data, and their version.

Ids of nodes and of edges are unique; roots are found by an index, and names, aliases and sentences by their words.
"""

from __future__ import annotations

#: Version of this schema and of how the graph lies in a store (see ``base`` and ``layout``). Raise it with either.
#: 1: no search by words; what documents state of a node they share was not kept apart.
FORMAT = 2

BASE = "Narragraph"  # the label that every node of ours has beside its own
ATTESTATION = "Attestation"  # in the embedded store, the supertype of all edges: one index serves them all

# Neo4j: statements with {name}, {type} and {types}, all relationship types of the ontology joined by "|". The full-text
# indexes follow a second behind, for otherwise every commit would wait for them.
_SOON = "OPTIONS {{indexConfig: {{`fulltext.eventually_consistent`: true}}}}"
NEO4J_GRAPH = (
    f"CREATE FULLTEXT INDEX {{name}}_names IF NOT EXISTS FOR (n:{{type}}) ON EACH [n.name, n.aliases] {_SOON}",
    f"CREATE FULLTEXT INDEX {{name}}_sentences IF NOT EXISTS FOR ()-[r:{{types}}]-() ON EACH [r.sentence] {_SOON}",
)
NEO4J_DOCUMENT = ("CREATE INDEX {name}_root IF NOT EXISTS FOR (n:{type}) ON (n.root)",)
NEO4J_LABEL = ("CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{type}) REQUIRE n.id IS UNIQUE",)
NEO4J_TYPE = (
    "CREATE INDEX {name}_root IF NOT EXISTS FOR ()-[r:{type}]-() ON (r.root)",
    "CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:{type}]-() REQUIRE r.id IS UNIQUE",
)

# The embedded store: its own SQL.
EMBEDDED = (
    f"CREATE VERTEX TYPE {BASE} BUCKETS 1",
    f"CREATE PROPERTY {BASE}.id STRING",
    f"CREATE INDEX ON {BASE} (id) UNIQUE",
    f"CREATE PROPERTY {BASE}.name STRING",
    f"CREATE INDEX ON {BASE} (name) FULL_TEXT",
    f"CREATE PROPERTY {BASE}.aliases LIST OF STRING",
    f"CREATE INDEX ON {BASE} (aliases BY ITEM) FULL_TEXT",
    f"CREATE VERTEX TYPE Document EXTENDS {BASE} BUCKETS 1",
    "CREATE PROPERTY Document.root STRING",
    "CREATE INDEX ON Document (root) NOTUNIQUE NULL_STRATEGY SKIP",
    f"CREATE EDGE TYPE {ATTESTATION} BUCKETS 1",
    f"CREATE PROPERTY {ATTESTATION}.id STRING",
    f"CREATE INDEX ON {ATTESTATION} (id) UNIQUE",
    f"CREATE PROPERTY {ATTESTATION}.root STRING",
    f"CREATE INDEX ON {ATTESTATION} (root) NOTUNIQUE",
    f"CREATE PROPERTY {ATTESTATION}.sentence STRING",
    f"CREATE INDEX ON {ATTESTATION} (sentence) FULL_TEXT NULL_STRATEGY SKIP",
)
