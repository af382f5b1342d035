/*
title: Communities of outlets
question: Which outlets carry the same narratives and so form groups?
parameters:
  least: {type: integer, default: 1, help: Two outlets are linked when they share at least so many narratives.}
columns:
  community: 'Its number, the largest first'
  size: How many outlets it has
  node: An outlet of it
  links: With how many others of the community it shares narratives
  shares: How many narratives it shares with them, all together
  narratives: Up to five narratives that most of its links share
  id: Id of the outlet
min_confidence: 0.6
limit: 500
scans: It compares what all outlets carry.
network: {step: communities}
example: narragraph query run communities -p least=2
*/
MATCH (o:Outlet)-[r:ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE (x:Claim OR x:Narrative) AND ng.within(r) AND coalesce(o.kind, '') <> 'collective'
OPTIONAL MATCH (x)-[e:EXPRESSES]->(m:Narrative) WHERE ng.within(e)
WITH o, r, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL
WITH DISTINCT n.name AS narrative, n.id AS narrative_id, ng.id(o) AS id, ng.name(o) AS name
ORDER BY id
WITH narrative, narrative_id, collect({id: id, name: name}) AS carriers
UNWIND carriers AS a
UNWIND carriers AS b
WITH narrative, narrative_id, a, b
WHERE a.id < b.id
WITH narrative, a, b ORDER BY narrative, narrative_id
WITH a.id AS source, a.name AS source_name, b.id AS target, b.name AS target_name, collect(narrative) AS shared
WHERE size(shared) >= $least
RETURN source, source_name, target, target_name, shared
ORDER BY source, target
