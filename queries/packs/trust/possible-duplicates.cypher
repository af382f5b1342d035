/*
title: Possible duplicates of nodes
question: Which two actors or outlets have the same name, or one the other's name as an alias?
parameters:
  type: {type: text, choices: [Actor, Outlet, Narrative], help: Only nodes of this type.}
columns:
  type: Actor, Outlet or Narrative
  one: Name of one
  other: Name of the other
  shared: The name that both have, in lower case
  one_id: Id of the one
  other_id: Id of the other
limit: 500
scans: It compares the names of all nodes; narragraph identity finds names that are merely alike.
example: narragraph query run possible-duplicates
*/
MATCH (n:Narragraph)
WHERE (n:Actor OR n:Outlet OR n:Narrative) AND ($type IS NULL OR $type IN labels(n))
  AND NOT coalesce(n.kind, '') IN ['collective', 'group']
  AND ($collection IS NULL OR EXISTS { MATCH (n)-[r]-() WHERE r.collection = $collection })
UNWIND [n.name] + coalesce(n.aliases, []) AS name
WITH DISTINCT n, toLower(name) AS shared, toLower(name) = toLower(n.name) AS own
WHERE size(shared) > 2
WITH n, shared, max(CASE WHEN own THEN 1 ELSE 0 END) AS own ORDER BY n.id
WITH shared, collect({n: n, own: own, type: [l IN labels(n) WHERE l <> 'Narragraph'][0]}) AS bearers
WHERE size(bearers) > 1
UNWIND bearers AS a
UNWIND bearers AS b
WITH shared, a.n AS x, b.n AS y, a.own + b.own AS own, a.type AS type, b.type AS other_type
WHERE x.id < y.id AND own > 0 AND type = other_type AND ng.id(x) <> ng.id(y)
WITH type, x, y, min(shared) AS shared
WHERE NOT EXISTS { MATCH (x)-[:DIFFERENT_FROM]-(y) }
RETURN type, x.name AS one, y.name AS other, shared, x.id AS one_id, y.id AS other_id
ORDER BY type, one, other, one_id, other_id
LIMIT $limit
