/*
title: From the fringe to the mainstream
question: Which narratives and claims were carried by fringe channels first and by mainstream outlets later?
parameters:
  narrative: {type: node, help: 'Only this narrative, with those that are part of it.'}
  fringe: {type: text, default: 'account, site, page, group', help: 'Kinds of outlet that are the fringe, with commas between.'}
  mainstream: {type: text, default: 'newspaper, broadcaster, agency, channel, magazine', help: Kinds of outlet that are the mainstream.}
  within_days: {type: integer, default: 365, help: The mainstream followed within so many days.}
columns:
  narrative: The narrative
  fringe: The fringe outlet that carried it first
  fringe_first: When
  mainstream: The mainstream outlet that carried it later
  mainstream_first: When it first did
  days: Days in between
  documents: In how many documents, of both; reprints count once
  fringe_says: Its first sentence, verbatim
  mainstream_says: That of the mainstream
min_confidence: 0.6
limit: 100
scans: Without narrative it reads what all outlets carry.
example: narragraph query run laundering-paths -p within_days=30
*/
MATCH (o:Outlet)-[r:ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE (x:Claim OR x:Narrative) AND ng.within(r)
  AND (o.kind IN split(replace($fringe, ' ', ''), ',') OR o.kind IN split(replace($mainstream, ' ', ''), ','))
OPTIONAL MATCH (x)-[e:EXPRESSES]->(m:Narrative) WHERE ng.within(e)
WITH o, r, CASE WHEN x:Narrative THEN x ELSE m END AS n
WHERE n IS NOT NULL AND ($narrative IS NULL OR n.id IN $narrative
  OR EXISTS { MATCH (n)-[:PART_OF]->(b:Narrative) WHERE b.id IN $narrative })
MATCH (d:Document {id: r.document})
WHERE d.published IS NOT NULL AND size(d.published) >= 10
WITH DISTINCT n, o, r, d ORDER BY d.published, d.id, r.start, r.id
WITH n, ng.id(o) AS id, ng.name(o) AS name, max(CASE WHEN o.kind IN split(replace($fringe, ' ', ''), ',') THEN 1 ELSE 0 END) AS fringe,
     left(min(d.published), 10) AS first, collect(r.sentence)[0] AS sentence, collect(DISTINCT ng.source(r)) AS sources,
     collect(ng.evidence(r)) AS evidence
ORDER BY first, name, id
WITH n, collect({id: id, name: name, fringe: fringe, first: first, sentence: sentence, sources: sources,
                 evidence: evidence}) AS carriers
WITH n, carriers, [c IN carriers WHERE c.fringe = 1][0] AS a
WHERE a IS NOT NULL
UNWIND [c IN carriers WHERE c.fringe = 0] AS b
WITH n, carriers, a, b, duration.inDays(date(a.first), date(b.first)).days AS days
WHERE days > 0 AND days <= $within_days AND none(c IN carriers WHERE c.fringe = 0 AND c.first <= a.first)
RETURN n.name AS narrative, a.name AS fringe, a.first AS fringe_first, b.name AS mainstream, b.first AS mainstream_first,
       days, size(a.sources + [s IN b.sources WHERE NOT s IN a.sources]) AS documents, a.sentence AS fringe_says,
       b.sentence AS mainstream_says, a.evidence + b.evidence AS evidence
ORDER BY days, narrative, fringe, mainstream, n.id, b.id
LIMIT $limit
