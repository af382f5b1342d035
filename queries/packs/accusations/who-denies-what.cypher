/*
title: Who denies what
question: Who denies which claim, or whose accusation, and in which words?
parameters:
  who: {type: node, help: Only denials by this one.}
columns:
  who: Who denies
  what: The claim, or the accuser where no claim is stated
  what_type: Claim, Narrative, Actor, Outlet or Country
  voiced_by: Who voices the claim, according to the documents
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
example: narragraph query run who-denies-what -p who=Kremlin
*/
MATCH (a)-[r:DENIES]->(t)
WHERE ($who IS NULL OR a.id IN $who) AND r.confidence >= $min_confidence
  AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (t)-[:ATTRIBUTED_TO]->(v)
WITH a, r, t, v ORDER BY v.name
WITH a, r, t, collect(DISTINCT v.name) AS voiced_by
OPTIONAL MATCH (d:Document {id: r.document})
RETURN a.name AS who, t.name AS what, [l IN labels(t) WHERE l <> 'Narragraph'][0] AS what_type, voiced_by,
       r.sentence AS sentence, d.name AS document, d.published AS published, r.confidence AS confidence
ORDER BY who, document, r.start, what, r.id
LIMIT $limit
