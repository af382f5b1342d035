/*
title: What a speaker claims
question: What do documents report that a speaker claims, and is it disputed there?
parameters:
  speaker: {type: node, required: true, help: 'The actor, outlet or country that voices the claims.'}
columns:
  speaker: Who voices the claim
  claim: The proposition, as stated
  manner: Whether quoted, paraphrased, or only ascribed to them by an opponent
  disputed_by: Who debunks or denies it
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
min_confidence: 0.6
limit: 200
example: narragraph query run claims-by -p speaker="Vladimir Putin"
*/
MATCH (v:Narragraph)
WHERE v.id IN $speaker
MATCH (c:Claim)-[r:ATTRIBUTED_TO]->(v)
WHERE ng.within(r)
OPTIONAL MATCH (x)-[q:DEBUNKS|DENIES]->(c) WHERE ng.within(q)
WITH c, r, v, ng.name(x) AS doubter ORDER BY doubter
WITH c, r, v, collect(DISTINCT doubter) AS disputed_by
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.name(v) AS speaker, c, r, d, disputed_by, collect(ng.evidence(r)) AS evidence
RETURN speaker, c.name AS claim, r.manner AS manner, disputed_by, r.sentence AS sentence, d.name AS document,
       d.published AS published, r.confidence AS confidence, evidence
ORDER BY speaker, document, r.start, claim, r.id
LIMIT $limit
