/*
title: Outlets by narrative
question: Which outlets carry which narratives, and how often?
parameters:
  narrative: {type: node, help: 'Only this narrative, with those that are part of it.'}
  outlet: {type: node, help: Only this outlet.}
columns:
  narrative: The narrative
  outlet: An outlet that voices a claim of it, amplifies such a claim, or amplifies the narrative itself
  claims: How many claims that express the narrative it voices or amplifies
  documents: In how many documents this stands; reprints count once
  sentences: In how many sentences
  sentence: One of the sentences, verbatim
min_confidence: 0.6
limit: 200
scans: Without narrative or outlet it reads what all outlets carry.
chart: {kind: matrix, x: outlet, y: narrative, value: documents}
example: narragraph query run outlets-by-narrative
*/
MATCH (o:Outlet)-[r:ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE (x:Claim OR x:Narrative) AND ng.within(r) AND ($outlet IS NULL OR o.id IN $outlet)
OPTIONAL MATCH (x)-[e:EXPRESSES]->(m:Narrative) WHERE ng.within(e)
WITH o, r, x, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL AND ($narrative IS NULL OR n.id IN $narrative
  OR EXISTS { MATCH (n)-[:PART_OF]->(b:Narrative) WHERE b.id IN $narrative })
WITH ng.name(n) AS narrative, n.id AS narrative_id, ng.name(o) AS outlet, ng.id(o) AS outlet_id,
     count(DISTINCT CASE WHEN x:Claim THEN x.id END) AS claims, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence, collect(ng.evidence(r)) AS evidence
RETURN narrative, outlet, claims, documents, sentences, sentence, evidence
ORDER BY narrative, documents DESC, outlet, narrative_id, outlet_id
LIMIT $limit
