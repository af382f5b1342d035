/*
title: Participants of events
question: Who took part in events, in which roles and how often?
parameters:
  event: {type: node, help: Only this event.}
  kind: {type: text, help: 'Only events of this kind, such as war, exercise or election.'}
columns:
  participant: Who took part
  role: 'agent, target, requester or medium, where one is told'
  events: In how many events
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  which: Up to five of the events
min_confidence: 0.6
limit: 200
scans: Without event it counts all who took part in any.
chart: {kind: ranking, x: participant, y: events}
example: narragraph query run participants -p kind=war
*/
MATCH (e:Event)-[r:INVOLVES]->(p)
WHERE ng.within(r) AND ($event IS NULL OR e.id IN $event) AND ($kind IS NULL OR e.kind = $kind)
WITH e, r, p ORDER BY e.start, e.name, e.id
WITH ng.name(p) AS participant, ng.id(p) AS id, r.role AS role, count(DISTINCT e.id) AS events,
     count(DISTINCT ng.source(r)) AS documents, count(DISTINCT ng.sentence(r)) AS sentences,
     collect(DISTINCT e.name)[0..5] AS which, collect(ng.evidence(r)) AS evidence
RETURN participant, role, events, documents, sentences, which, evidence
ORDER BY events DESC, documents DESC, participant, role, id
LIMIT $limit
