/*
title: Two outlets compared by narrative
question: Which narratives do two outlets share, and where do they differ?
parameters:
  one: {type: node, required: true, help: 'One outlet, actor or country.'}
  other: {type: node, required: true, help: The other.}
columns:
  narrative: The narrative
  carried_by: Both, or which of the two
  one: In how many documents the one carries it; reprints count once
  other: In how many documents the other carries it
  one_share: The share of the documents in which the one carries any narrative
  other_share: The same of the other
  one_says: A sentence of the one, verbatim
  other_says: A sentence of the other
min_confidence: 0.6
limit: 200
example: narragraph query run outlets-compared -p one=Sputnik -p other=RT
*/
UNWIND $one + $other AS wanted
WITH DISTINCT wanted
MATCH (o:Narragraph {id: wanted})
MATCH (o)-[r:ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE (x:Claim OR x:Narrative) AND ng.within(r)
OPTIONAL MATCH (x)-[e:EXPRESSES]->(m:Narrative) WHERE ng.within(e)
WITH r, o.id IN $one AS first, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL
WITH collect({n: n, r: r, first: first}) AS all, count(DISTINCT CASE WHEN first THEN ng.source(r) END) AS one_all,
     count(DISTINCT CASE WHEN NOT first THEN ng.source(r) END) AS other_all
UNWIND all AS row
WITH one_all, other_all, row.n AS n, row.r AS r, row.first AS first
WITH one_all, other_all, n.id AS id, n.name AS narrative, count(DISTINCT CASE WHEN first THEN ng.source(r) END) AS one,
     count(DISTINCT CASE WHEN NOT first THEN ng.source(r) END) AS other,
     min(CASE WHEN first THEN r.sentence END) AS one_says, min(CASE WHEN NOT first THEN r.sentence END) AS other_says,
     collect(ng.evidence(r)) AS evidence
RETURN narrative, CASE WHEN one > 0 AND other > 0 THEN 'both' WHEN one > 0 THEN 'one' ELSE 'other' END AS carried_by,
       one, other, CASE WHEN one_all > 0 THEN round(100.0 * one / one_all) / 100 END AS one_share,
       CASE WHEN other_all > 0 THEN round(100.0 * other / other_all) / 100 END AS other_share, one_says, other_says, evidence
ORDER BY carried_by, one + other DESC, narrative, id
LIMIT $limit
