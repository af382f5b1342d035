/*
title: Who amplifies what
question: Who spreads, repeats or echoes a narrative, a claim, or somebody's message?
parameters:
  what: {type: node, help: 'Only this narrative, outlet, actor or country; a narrative also means the claims that express it.'}
  who: {type: node, help: Only amplification by this one.}
columns:
  who: Who amplifies
  what: The narrative, claim, outlet or actor that is amplified
  what_type: Its type
  narratives: Narratives that the claim expresses
  sentence: The words in the document, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is, 0 to 1; nothing about truth
min_confidence: 0.6
limit: 200
scans: Without who it reads everything that is amplified.
example: 'narragraph query run who-amplifies -p what="Secret US biolabs"'
*/
MATCH (a)-[r:AMPLIFIES]->(t)
WHERE ng.within(r) AND ($who IS NULL OR a.id IN $who)
OPTIONAL MATCH (t)-[e:EXPRESSES]->(n:Narrative) WHERE ng.within(e)
WITH a, r, t, n ORDER BY n.name
WITH a, r, t, collect(DISTINCT n.id) AS narrative_ids, collect(DISTINCT n.name) AS narratives
WHERE $what IS NULL OR t.id IN $what OR any(id IN narrative_ids WHERE id IN $what)
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.name(a) AS who, ng.name(t) AS what, [l IN labels(t) WHERE l <> 'Narragraph'][0] AS what_type, narratives, r, d,
     collect(ng.evidence(r)) AS evidence
RETURN who, what, what_type, narratives, r.sentence AS sentence, d.name AS document, d.published AS published,
       r.confidence AS confidence, evidence
ORDER BY who, what, document, r.start, r.id
LIMIT $limit
