/*
title: Outlets by narrative
question: Which outlets carry which narratives, and how often?
parameters:
  narrative: {type: node, help: Only this narrative.}
  min_confidence: {type: number, default: 0.5, help: Leave out what the extraction is less sure of.}
  limit: {type: integer, default: 200, help: At most so many rows.}
columns:
  narrative: The narrative
  outlet: An outlet that voices a claim of it or amplifies it, according to the documents
  claims: How many of its claims express the narrative
  documents: In how many documents this stands
  sentence: One of the sentences, verbatim
example: narragraph query run outlets-by-narrative
*/
MATCH (o:Outlet)-[r]-(c)-[x:EXPRESSES]->(n:Narrative)
WHERE type(r) IN ['ATTRIBUTED_TO', 'AMPLIFIES'] AND r.confidence >= $min_confidence
  AND ($narrative IS NULL OR n.id IN $narrative)
RETURN n.name AS narrative, o.name AS outlet, count(DISTINCT c.id) AS claims, count(DISTINCT r.document) AS documents,
       min(r.sentence) AS sentence
ORDER BY narrative, documents DESC, outlet
LIMIT $limit
UNION
MATCH (o:Outlet)-[r:AMPLIFIES]->(n:Narrative)
WHERE r.confidence >= $min_confidence AND ($narrative IS NULL OR n.id IN $narrative)
RETURN n.name AS narrative, o.name AS outlet, 0 AS claims, count(DISTINCT r.document) AS documents,
       min(r.sentence) AS sentence
ORDER BY narrative, documents DESC, outlet
LIMIT $limit
