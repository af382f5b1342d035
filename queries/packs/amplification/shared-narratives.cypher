/*
title: Outlets that share narratives
question: Which outlets carry the same narratives, how many, and in which words?
parameters:
  outlet: {type: node, help: Only pairs with this one.}
  least: {type: integer, default: 2, help: They share at least so many narratives.}
columns:
  one: One outlet
  other: The other outlet
  narratives: How many narratives both carry
  shared: Up to five of them, those in most documents first
  documents: In how many documents these narratives stand, of both together; reprints count once
  sentences: In how many sentences
  one_says: A sentence of the one, verbatim
  other_says: A sentence of the other
min_confidence: 0.6
limit: 100
scans: It compares what all outlets carry.
example: narragraph query run shared-narratives -p outlet=Sputnik
*/
MATCH (o:Outlet)-[r:ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE (x:Claim OR x:Narrative) AND ng.within(r) AND coalesce(o.kind, '') <> 'collective'
OPTIONAL MATCH (x)-[e:EXPRESSES]->(m:Narrative) WHERE ng.within(e)
WITH o, r, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL
WITH n, ng.id(o) AS id, ng.name(o) AS name, max(CASE WHEN o.id IN coalesce($outlet, []) THEN 1 ELSE 0 END) AS wanted,
     collect(DISTINCT ng.source(r)) AS sources, collect(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence,
     collect(ng.evidence(r)) AS evidence
ORDER BY id
WITH n, collect({id: id, name: name, wanted: wanted, sources: sources, sentences: sentences, sentence: sentence,
                 evidence: evidence}) AS carriers
UNWIND carriers AS a
UNWIND carriers AS b
WITH n, a, b
WHERE a.id < b.id AND ($outlet IS NULL OR a.wanted = 1 OR b.wanted = 1)
WITH n, a, b, size(a.sources) + size(b.sources) AS weight ORDER BY weight DESC, n.name, n.id
WITH a.id AS one_id, a.name AS one, b.id AS other_id, b.name AS other, count(DISTINCT n.id) AS narratives,
     collect(n.name)[0..5] AS shared, collect(a.sources + b.sources) AS sources,
     collect(a.sentences + b.sentences) AS sentences, collect(a.sentence)[0] AS one_says,
     collect(b.sentence)[0] AS other_says, collect(a.evidence + b.evidence) AS evidence
WHERE narratives >= $least
UNWIND sources AS some
UNWIND some AS source
WITH one_id, one, other_id, other, narratives, shared, count(DISTINCT source) AS documents, sentences, one_says, other_says,
     evidence
UNWIND sentences AS some
UNWIND some AS sentence
WITH one_id, one, other_id, other, narratives, shared, documents, count(DISTINCT sentence) AS sentences, one_says,
     other_says, evidence
RETURN one, other, narratives, shared, documents, sentences, one_says, other_says,
       reduce(all = [], some IN evidence | all + some) AS evidence
ORDER BY narratives DESC, documents DESC, one, other, one_id, other_id
LIMIT $limit
