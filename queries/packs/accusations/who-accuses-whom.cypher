/*
title: Who accuses whom, of what
question: Who accuses whom of what, and in which words?
parameters:
  accuser: {type: node, help: Only accusations by this one.}
  target: {type: node, help: Only accusations against this one.}
  plain: {type: boolean, default: true, help: Leave out what is negated or only hypothetical.}
columns:
  accuser: Who accuses, according to the document
  accused: Who is accused
  of: The claims, where any are stated
  sentence: The words in the document, verbatim
  modality: Whether the document asserts, reports or only supposes it
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
limit: 200
scans: Without accuser or target it reads all accusations.
example: narragraph query run who-accuses-whom -p target=Russia
*/
MATCH (a)-[r:ACCUSES]->(t)
WHERE ($accuser IS NULL OR a.id IN $accuser)
  AND ($target IS NULL OR t.id IN $target)
  AND ng.within(r)
  AND (NOT $plain OR (coalesce(r.polarity, 'affirmed') = 'affirmed'
       AND (coalesce(r.modality, 'asserted') <> 'hypothetical' OR $modality = 'hypothetical')))
OPTIONAL MATCH (c:Claim {id: r.claim})
OPTIONAL MATCH (d:Document {id: r.document})
WITH a, r, t, c, d ORDER BY c.name, r.id
WITH ng.name(a) AS accuser, ng.id(a) AS accuser_id, ng.name(t) AS accused, ng.id(t) AS accused_id, d,
     r.sentence AS sentence, min(r.start) AS start, collect(DISTINCT c.name) AS of, min(r.modality) AS modality,
     max(r.confidence) AS confidence, collect(ng.evidence(r)) AS evidence
RETURN accuser, accused, of, sentence, modality, d.name AS document, d.published AS published, confidence, evidence
ORDER BY accuser, accused, document, start, confidence DESC, accuser_id, accused_id, d.id, sentence
LIMIT $limit
