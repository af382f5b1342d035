/*
title: Claims about a country
question: What do documents report as claimed about a country, actor, outlet or event, and by whom?
parameters:
  about: {type: node, required: true, help: 'The country (or actor, outlet, event) that the claims speak of.'}
columns:
  claim: The proposition, as stated
  voiced_by: Who voices it
  manner: Whether quoted, paraphrased, or only ascribed to them by an opponent
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is of the attribution, 0 to 1; nothing about truth
min_confidence: 0.6
limit: 200
example: narragraph query run claims-about -p about=Kazakhstan
*/
MATCH (x:Narragraph)
WHERE x.id IN $about
MATCH (c:Claim)-[b:ABOUT]->(x)
WHERE ng.within(b)
WITH DISTINCT c
MATCH (c)-[r:ATTRIBUTED_TO]->(v)
WHERE ng.within(r)
OPTIONAL MATCH (d:Document {id: r.document})
WITH c, r, d, ng.name(v) AS voiced_by, collect(ng.evidence(r)) AS evidence
RETURN c.name AS claim, voiced_by, r.manner AS manner, r.sentence AS sentence, d.name AS document,
       d.published AS published, r.confidence AS confidence, evidence
ORDER BY document, r.start, claim, voiced_by, r.id
LIMIT $limit
