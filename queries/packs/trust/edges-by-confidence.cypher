/*
title: Edges by confidence
question: How many edges of each relation are there for every tenth of confidence?
parameters:
  relation: {type: text, help: 'Only this relation, such as ACCUSES.'}
columns:
  relation: The relation
  confidence: The band, such as 0.6 for 0.6 to 0.7
  edges: How many edges
  documents: In how many documents; reprints count once
min_confidence: 0
limit: 500
scans: It counts all edges.
chart: {kind: matrix, x: confidence, y: relation, value: edges}
example: narragraph query run edges-by-confidence
*/
MATCH ()-[r]->()
WHERE type(r) <> 'MENTIONS' AND ($relation IS NULL OR type(r) = toUpper($relation)) AND ng.within(r)
WITH type(r) AS relation, floor(r.confidence * 10 + 0.000001) / 10 AS confidence, count(r) AS edges,
     count(DISTINCT ng.source(r)) AS documents
RETURN relation, confidence, edges, documents
ORDER BY relation, confidence
LIMIT $limit
