/*
title: Timeline of an event
question: Who said what about an event, in the order of time?
parameters:
  event: {type: node, required: true, help: 'The event; its name, or its id as query run events shows it.'}
columns:
  published: Date of the document
  what: 'Whether somebody says it of the event, took part in it, or a place is named for it'
  who: Who says it, who took part, or the place
  said: The claim about the event, or the role in it
  disputed: Whether anybody debunks or denies the claim
  sentence: The words in the document, verbatim
  document: Title of the document
min_confidence: 0.6
limit: 500
example: narragraph query run event-timeline -p event="war in Georgia, August 2008"
*/
MATCH (e:Event)
WHERE e.id IN $event
CALL {
  WITH e
  MATCH (e)<-[b:ABOUT]-(c:Claim)
  WHERE ng.within(b)
  OPTIONAL MATCH (c)-[v:ATTRIBUTED_TO|AMPLIFIES]-(a) WHERE v.document = b.document AND ng.within(v)
  RETURN b AS r, 'says' AS what, ng.name(a) AS who, c.name AS said,
         EXISTS { MATCH (c)<-[q:DEBUNKS|DENIES]-() WHERE ng.within(q) } AS disputed
  UNION
  WITH e
  MATCH (e)-[b:INVOLVES|LOCATED_IN]->(p)
  WHERE ng.within(b)
  RETURN b AS r, CASE type(b) WHEN 'INVOLVES' THEN 'takes part' ELSE 'place' END AS what, ng.name(p) AS who,
         b.role AS said, false AS disputed
}
OPTIONAL MATCH (d:Document {id: r.document})
WITH r, what, who, said, disputed, d, collect(ng.evidence(r)) AS evidence
RETURN d.published AS published, what, who, said, disputed, r.sentence AS sentence, d.name AS document, evidence
ORDER BY published, document, r.start, what, who, said, r.id
LIMIT $limit
