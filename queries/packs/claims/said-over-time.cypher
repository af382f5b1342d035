/*
title: What was said about something over time
question: Who said what about a topic, in the order of time, and was it disputed?
parameters:
  about: {type: node, help: 'Claims about this country, actor, outlet or event, or that express this narrative.'}
  words: {type: text, help: 'Claims that hold these words, in any case; with about, either will do.'}
columns:
  published: Date of the document
  claim: The proposition, as stated
  voiced_by: Who voices or spreads it, in this document
  narratives: Narratives that it expresses
  disputed: Whether anybody debunks or denies it
  sentence: The words in the document, verbatim
  document: Title of the document
min_confidence: 0.6
limit: 1000
scans: Words are looked for in all claims.
example: narragraph query run said-over-time -p words=MH17
*/
MATCH (c:Claim)
WHERE ($words IS NOT NULL AND toLower(c.name) CONTAINS toLower($words))
   OR EXISTS { MATCH (c)-[b:ABOUT|EXPRESSES]->(x) WHERE x.id IN $about AND ng.within(b) }
MATCH (d:Document)-[m:MENTIONS]->(c)
WHERE ng.document(d)
OPTIONAL MATCH (c)-[r:ATTRIBUTED_TO|AMPLIFIES]-(a)
WHERE r.document = d.id AND ng.within(r)
WITH c, d, m, r, ng.name(a) AS voice ORDER BY voice
WITH c, d, m, collect(DISTINCT voice) AS voiced_by, min(r.sentence) AS sentence, collect(ng.evidence(r)) AS evidence
OPTIONAL MATCH (c)-[e:EXPRESSES]->(n:Narrative)
WHERE ng.within(e)
WITH c, d, m, voiced_by, sentence, evidence, n.name AS narrative ORDER BY narrative
WITH c, d, m, voiced_by, sentence, evidence, collect(DISTINCT narrative) AS narratives
RETURN d.published AS published, c.name AS claim, voiced_by, narratives,
       EXISTS { MATCH (c)<-[q:DEBUNKS|DENIES]-() WHERE ng.within(q) } AS disputed, sentence, d.name AS document, evidence
ORDER BY published, document, m.span_starts[0], claim, d.id, c.id
LIMIT $limit
