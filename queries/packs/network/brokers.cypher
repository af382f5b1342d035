/*
title: Brokers
question: Who links groups of the network that would fall apart without them?
columns:
  node: 'An actor, outlet or country whose removal splits its part of the network'
  type: Its type
  parts: Into how many parts
  cut_off: How many nodes the smaller parts have together
  neighbours: How many others it is linked with
  id: Id of the node
min_confidence: 0.6
limit: 50
scans: It draws the whole network.
network: {step: brokers}
example: narragraph query run brokers
*/
MATCH (a)-[r:ACCUSES|DENIES|AMPLIFIES]->(b)
WHERE NOT b:Claim AND NOT b:Narrative AND NOT a:Document AND ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND coalesce(a.kind, '') <> 'collective' AND coalesce(b.kind, '') <> 'collective'
WITH DISTINCT ng.id(a) AS source, ng.name(a) AS source_name, ng.id(b) AS target, ng.name(b) AS target_name
WHERE source <> target
MATCH (x:Narragraph {id: source})
MATCH (y:Narragraph {id: target})
RETURN source, source_name, [l IN labels(x) WHERE l <> 'Narragraph'][0] AS source_type,
       target, target_name, [l IN labels(y) WHERE l <> 'Narragraph'][0] AS target_type
ORDER BY source, target
