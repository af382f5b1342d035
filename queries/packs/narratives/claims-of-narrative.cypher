/*
title: Claims under a narrative
question: Which claims express a narrative, who voices them, and are they disputed?
parameters:
  narrative: {type: node, required: true, help: 'The narrative, with those that are part of it.'}
columns:
  narrative: The narrative, or the part of it
  claim: The proposition, as stated
  voiced_by: Who voices or spreads it
  disputed_by: Who debunks or denies it
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  first: Date of the first document
  sentence: The first sentence, verbatim
limit: 500
min_confidence: 0.6
example: narragraph query run claims-of-narrative -p narrative="NATO encircles Russia"
*/
MATCH (b:Narrative)
WHERE b.id IN $narrative
OPTIONAL MATCH (b)<-[:PART_OF]-(part:Narrative)
UNWIND [b, part] AS n
WITH DISTINCT n
MATCH (n)<-[r:EXPRESSES]-(c:Claim)
WHERE ng.within(r)
OPTIONAL MATCH (d:Document {id: r.document})
WITH n, c, r, d ORDER BY d.published, d.id, r.start
WITH n, c, count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences,
     min(d.published) AS first, collect(r.sentence)[0] AS sentence, collect(ng.evidence(r)) AS evidence
OPTIONAL MATCH (c)-[v:ATTRIBUTED_TO|AMPLIFIES]-(a)
WHERE ng.within(v)
WITH n, c, documents, sentences, first, sentence, evidence, ng.name(a) AS voice ORDER BY voice
WITH n, c, documents, sentences, first, sentence, evidence, collect(DISTINCT voice) AS voiced_by
OPTIONAL MATCH (c)<-[q:DEBUNKS|DENIES]-(x)
WHERE ng.within(q)
WITH n, c, documents, sentences, first, sentence, evidence, voiced_by, ng.name(x) AS doubter ORDER BY doubter
WITH n, c, documents, sentences, first, sentence, evidence, voiced_by, collect(DISTINCT doubter) AS disputed_by
RETURN n.name AS narrative, c.name AS claim, voiced_by, disputed_by, documents, sentences, first, sentence, evidence
ORDER BY narrative, documents DESC, first, claim, n.id, c.id
LIMIT $limit
