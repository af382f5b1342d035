/*
title: The sentences behind an edge
question: Which sentences say that two are related in this way, where, and who vouches for them?
parameters:
  source: {type: node, required: true, help: Where the edge begins.}
  target: {type: node, required: true, help: Where the edge ends.}
  relation: {type: text, help: 'Only this relation, such as ACCUSES.'}
columns:
  relation: The relation
  source: Where the edge begins
  target: Where the edge ends
  sentence: The words in the document, verbatim
  trigger: The words that the extraction went by
  rule: The rule that fired
  polarity: Affirmed or negated
  modality: Whether the document asserts, reports or only supposes it
  asserted_by: Ids of those who vouch for it, the document first
  document: Title of the document
  published: Its date
  start: Where the sentence begins in the document, in characters
  confidence: How sure the extraction is, 0 to 1; nothing about truth
min_confidence: 0
limit: 200
example: narragraph query run sentences-behind -p source=Russia -p target=Ukraine -p relation=ACCUSES
*/
MATCH (a:Narragraph)
WHERE a.id IN $source
MATCH (a)-[r]->(b)
WHERE b.id IN $target AND type(r) <> 'MENTIONS' AND ($relation IS NULL OR type(r) = toUpper($relation))
  AND ng.within(r)
OPTIONAL MATCH (d:Document {id: r.document})
WITH a, r, b, d, collect(ng.evidence(r)) AS evidence
RETURN type(r) AS relation, a.name AS source, b.name AS target, r.sentence AS sentence, r.trigger AS trigger,
       r.rule AS rule, r.polarity AS polarity, r.modality AS modality, r.asserted_by AS asserted_by,
       d.name AS document, d.published AS published, r.start AS start, r.confidence AS confidence, evidence
ORDER BY relation, confidence DESC, document, start, r.id
LIMIT $limit
