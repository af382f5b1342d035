/*
title: Who cites whom
question: Which outlets and documents quote or repeat whom, and how often?
parameters:
  who: {type: node, help: Only what this outlet or document quotes or repeats.}
  whom: {type: node, help: Only quotations and repetitions of this one.}
columns:
  who: 'The outlet that published the document, or whoever repeats; the document where no outlet is known'
  whom: Who is quoted or repeated
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  sentence: One of them, verbatim
min_confidence: 0.6
limit: 300
scans: Without who or whom it reads all that is quoted.
example: narragraph query run who-cites-whom -p whom="RIA Novosti"
*/
CALL {
  MATCH (a)-[r:AMPLIFIES]->(b)
  WHERE NOT b:Claim AND NOT b:Narrative AND ng.within(r)
  RETURN a AS x, b AS y, r
  UNION
  MATCH (c:Claim)-[r:ATTRIBUTED_TO]->(b)
  WHERE NOT b:Document AND r.manner IN ['quoted', 'paraphrased'] AND ng.within(r)
  MATCH (d:Document {id: r.document})
  OPTIONAL MATCH (o:Outlet)-[p:PUBLISHED]->(d) WHERE ng.within(p)
  RETURN coalesce(o, d) AS x, b AS y, r
}
WITH x, y, r
WHERE ($who IS NULL OR x.id IN $who) AND ($whom IS NULL OR y.id IN $whom) AND ng.id(x) <> ng.id(y)
WITH ng.name(x) AS who, ng.id(x) AS who_id, ng.name(y) AS whom, ng.id(y) AS whom_id,
     count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence,
     collect(DISTINCT ng.evidence(r)) AS evidence
RETURN who, whom, documents, sentences, sentence, evidence
ORDER BY documents DESC, sentences DESC, who, whom, who_id, whom_id
LIMIT $limit
