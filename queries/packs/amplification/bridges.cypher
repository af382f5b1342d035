/*
title: Bridges between two camps
question: Who carries narratives of two camps that these do not share, and so joins them?
parameters:
  one: {type: node, required: true, help: 'One camp: an outlet, an actor or a country; given several times, all of them.'}
  other: {type: node, required: true, help: The other camp.}
columns:
  bridge: 'An outlet, actor or country outside both camps'
  type: Outlet, Actor or Country
  from_one: How many narratives of the one camp alone it carries
  from_other: How many narratives of the other camp alone
  shared: How many narratives that both camps carry
  narratives_of_one: Up to five of the one camp
  narratives_of_other: Up to five of the other
  documents: In how many documents; reprints count once
min_confidence: 0.6
limit: 50
scans: It compares what all carry.
example: narragraph query run bridges -p one=RT -p other="Parlamentní listy"
*/
MATCH (o)-[r:ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE (x:Claim OR x:Narrative) AND NOT o:Claim AND NOT o:Narrative AND NOT o:Document AND ng.within(r)
  AND coalesce(o.kind, '') <> 'collective'
OPTIONAL MATCH (x)-[e:EXPRESSES]->(m:Narrative) WHERE ng.within(e)
WITH o, r, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL
WITH n, collect({o: o, r: r}) AS all,
     max(CASE WHEN o.id IN $one THEN 1 ELSE 0 END) AS in_one, max(CASE WHEN o.id IN $other THEN 1 ELSE 0 END) AS in_other
WHERE in_one + in_other > 0
UNWIND all AS row
WITH n, in_one, in_other, row.o AS o, row.r AS r ORDER BY n.name, n.id
WHERE NOT o.id IN $one + $other
WITH ng.id(o) AS id, ng.name(o) AS bridge, min([l IN labels(o) WHERE l <> 'Narragraph'][0]) AS type,
     count(DISTINCT CASE WHEN in_other = 0 THEN n.id END) AS from_one,
     count(DISTINCT CASE WHEN in_one = 0 THEN n.id END) AS from_other,
     count(DISTINCT CASE WHEN in_one + in_other = 2 THEN n.id END) AS shared,
     collect(DISTINCT CASE WHEN in_other = 0 THEN n.name END) AS narratives_of_one,
     collect(DISTINCT CASE WHEN in_one = 0 THEN n.name END) AS narratives_of_other,
     count(DISTINCT ng.source(r)) AS documents, collect(ng.evidence(r)) AS evidence
WHERE from_one > 0 AND from_other > 0
RETURN bridge, type, from_one, from_other, shared, narratives_of_one[0..5] AS narratives_of_one,
       narratives_of_other[0..5] AS narratives_of_other, documents, evidence
ORDER BY CASE WHEN from_one < from_other THEN from_one ELSE from_other END DESC, documents DESC, bridge, id
LIMIT $limit
