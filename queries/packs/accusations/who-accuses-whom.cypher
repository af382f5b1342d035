/*
title: Who accuses whom, of what
question: Who accuses whom of what, and in which words?
parameters:
  accuser: {type: node, help: Only accusations by this one.}
  target: {type: node, help: Only accusations against this one.}
  plain: {type: boolean, default: true, help: Leave out what is negated or only hypothetical.}
  min_confidence: {type: number, default: 0.7, help: Leave out what the extraction is less sure of.}
  collection: {type: text, help: Only what documents of this collection say.}
  limit: {type: integer, default: 200, help: At most so many rows.}
columns:
  accuser: Who accuses, according to the document
  accused: Who is accused
  of: The claims, where any are stated
  sentence: The words in the document, verbatim
  modality: Whether the document asserts, reports or only supposes it
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
example: narragraph query run who-accuses-whom -p target=Russia
*/
MATCH (a)-[r:ACCUSES]->(t)
WHERE ($accuser IS NULL OR a.id IN $accuser)
  AND ($target IS NULL OR t.id IN $target)
  AND r.confidence >= $min_confidence AND ($collection IS NULL OR r.collection = $collection)
  AND (NOT $plain OR (coalesce(r.polarity, 'affirmed') = 'affirmed' AND coalesce(r.modality, '') <> 'hypothetical'))
OPTIONAL MATCH (c:Claim {id: r.claim})
OPTIONAL MATCH (d:Document {id: r.document})
WITH a, r, t, c, d ORDER BY c.name
WITH a, t, d, r.sentence AS sentence, min(r.start) AS start, collect(DISTINCT c.name) AS of, min(r.modality) AS modality,
     max(r.confidence) AS confidence
RETURN a.name AS accuser, t.name AS accused, of, sentence, modality, d.name AS document, d.published AS published, confidence
ORDER BY accuser, accused, document, start, confidence DESC, a.id, t.id, d.id
LIMIT $limit
