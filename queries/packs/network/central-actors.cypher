/*
title: Who is central
question: Who stands in the middle of the network of accusations, denials and spreading?
parameters:
  measure: {type: text, default: pagerank, choices: [pagerank, betweenness, degree, in_degree, out_degree], help: 'PageRank (accused by the accused), betweenness (on the shortest paths of others), or how many others one is linked with.'}
  collectives: {type: boolean, default: false, help: 'Also collectives, such as "Russian media".'}
columns:
  node: The actor, outlet or country
  type: Its type
  score: The measure
  neighbours: How many others it is linked with
  documents: In how many documents these links stand; reprints count once
  id: Id of the node
min_confidence: 0.6
limit: 50
scans: It draws the whole network.
network: {step: central}
chart: {kind: ranking, x: node, y: score}
example: narragraph query run central-actors -p measure=betweenness
*/
MATCH (a)-[r:ACCUSES|DENIES|AMPLIFIES]->(b)
WHERE NOT b:Claim AND NOT b:Narrative AND NOT a:Document AND ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND ($collectives OR (coalesce(a.kind, '') <> 'collective' AND coalesce(b.kind, '') <> 'collective'))
WITH ng.id(a) AS source, ng.name(a) AS source_name, ng.id(b) AS target, ng.name(b) AS target_name,
     collect(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences
WHERE source <> target
MATCH (x:Narragraph {id: source})
MATCH (y:Narragraph {id: target})
RETURN source, source_name, [l IN labels(x) WHERE l <> 'Narragraph'][0] AS source_type,
       target, target_name, [l IN labels(y) WHERE l <> 'Narragraph'][0] AS target_type, documents, sentences
ORDER BY source, target
