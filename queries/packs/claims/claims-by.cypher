/*
title: What a speaker claims
question: What do documents report that a speaker claims, and is it disputed there?
parameters:
  speaker: {type: node, required: true, help: 'The actor, outlet or country that voices the claims.'}
min_confidence: 0.6
columns:
  speaker: Who voices the claim
  claim: The proposition, as stated
  manner: Whether quoted, paraphrased, or only ascribed to them by an opponent
  disputed_by: Who debunks or denies it
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
example: narragraph query run claims-by -p speaker="Vladimir Putin"
*/
MATCH (c:Claim)-[r:ATTRIBUTED_TO]->(v)
WHERE v.id IN $speaker AND r.confidence >= $min_confidence
  AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (x)-[q]->(c) WHERE type(q) IN ['DEBUNKS', 'DENIES']
WITH c, r, v, x ORDER BY x.name
WITH c, r, v, collect(DISTINCT x.name) AS disputed_by
OPTIONAL MATCH (d:Document {id: r.document})
RETURN v.name AS speaker, c.name AS claim, r.manner AS manner, disputed_by, r.sentence AS sentence, d.name AS document,
       d.published AS published, r.confidence AS confidence
ORDER BY speaker, document, r.start, claim, r.id
LIMIT $limit
