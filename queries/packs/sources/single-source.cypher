/*
title: What rests on a single source
question: Which relations between two rest on one document alone, reprints not counted?
parameters:
  who: {type: node, help: Only relations of this one.}
  relation: {type: text, default: ACCUSES, choices: [ACCUSES, DENIES, AMPLIFIES, DEBUNKS, INVOLVES, BASED_IN, MEMBER_OF, RUN_BY], help: The relation.}
columns:
  relation: The relation
  source: Where it begins
  target: Where it ends
  sentences: In how many sentences of that document
  sentence: One of them, verbatim
  document: Title of the document
  published: Its date
  confidence: How sure the extraction is at most, 0 to 1
min_confidence: 0.6
limit: 300
scans: It counts the documents behind all edges of the relation.
example: narragraph query run single-source -p who=NATO
*/
MATCH (a)-[r]->(b)
WHERE type(r) = $relation AND ng.within(r) AND ($who IS NULL OR a.id IN $who OR b.id IN $who)
WITH ng.id(a) AS a_id, ng.name(a) AS source, ng.id(b) AS b_id, ng.name(b) AS target, collect(DISTINCT ng.source(r)) AS sources,
     count(DISTINCT ng.sentence(r)) AS sentences, min(r.sentence) AS sentence, max(r.confidence) AS confidence,
     collect(ng.evidence(r)) AS evidence
WHERE size(sources) = 1
OPTIONAL MATCH (d:Document {id: sources[0]})
RETURN $relation AS relation, source, target, sentences, sentence, d.name AS document, d.published AS published, confidence,
       evidence
ORDER BY source, target, a_id, b_id
LIMIT $limit
