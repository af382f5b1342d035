/*
title: Days to the first debunk
question: How many days passed from the first appearance of a narrative or claim to its first debunk?
parameters:
  narrative: {type: node, help: 'Only this narrative, with those that are part of it.'}
  claims: {type: boolean, default: false, help: 'For each claim, and not for each narrative.'}
columns:
  what: The narrative, or the claim
  first: 'Date of the first page or document that tells it; a page that a case reviews counts by its own date'
  debunked: Date of the first document that debunks it
  days: Days in between; nothing where only one of both is dated
  debunked_by: Title of the document, or name of the outlet, that debunked it first
  documents: In how many documents it stands; reprints count once
limit: 500
scans: Without narrative it looks at all.
example: narragraph query run days-to-debunk
*/
MATCH (n:Narrative)<-[e:EXPRESSES]-(c:Claim)
WHERE ng.within(e) AND ($narrative IS NULL OR n.id IN $narrative
  OR EXISTS { MATCH (n)-[:PART_OF]->(b:Narrative) WHERE b.id IN $narrative })
WITH CASE WHEN $claims THEN c ELSE n END AS told, n, c, e
OPTIONAL MATCH (d:Document {id: e.document})
OPTIONAL MATCH (d)-[:REVIEWS]->(page:Document)
WITH told, collect(DISTINCT c) AS claims, collect(DISTINCT n) AS narratives, min(coalesce(page.published, d.published)) AS first,
     count(DISTINCT ng.source(e)) AS documents, collect(ng.evidence(e)) AS evidence
CALL {
  WITH claims, narratives
  UNWIND claims + CASE WHEN $claims THEN [] ELSE narratives END AS one
  MATCH (one)<-[q:DEBUNKS]-(x)
  WHERE ng.within(q)
  OPTIONAL MATCH (f:Document {id: q.document})
  RETURN f.published AS debunked, ng.name(x) AS debunked_by
  ORDER BY debunked IS NULL, debunked, debunked_by LIMIT 1
}
WITH told, first, documents, evidence, debunked, debunked_by
RETURN told.name AS what, first, debunked,
       CASE WHEN size(first) >= 10 AND size(debunked) >= 10
            THEN duration.inDays(date(left(first, 10)), date(left(debunked, 10))).days END AS days,
       debunked_by, documents, evidence
ORDER BY days, first, what, told.id
LIMIT $limit
