/*
title: Countries that are discussed
question: Which countries do documents and their claims speak of, and how often?
parameters:
  level: {type: text, default: any, choices: [any, document, claim], help: 'What documents as a whole are about, what their claims are about, or either.'}
columns:
  country: The country; its government counts as it
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  claims: How many claims are about it
  first: Date of the first document
  last: Date of the last one
limit: 50
scans: It counts what all documents and claims are about.
chart: {kind: ranking, x: country, y: documents}
example: narragraph query run countries-discussed -p level=document
*/
MATCH (t)<-[r:ABOUT]-(x)
WHERE (t:Country OR t.kind = 'government') AND ng.within(r)
  AND ($level = 'any' OR ($level = 'document' AND x:Document) OR ($level = 'claim' AND x:Claim))
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.name(t) AS country, ng.id(t) AS id, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, count(DISTINCT CASE WHEN x:Claim THEN x.id END) AS claims,
     min(d.published) AS first, max(d.published) AS last, collect(ng.evidence(r)) AS evidence
RETURN country, documents, sentences, claims, first, last, evidence
ORDER BY documents DESC, claims DESC, country, id
LIMIT $limit
