/*
title: Events with the most contradiction
question: About which events are most claims denied, debunked or set against others?
parameters:
  kind: {type: text, help: 'Only events of this kind, such as war, attack or election.'}
columns:
  event: Name of the event
  start: First day, as precise as the documents tell
  claims: How many claims speak of it
  disputed: How many of them somebody disputes
  disputes: In how many sentences
  documents: In how many documents it is spoken of; reprints count once
  sides: 'Who voices or disputes these claims, up to ten'
min_confidence: 0.6
limit: 100
scans: It looks at all claims about events.
chart: {kind: ranking, x: event, y: disputed}
example: narragraph query run contested-events
*/
MATCH (e:Event)<-[b:ABOUT]-(c:Claim)
WHERE ng.within(b) AND ($kind IS NULL OR e.kind = $kind)
WITH e, c, collect(DISTINCT ng.source(b)) AS sources, collect(ng.evidence(b)) AS evidence
OPTIONAL MATCH (c)<-[r:COUNTERS|DENIES|DEBUNKS]-(x)
WHERE ng.within(r)
WITH e, c, sources, evidence, collect(DISTINCT ng.sentence(r)) AS disputes,
     collect(DISTINCT CASE WHEN NOT x:Claim THEN ng.name(x) END) AS doubters
OPTIONAL MATCH (c)-[v:ATTRIBUTED_TO]->(a)
WHERE ng.within(v)
WITH e, c, sources, evidence, disputes, doubters, collect(DISTINCT ng.name(a)) AS voices
UNWIND sources AS source
WITH e, c, source, evidence, disputes, doubters + voices AS sides
UNWIND CASE WHEN size(sides) = 0 THEN [null] ELSE sides END AS side
WITH e, c, source, evidence, disputes, side ORDER BY side
WITH e, collect(DISTINCT c.id) AS claims, collect(DISTINCT CASE WHEN size(disputes) > 0 THEN c.id END) AS disputed,
     count(DISTINCT source) AS documents, collect(DISTINCT side)[0..10] AS sides, collect(DISTINCT disputes) AS disputes,
     collect(DISTINCT evidence) AS evidence
WHERE size(disputed) > 0
RETURN e.name AS event, e.start AS start, size(claims) AS claims, size(disputed) AS disputed,
       size(reduce(all = [], some IN disputes | all + [s IN some WHERE NOT s IN all])) AS disputes, documents, sides,
       reduce(all = [], some IN evidence | all + some) AS evidence
ORDER BY disputed DESC, disputes DESC, documents DESC, event, e.id
LIMIT $limit
