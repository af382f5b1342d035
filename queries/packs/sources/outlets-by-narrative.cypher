/*
title: Outlets by narrative
question: Which outlets carry which narratives, and how often?
parameters:
  narrative: {type: node, help: Only this narrative.}
min_confidence: 0.6
columns:
  narrative: The narrative
  outlet: An outlet that voices a claim of it, amplifies such a claim, or amplifies the narrative itself
  claims: How many claims that express the narrative it voices or amplifies
  documents: In how many documents this stands; linked copies count once
  sentence: One of the sentences, verbatim
example: narragraph query run outlets-by-narrative
*/
MATCH (o:Outlet)-[r]-(x)
WHERE type(r) IN ['ATTRIBUTED_TO', 'AMPLIFIES'] AND (x:Claim OR x:Narrative) AND r.confidence >= $min_confidence
  AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (x)-[:EXPRESSES]->(m:Narrative)
WITH o, r, x, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL AND ($narrative IS NULL OR n.id IN $narrative)
OPTIONAL MATCH (:Document {id: r.document})-[:SYNDICATED_FROM]->(first:Document)
RETURN n.name AS narrative, o.name AS outlet, count(DISTINCT CASE WHEN x:Claim THEN x.id END) AS claims,
       count(DISTINCT coalesce(first.id, r.document)) AS documents, min(r.sentence) AS sentence
ORDER BY narrative, documents DESC, outlet
LIMIT $limit
