/*
title: Events, with who took part
question: Which events do documents speak of, when and where, and who took part in which role?
parameters:
  place: {type: node, help: Only events in this country.}
  participant: {type: node, help: Only events in which this one took part.}
  began_since: {type: date, help: Only events that began on this day or later.}
columns:
  event: Name of the event
  start: First day, as precise as the documents tell; their own words where they tell no year
  end: Last day
  places: Countries where it took place
  participants: Who took part, with the role where one is told
  sentence: The words in a document that speak of it, verbatim
  documents: How many documents speak of it; reprints count once
min_confidence: 0.6
limit: 200
scans: Without place or participant it reads all events.
example: narragraph query run events -p place=Kazakhstan
*/
MATCH (e:Event)-[r:INVOLVES|LOCATED_IN]->(p)
WHERE ng.within(r) AND ($began_since IS NULL OR coalesce(e.start, '') >= $began_since)
OPTIONAL MATCH (d:Document {id: r.document})
WITH e, r, p, d, CASE WHEN type(r) = 'INVOLVES' THEN coalesce(' (' + r.role + ')', '') END AS role
ORDER BY ng.name(p), role, d.published, r.document, r.start, r.id
WITH e, collect(DISTINCT CASE WHEN type(r) = 'LOCATED_IN' THEN ng.name(p) END) AS places,
     collect(DISTINCT CASE WHEN type(r) = 'INVOLVES' THEN ng.name(p) + role END) AS participants,
     collect(CASE WHEN type(r) = 'LOCATED_IN' THEN p.id END) AS place_ids,
     collect(CASE WHEN type(r) = 'INVOLVES' THEN p.id END) AS ids, min(r.sentence) AS sentence,
     count(DISTINCT ng.source(r)) AS documents, collect(ng.evidence(r)) AS evidence
WHERE ($place IS NULL OR any(id IN place_ids WHERE id IN $place))
  AND ($participant IS NULL OR any(id IN ids WHERE id IN $participant))
RETURN e.name AS event, coalesce(e.start, e.time_as_read) AS start, e.end AS end, places, participants, sentence,
       documents, evidence
ORDER BY start, event, e.id
LIMIT $limit
