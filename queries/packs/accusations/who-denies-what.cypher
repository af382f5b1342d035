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
limit: 200
scans: Without who it reads all denials.
min_confidence: 0.6
example: narragraph query run who-denies-what -p who=Kremlin
*/
MATCH (a)-[r:DENIES]->(t)
WHERE ($who IS NULL OR a.id IN $who) AND ng.within(r)
OPTIONAL MATCH (t)-[v:ATTRIBUTED_TO]->(x) WHERE ng.within(v)
WITH a, r, t, ng.name(x) AS voice ORDER BY voice
WITH a, r, t, collect(DISTINCT voice) AS voiced_by
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.name(a) AS who, ng.name(t) AS what, [l IN labels(t) WHERE l <> 'Narragraph'][0] AS what_type, voiced_by,
     r, d, collect(ng.evidence(r)) AS evidence
RETURN who, what, what_type, voiced_by, r.sentence AS sentence, d.name AS document, d.published AS published,
       r.confidence AS confidence, evidence
ORDER BY who, document, r.start, what, r.id
LIMIT $limit
