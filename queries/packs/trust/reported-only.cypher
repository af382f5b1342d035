/*
title: Claims that are only reported
question: Which claims does no document assert itself, but only report from others?
parameters:
  voice: {type: node, help: Only claims of this one.}
columns:
  claim: The proposition, as stated
  voiced_by: Who voices it, according to the documents
  disputed_by: Who debunks or denies it
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  sentence: One of them, verbatim
min_confidence: 0.6
limit: 200
scans: Without voice it looks at all claims.
example: narragraph query run reported-only -p voice=Sputnik
*/
MATCH ()-[s:ACCUSES|AMPLIFIES|COUNTERS]->()
WHERE s.modality = 'asserted' AND s.claim IS NOT NULL AND ng.within(s) AND size(coalesce(s.asserted_by, [])) <= 1
WITH collect(DISTINCT s.claim) AS asserted
MATCH (c:Claim)-[r:ATTRIBUTED_TO]->(a)
WHERE ng.within(r)
WITH asserted, c, r, a, ng.name(a) AS voice ORDER BY voice
WITH asserted, c, collect(DISTINCT voice) AS voiced_by, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence,
     max(CASE WHEN r.modality = 'asserted' AND coalesce(r.manner, '') <> 'ascribed' THEN 1 ELSE 0 END) AS told,
     max(CASE WHEN $voice IS NULL OR a.id IN $voice THEN 1 ELSE 0 END) AS wanted, collect(ng.evidence(r)) AS evidence
WHERE told = 0 AND wanted = 1 AND NOT c.id IN asserted
OPTIONAL MATCH (c)<-[q:DEBUNKS|DENIES]-(x)
WHERE ng.within(q)
WITH c, voiced_by, documents, sentences, sentence, evidence, ng.name(x) AS doubter ORDER BY doubter
WITH c, voiced_by, documents, sentences, sentence, evidence, collect(DISTINCT doubter) AS disputed_by
RETURN c.name AS claim, voiced_by, disputed_by, documents, sentences, sentence, evidence
ORDER BY documents DESC, claim, c.id
LIMIT $limit
