/*
title: Accusations by month
question: How did accusations against somebody, or by somebody, move over the months?
parameters:
  accuser: {type: node, help: Only accusations by this one.}
  target: {type: node, help: Only accusations against this one.}
columns:
  month: Year and month of the documents
  accused: Who is accused
  documents: In how many documents; reprints count once
  sentences: In how many sentences
min_confidence: 0.6
limit: 1000
scans: Without accuser or target it reads all accusations.
chart: {kind: series, x: month, y: documents, by: accused}
example: narragraph query run accusations-by-month -p target=Ukraine --chart months.png
*/
MATCH (a)-[r:ACCUSES]->(t)
WHERE ($accuser IS NULL OR a.id IN $accuser) AND ($target IS NULL OR t.id IN $target) AND ng.within(r)
  AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND (coalesce(r.modality, 'asserted') <> 'hypothetical' OR $modality = 'hypothetical')
MATCH (d:Document {id: r.document})
WHERE d.published IS NOT NULL AND size(d.published) >= 7
WITH left(d.published, 7) AS month, ng.name(t) AS accused, ng.id(t) AS accused_id,
     count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences,
     collect(ng.evidence(r)) AS evidence
RETURN month, accused, documents, sentences, evidence
ORDER BY month, documents DESC, accused, accused_id
LIMIT $limit
