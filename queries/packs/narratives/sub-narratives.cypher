/*
title: Sub-narratives
question: Which narratives are part of a wider one, and how large is each?
parameters:
  narrative: {type: node, help: Only those that are part of this one.}
columns:
  narrative: The wider narrative
  part: A narrative that is part of it
  documents: In how many documents the part stands; reprints count once
  sentences: In how many sentences
  claims: How many claims express it
  definition: What the part says
limit: 200
scans: Without narrative it reads all parts.
example: narragraph query run sub-narratives -p narrative="The West interferes in other countries"
*/
MATCH (n:Narrative)<-[p:PART_OF]-(s:Narrative)
WHERE ($narrative IS NULL OR n.id IN $narrative) AND ng.within(p)
WITH DISTINCT n, s
OPTIONAL MATCH (s)<-[r:EXPRESSES]-(c)
WHERE ng.within(r)
WITH n, s, count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences,
     count(DISTINCT c.id) AS claims, collect(ng.evidence(r)) AS evidence
RETURN n.name AS narrative, s.name AS part, documents, sentences, claims, s.definition AS definition, evidence
ORDER BY narrative, documents DESC, part, n.id, s.id
LIMIT $limit
