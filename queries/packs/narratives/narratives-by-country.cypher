/*
title: Narratives by country
question: Which countries do the claims of each narrative speak of, and how often?
parameters:
  narrative: {type: node, help: 'Only this narrative, with those that are part of it.'}
  country: {type: node, help: Only this country.}
columns:
  narrative: The narrative
  country: A country that claims of it speak of; a government counts as its country
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  claims: How many claims
  sentence: One of the sentences, verbatim
limit: 500
scans: Without narrative it counts all claims that express one.
chart: {kind: matrix, x: country, y: narrative, value: documents}
example: narragraph query run narratives-by-country -p country=Poland
*/
MATCH (n:Narrative)<-[e:EXPRESSES]-(c:Claim)
WHERE ng.within(e) AND ($narrative IS NULL OR n.id IN $narrative
  OR EXISTS { MATCH (n)-[:PART_OF]->(b:Narrative) WHERE b.id IN $narrative })
MATCH (c)-[r:ABOUT]->(t)
WHERE ng.within(r) AND r.document = e.document AND ($country IS NULL OR t.id IN $country)
MATCH (k:Country {id: ng.id(t)})
WITH n.name AS narrative, n.id AS narrative_id, k, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, count(DISTINCT c.id) AS claims, min(r.sentence) AS sentence,
     collect(ng.evidence(r)) AS evidence
RETURN narrative, k.name AS country, documents, sentences, claims, sentence, evidence
ORDER BY narrative, documents DESC, country, narrative_id, k.id
LIMIT $limit
