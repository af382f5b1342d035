/*
title: Narratives by size
question: Which narratives stand in most documents, with how many claims, and who carries them?
parameters:
  within: {type: node, help: 'Only this narrative, and those that are part of it.'}
  candidates: {type: boolean, default: false, help: Also what a text calls a narrative and the scheme does not know.}
columns:
  narrative: The narrative
  part_of: The wider narrative it is part of
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  claims: How many claims express it
  carriers: 'How many outlets, actors and countries voice or spread it'
  first: Date of the first document
  last: Date of the last one
limit: 200
scans: Without within it counts all narratives.
chart: {kind: ranking, x: narrative, y: documents}
min_confidence: 0.6
example: narragraph query run narratives-by-size
*/
MATCH (n:Narrative)<-[r:EXPRESSES|AMPLIFIES|DEBUNKS]-(x)
WHERE ng.within(r) AND ($candidates OR coalesce(n.status, 'known') <> 'candidate')
  AND ($within IS NULL OR n.id IN $within OR EXISTS { MATCH (n)-[:PART_OF]->(b:Narrative) WHERE b.id IN $within })
OPTIONAL MATCH (d:Document {id: r.document})
WITH n, count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences,
     count(DISTINCT CASE WHEN x:Claim THEN x.id END) AS claims, min(d.published) AS first, max(d.published) AS last,
     collect(ng.evidence(r)) AS evidence
OPTIONAL MATCH (n)<-[e:EXPRESSES]-(c:Claim)-[v:ATTRIBUTED_TO|AMPLIFIES]-(a)
WHERE ng.within(e) AND ng.within(v) AND NOT a:Claim
WITH n, documents, sentences, claims, first, last, evidence, collect(DISTINCT ng.id(a)) AS voices
OPTIONAL MATCH (n)<-[s:AMPLIFIES]-(a)
WHERE ng.within(s)
WITH n, documents, sentences, claims, first, last, evidence, voices, collect(DISTINCT ng.id(a)) AS spreaders
OPTIONAL MATCH (n)-[:PART_OF]->(b:Narrative)
WITH n, documents, sentences, claims, first, last, evidence, voices, spreaders, min(b.name) AS part_of
RETURN n.name AS narrative, part_of, documents, sentences, claims,
       size(voices + [s IN spreaders WHERE NOT s IN voices]) AS carriers, first, last, evidence
ORDER BY documents DESC, sentences DESC, narrative, n.id
LIMIT $limit
