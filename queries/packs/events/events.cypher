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
  documents: How many documents speak of it; linked copies count once
example: narragraph query run events -p place=Kazakhstan
*/
MATCH (e:Event)
WHERE ($began_since IS NULL OR coalesce(e.start, '') >= $began_since)
  AND ($collection IS NULL OR EXISTS { (e)-[own]->() WHERE own.collection = $collection })
OPTIONAL MATCH (e)-[l:LOCATED_IN]->(c:Country)
WITH e, c ORDER BY c.name
WITH e, collect(DISTINCT c.name) AS places, collect(DISTINCT c.id) AS place_ids
OPTIONAL MATCH (e)-[i:INVOLVES]->(p)
WITH e, places, place_ids, i, p ORDER BY p.name, i.role
WITH e, places, place_ids, collect(DISTINCT p.id) AS ids,
     collect(DISTINCT CASE WHEN i.role IS NULL THEN p.name ELSE p.name + ' (' + i.role + ')' END) AS participants
WHERE ($place IS NULL OR any(id IN place_ids WHERE id IN $place))
  AND ($participant IS NULL OR any(id IN ids WHERE id IN $participant))
OPTIONAL MATCH (e)-[r]->() WHERE type(r) IN ['INVOLVES', 'LOCATED_IN']
OPTIONAL MATCH (:Document {id: r.document})-[:SYNDICATED_FROM]->(first:Document)
WITH e, places, participants, r, coalesce(first.id, r.document) AS document ORDER BY r.document, r.start
WITH e, places, participants, collect(r.sentence) AS sentences, count(DISTINCT document) AS documents
RETURN e.name AS event, coalesce(e.start, e.time_as_read) AS start, e.end AS end, places, participants, sentences[0] AS sentence, documents
ORDER BY start, event, e.id
LIMIT $limit
