/*
title: Claims about a country
question: What do documents report as claimed about a country, actor or outlet, and by whom?
parameters:
  about: {type: node, required: true, help: 'The country (or actor, or outlet) that the claims speak of.'}
min_confidence: 0.6
columns:
  claim: The proposition, as stated
  voiced_by: Who voices it
  manner: Whether quoted, paraphrased, or only ascribed to them by an opponent
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is of the attribution, 0 to 1; nothing about truth
example: narragraph query run claims-about -p about=Kazakhstan
*/
MATCH (c:Claim)-[:ABOUT]->(x)
WHERE x.id IN $about
WITH DISTINCT c
MATCH (c)-[r:ATTRIBUTED_TO]->(v)
WHERE r.confidence >= $min_confidence AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (d:Document {id: r.document})
RETURN c.name AS claim, v.name AS voiced_by, r.manner AS manner, r.sentence AS sentence, d.name AS document,
       d.published AS published, r.confidence AS confidence
ORDER BY document, r.start, claim, voiced_by, r.id
LIMIT $limit
