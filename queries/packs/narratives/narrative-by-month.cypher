/*
title: A narrative over the months
question: How did a narrative, or each of all, move over the months?
parameters:
  narrative: {type: node, help: 'Only this narrative, with those that are part of it.'}
columns:
  month: Year and month of the documents
  narrative: The narrative
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  sentence: One of them, verbatim
limit: 2000
scans: Without narrative it counts all.
chart: {kind: series, x: month, y: documents, by: narrative}
example: narragraph query run narrative-by-month -p narrative="Ukraine is a failed state"
*/
MATCH (n:Narrative)<-[r:EXPRESSES|AMPLIFIES|DEBUNKS]-(x)
WHERE ng.within(r) AND ($narrative IS NOT NULL OR coalesce(n.status, 'known') <> 'candidate')
  AND ($narrative IS NULL OR n.id IN $narrative
       OR EXISTS { MATCH (n)-[:PART_OF]->(b:Narrative) WHERE b.id IN $narrative })
MATCH (d:Document {id: r.document})
WHERE d.published IS NOT NULL AND size(d.published) >= 7
WITH left(d.published, 7) AS month, n.name AS narrative, n.id AS id, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence, collect(ng.evidence(r)) AS evidence
RETURN month, narrative, documents, sentences, sentence, evidence
ORDER BY month, documents DESC, narrative, id
LIMIT $limit
