/*
title: Contradictions
question: Which relations do documents both affirm and negate?
parameters:
  who: {type: node, help: Only relations of this one.}
columns:
  relation: The relation
  source: Where it begins
  target: Where it ends
  affirmed: In how many documents it is affirmed; reprints count once
  negated: In how many documents it is negated
  affirmed_by: A sentence that affirms it, verbatim
  negated_by: A sentence that negates it
min_confidence: 0.6
limit: 200
scans: It compares all edges.
example: narragraph query run contradictions
*/
MATCH (a)-[r]->(b)
WHERE type(r) IN ['ACCUSES', 'DENIES', 'AMPLIFIES', 'DEBUNKS', 'ATTRIBUTED_TO', 'INVOLVES', 'MEMBER_OF', 'RUN_BY', 'BASED_IN']
  AND ng.within(r) AND ($who IS NULL OR a.id IN $who OR b.id IN $who)
WITH type(r) AS relation, ng.id(a) AS a_id, ng.name(a) AS source, ng.id(b) AS b_id, ng.name(b) AS target, r,
     coalesce(r.polarity, 'affirmed') AS polarity
WITH relation, a_id, source, b_id, target,
     count(DISTINCT CASE WHEN polarity = 'affirmed' THEN ng.source(r) END) AS affirmed,
     count(DISTINCT CASE WHEN polarity = 'negated' THEN ng.source(r) END) AS negated,
     min(CASE WHEN polarity = 'affirmed' THEN r.sentence END) AS affirmed_by,
     min(CASE WHEN polarity = 'negated' THEN r.sentence END) AS negated_by, collect(ng.evidence(r)) AS evidence
WHERE affirmed > 0 AND negated > 0
RETURN relation, source, target, affirmed, negated, affirmed_by, negated_by, evidence
ORDER BY affirmed + negated DESC, relation, source, target, a_id, b_id
LIMIT $limit
