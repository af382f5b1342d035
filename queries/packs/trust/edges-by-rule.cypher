/*
title: Edges by rule and confidence
question: Which rules made how many edges of which relation, and how sure are they?
parameters:
  relation: {type: text, help: 'Only this relation, such as ACCUSES.'}
columns:
  relation: The relation
  rule: The rule that fired
  edges: How many edges
  documents: In how many documents; reprints count once
  lowest: The lowest confidence
  mean: The mean
  highest: The highest
min_confidence: 0
limit: 1000
scans: It counts all edges.
example: narragraph query run edges-by-rule -p relation=ACCUSES
*/
MATCH ()-[r]->()
WHERE type(r) <> 'MENTIONS' AND ($relation IS NULL OR type(r) = toUpper($relation)) AND ng.within(r)
WITH type(r) AS relation, coalesce(r.rule, '') AS rule, count(r) AS edges, count(DISTINCT ng.source(r)) AS documents,
     min(r.confidence) AS lowest, round(100.0 * avg(r.confidence)) / 100 AS mean, max(r.confidence) AS highest
RETURN relation, rule, edges, documents, lowest, mean, highest
ORDER BY relation, edges DESC, rule
LIMIT $limit
