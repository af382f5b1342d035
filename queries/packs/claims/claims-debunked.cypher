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
example: narragraph query run claims-debunked --format csv
*/
MATCH (a)-[r:DEBUNKS]->(t)
WHERE ($by IS NULL OR a.id IN $by) AND r.confidence >= $min_confidence
  AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (t)-[:ATTRIBUTED_TO]->(v)
WITH a, r, t, v ORDER BY v.name
WITH a, r, t, collect(DISTINCT v.name) AS voiced_by
OPTIONAL MATCH (d:Document {id: r.document})
RETURN t.name AS claim, a.name AS debunked_by,
       CASE WHEN a:Document AND NOT coalesce(a.genre, '') IN ['fact-check', 'case'] THEN 'disputes' ELSE 'debunks' END AS verb,
       voiced_by, r.sentence AS sentence, d.name AS document, d.published AS published, r.confidence AS confidence
ORDER BY document, r.start, claim, debunked_by, r.id
LIMIT $limit
