/*
title: Claims debunked, and by whom
question: Which claims and narratives are shown or said to be false, by whom, and in which words?
parameters:
  by: {type: node, help: 'Only debunks by this outlet, actor or document.'}
columns:
  claim: The claim or narrative
  debunked_by: Who debunks it; a document that is no fact-check or case disputes it
  verb: debunks for a fact-check, a case or an outlet; else disputes
  voiced_by: Who voices the claim
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
limit: 200
scans: Without by it reads all debunks.
min_confidence: 0.6
example: narragraph query run claims-debunked --format csv
*/
MATCH (a)-[r:DEBUNKS]->(t)
WHERE ($by IS NULL OR a.id IN $by) AND ng.within(r)
OPTIONAL MATCH (t)-[w:ATTRIBUTED_TO]->(v) WHERE ng.within(w)
WITH a, r, t, ng.name(v) AS voice ORDER BY voice
WITH a, r, t, collect(DISTINCT voice) AS voiced_by
OPTIONAL MATCH (d:Document {id: r.document})
WITH a, r, t, d, voiced_by, ng.name(a) AS debunked_by, collect(ng.evidence(r)) AS evidence
RETURN t.name AS claim, debunked_by,
       CASE WHEN a:Document AND NOT coalesce(a.genre, '') IN ['fact-check', 'case'] THEN 'disputes' ELSE 'debunks' END AS verb,
       voiced_by, r.sentence AS sentence, d.name AS document, d.published AS published, r.confidence AS confidence, evidence
ORDER BY document, r.start, claim, debunked_by, r.id
LIMIT $limit
