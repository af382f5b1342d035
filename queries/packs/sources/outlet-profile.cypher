/*
title: Profile of an outlet
question: What does an outlet carry, whom does it accuse, of which countries does it speak, whom does it repeat?
parameters:
  outlet: {type: node, required: true, help: 'The outlet, with the programmes that are part of it.'}
columns:
  facet: 'carries (a narrative), accuses, is accused by, speaks of (a country), repeats, is repeated by, or is disputed by'
  what: The narrative, country, actor or outlet
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  first: Date of the first document
  last: Date of the last one
min_confidence: 0.6
limit: 500
example: narragraph query run outlet-profile -p outlet=Sputnik
*/
MATCH (n:Narragraph)
WHERE n.id IN $outlet
OPTIONAL MATCH (n)<-[:PART_OF]-(part:Outlet)
WITH collect(DISTINCT n) + collect(DISTINCT part) AS all
UNWIND all AS o
CALL {
  WITH o
  MATCH (o)-[r:ATTRIBUTED_TO|AMPLIFIES]-(:Claim)-[e:EXPRESSES]->(x:Narrative) WHERE ng.within(r) AND ng.within(e)
  RETURN 'carries' AS facet, r, x
  UNION
  WITH o
  MATCH (o)-[r:AMPLIFIES]->(x:Narrative) WHERE ng.within(r)
  RETURN 'carries' AS facet, r, x
  UNION
  WITH o
  MATCH (o)-[r:ACCUSES]->(x) WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  RETURN 'accuses' AS facet, r, x
  UNION
  WITH o
  MATCH (o)<-[r:ACCUSES]-(x) WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  RETURN 'is accused by' AS facet, r, x
  UNION
  WITH o
  MATCH (o)-[r:ATTRIBUTED_TO|AMPLIFIES]-(:Claim)-[b:ABOUT]->(x:Country) WHERE ng.within(r) AND ng.within(b) AND b.document = r.document
  RETURN 'speaks of' AS facet, r, x
  UNION
  WITH o
  MATCH (o)-[r:AMPLIFIES]->(x) WHERE ng.within(r) AND NOT x:Claim AND NOT x:Narrative
  RETURN 'repeats' AS facet, r, x
  UNION
  WITH o
  MATCH (o)<-[r:AMPLIFIES]-(x) WHERE ng.within(r)
  RETURN 'is repeated by' AS facet, r, x
  UNION
  WITH o
  MATCH (o)-[v:ATTRIBUTED_TO|AMPLIFIES]-(:Claim)<-[r:DEBUNKS|DENIES]-(x) WHERE ng.within(v) AND ng.within(r) AND NOT x:Document
  RETURN 'is disputed by' AS facet, r, x
}
OPTIONAL MATCH (d:Document {id: r.document})
WITH facet, ng.name(x) AS what, ng.id(x) AS id, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, min(d.published) AS first, max(d.published) AS last,
     collect(DISTINCT ng.evidence(r)) AS evidence
RETURN facet, what, documents, sentences, first, last, evidence
ORDER BY facet, documents DESC, sentences DESC, what, id
LIMIT $limit
