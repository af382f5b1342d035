/*
title: Accusations never answered
question: Which accusations does the accused never deny or return, as far as the documents tell?
parameters:
  target: {type: node, help: Only accusations against this one.}
columns:
  accuser: Who accuses
  accused: Who is accused, and neither denies it nor accuses in return
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  sentence: One of them, verbatim
  first: Date of the first document
  last: Date of the last one
min_confidence: 0.6
limit: 200
scans: Without target it reads all accusations.
example: narragraph query run accusations-unanswered -p target=Poland
*/
OPTIONAL MATCH (x)-[n:DENIES]->(c)
WHERE ng.within(n)
WITH collect(DISTINCT ng.id(x) + ' ' + c.id) AS denied, collect(DISTINCT ng.id(x) + ' ' + ng.id(c)) AS denied_whom
MATCH (a)-[r:ACCUSES]->(t)
WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND (coalesce(r.modality, 'asserted') <> 'hypothetical' OR $modality = 'hypothetical') AND ng.id(a) <> ng.id(t)
WITH denied, denied_whom, collect(r) AS accusations, collect(DISTINCT ng.id(a) + ' ' + ng.id(t)) AS pairs
UNWIND accusations AS r
WITH denied, denied_whom, pairs, r, startNode(r) AS a, endNode(r) AS t
WHERE ($target IS NULL OR t.id IN $target) AND NOT (ng.id(t) + ' ' + ng.id(a)) IN pairs
  AND NOT (ng.id(t) + ' ' + ng.id(a)) IN denied_whom
  AND NOT (ng.id(t) + ' ' + coalesce(r.claim, '')) IN denied
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.name(a) AS accuser, ng.id(a) AS accuser_id, ng.name(t) AS accused, ng.id(t) AS accused_id,
     count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence,
     min(d.published) AS first, max(d.published) AS last, collect(ng.evidence(r)) AS evidence
RETURN accuser, accused, documents, sentences, sentence, first, last, evidence
ORDER BY documents DESC, sentences DESC, accuser, accused, accuser_id, accused_id
LIMIT $limit
