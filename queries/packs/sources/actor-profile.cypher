/*
title: Profile of an actor
question: What does an actor claim, accuse, deny and spread, and what is said of it?
parameters:
  actor: {type: node, required: true, help: 'The actor; any other node will do.'}
columns:
  facet: 'accuses, is accused by, denies, voices (a narrative), spreads, is spread by, takes part in, is spoken of by'
  what: The other one
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  first: Date of the first document
  last: Date of the last one
  sentence: One of the sentences, verbatim
min_confidence: 0.6
limit: 500
example: narragraph query run actor-profile -p actor=NATO
*/
MATCH (a:Narragraph)
WHERE a.id IN $actor
CALL {
  WITH a
  MATCH (a)-[r:ACCUSES]->(x) WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  RETURN 'accuses' AS facet, r, x
  UNION
  WITH a
  MATCH (a)<-[r:ACCUSES]-(x) WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  RETURN 'is accused by' AS facet, r, x
  UNION
  WITH a
  MATCH (a)-[r:DENIES]->(x) WHERE ng.within(r)
  RETURN 'denies' AS facet, r, x
  UNION
  WITH a
  MATCH (a)<-[r:ATTRIBUTED_TO]-(:Claim)-[e:EXPRESSES]->(x:Narrative) WHERE ng.within(r) AND ng.within(e)
  RETURN 'voices' AS facet, r, x
  UNION
  WITH a
  MATCH (a)-[r:AMPLIFIES]->(x) WHERE ng.within(r)
  RETURN 'spreads' AS facet, r, x
  UNION
  WITH a
  MATCH (a)<-[r:AMPLIFIES]-(x) WHERE ng.within(r)
  RETURN 'is spread by' AS facet, r, x
  UNION
  WITH a
  MATCH (a)<-[r:INVOLVES]-(x) WHERE ng.within(r)
  RETURN 'takes part in' AS facet, r, x
  UNION
  WITH a
  MATCH (a)<-[b:ABOUT]-(:Claim)-[r:ATTRIBUTED_TO]->(x) WHERE ng.within(b) AND ng.within(r) AND b.document = r.document
  RETURN 'is spoken of by' AS facet, r, x
}
OPTIONAL MATCH (d:Document {id: r.document})
WITH facet, ng.name(x) AS what, ng.id(x) AS id, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, min(d.published) AS first, max(d.published) AS last,
     min(r.sentence) AS sentence, collect(DISTINCT ng.evidence(r)) AS evidence
RETURN facet, what, documents, sentences, first, last, sentence, evidence
ORDER BY facet, documents DESC, sentences DESC, what, id
LIMIT $limit
