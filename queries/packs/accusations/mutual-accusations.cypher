/*
title: Mutual accusations
question: Who accuses each other, how often each way, and in which words?
parameters:
  who: {type: node, help: Only pairs with this one.}
columns:
  one: One side
  other: The other side
  one_accuses: In how many documents the one accuses the other; reprints count once
  other_accuses: In how many documents the other accuses the one
  one_says: A sentence in which the one accuses, verbatim
  other_says: A sentence in which the other accuses
min_confidence: 0.6
limit: 100
scans: It looks at both directions of all accusations.
example: narragraph query run mutual-accusations -p who=Ukraine
*/
MATCH (a)-[r:ACCUSES]->(b)
WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND (coalesce(r.modality, 'asserted') <> 'hypothetical' OR $modality = 'hypothetical') AND ng.id(a) <> ng.id(b)
WITH a, r, b, CASE WHEN ng.id(a) < ng.id(b) THEN ng.id(a) ELSE ng.id(b) END AS one_id,
     CASE WHEN ng.id(a) < ng.id(b) THEN ng.id(b) ELSE ng.id(a) END AS other_id
WITH one_id, other_id,
     min(CASE WHEN ng.id(a) = one_id THEN ng.name(a) ELSE ng.name(b) END) AS one,
     min(CASE WHEN ng.id(a) = one_id THEN ng.name(b) ELSE ng.name(a) END) AS other,
     count(DISTINCT CASE WHEN ng.id(a) = one_id THEN ng.source(r) END) AS one_accuses,
     count(DISTINCT CASE WHEN ng.id(a) = other_id THEN ng.source(r) END) AS other_accuses,
     min(CASE WHEN ng.id(a) = one_id THEN r.sentence END) AS one_says,
     min(CASE WHEN ng.id(a) = other_id THEN r.sentence END) AS other_says,
     max(CASE WHEN $who IS NULL OR a.id IN $who OR b.id IN $who THEN 1 ELSE 0 END) AS wanted,
     collect(ng.evidence(r)) AS evidence
WHERE one_accuses > 0 AND other_accuses > 0 AND wanted = 1
RETURN one, other, one_accuses, other_accuses, one_says, other_says, evidence
ORDER BY one_accuses + other_accuses DESC, one, other, one_id, other_id
LIMIT $limit
