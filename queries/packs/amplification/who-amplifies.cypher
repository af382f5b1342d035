/*
title: Who amplifies what
question: Who spreads, repeats or echoes a narrative, a claim, or somebody's message?
parameters:
  what: {type: node, help: 'Only this narrative, outlet, actor or country; a narrative also means the claims that express it.'}
  who: {type: node, help: Only amplification by this one.}
min_confidence: 0.6
columns:
  who: Who amplifies
  what: The narrative, claim, outlet or actor that is amplified
  what_type: Its type
  narratives: Narratives that the claim expresses
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
example: 'narragraph query run who-amplifies -p what="Secret US biolabs"'
*/
MATCH (a)-[r:AMPLIFIES]->(t)
WHERE r.confidence >= $min_confidence AND ($who IS NULL OR a.id IN $who)
  AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (t)-[:EXPRESSES]->(n:Narrative)
WITH a, r, t, n ORDER BY n.name
WITH a, r, t, collect(DISTINCT n.id) AS narrative_ids, collect(DISTINCT n.name) AS narratives
WHERE $what IS NULL OR t.id IN $what OR any(id IN narrative_ids WHERE id IN $what)
OPTIONAL MATCH (d:Document {id: r.document})
RETURN a.name AS who, t.name AS what, [l IN labels(t) WHERE l <> 'Narragraph'][0] AS what_type, narratives,
       r.sentence AS sentence, d.name AS document, d.published AS published, r.confidence AS confidence
ORDER BY who, what, document, r.start, r.id
LIMIT $limit
