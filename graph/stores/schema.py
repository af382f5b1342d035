"""What the program makes in a database beside the graph: constraints and indexes, as data, and their version.

Ids of nodes and of edges are unique; roots are found by an index, and on Neo4j names, aliases and sentences by words.
"""

from __future__ import annotations

#: Version of this schema and of how the graph lies in a store (see ``base`` and ``layout``). Raise it with either.
#: 1: no search by words on Neo4j; what documents state of a node they share was not kept apart.
FORMAT = 2

BASE = "Narragraph"  # the label that every node of ours has beside its own
ATTESTATION = "Attestation"  # in the embedded store, the supertype of all edges: one index serves them all

# Neo4j: statements with {name}, {type} and {types}, all relationship types of the ontology joined by "|". The full-text
# indexes follow a second behind, for otherwise every commit would wait for them.
_SOON = "OPTIONS {{indexConfig: {{`fulltext.eventually_consistent`: true}}}}"
_WORDS = "CREATE FULLTEXT INDEX narragraph_%s IF NOT EXISTS FOR %s ON EACH [%s] " + _SOON
NEO4J_LABEL = ("CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{type}) REQUIRE n.id IS UNIQUE",)
NEO4J_MORE = {  # what certain labels have beside it
    BASE: (
        _WORDS % ("names", "(n:{type})", "n.name"),
        _WORDS % ("aliases", "(n:{type})", "n.aliases"),
        _WORDS % ("sentences", "()-[r:{types}]-()", "r.sentence"),
    ),
    "Document": ("CREATE INDEX {name}_root IF NOT EXISTS FOR (n:{type}) ON (n.root)",),
}
NEO4J_TYPE = (
    "CREATE INDEX {name}_root IF NOT EXISTS FOR ()-[r:{type}]-() ON (r.root)",
    "CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:{type}]-() REQUIRE r.id IS UNIQUE",
)

# The embedded store: its own SQL; what stands there already stays. ArcadeDB has full-text indexes too, but to take an
# entry out of them it goes through all others of the word: replacing 80 documents took a minute instead of a second.
EMBEDDED = (
    f"CREATE VERTEX TYPE {BASE} IF NOT EXISTS BUCKETS 1",
    f"CREATE PROPERTY {BASE}.id IF NOT EXISTS STRING",
    f"CREATE INDEX IF NOT EXISTS ON {BASE} (id) UNIQUE",
    f"CREATE VERTEX TYPE Document IF NOT EXISTS EXTENDS {BASE} BUCKETS 1",
    "CREATE PROPERTY Document.root IF NOT EXISTS STRING",
    "CREATE INDEX IF NOT EXISTS ON Document (root) NOTUNIQUE NULL_STRATEGY SKIP",
    f"CREATE EDGE TYPE {ATTESTATION} IF NOT EXISTS BUCKETS 1",
    f"CREATE PROPERTY {ATTESTATION}.id IF NOT EXISTS STRING",
    f"CREATE INDEX IF NOT EXISTS ON {ATTESTATION} (id) UNIQUE",
    f"CREATE PROPERTY {ATTESTATION}.root IF NOT EXISTS STRING",
    f"CREATE INDEX IF NOT EXISTS ON {ATTESTATION} (root) NOTUNIQUE",
)
