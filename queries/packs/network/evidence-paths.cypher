/*
title: Shortest paths of evidence
question: Over which statements are two connected, the surest and best attested first?
parameters:
  from: {type: node, required: true, help: Where the paths begin.}
  to: {type: node, required: true, help: Where they end.}
  paths: {type: integer, default: 3, help: At most so many paths.}
  hops: {type: integer, default: 4, help: Of at most so many hops.}
  through: {type: boolean, default: false, help: 'Also through countries and collectives, with which nearly all are connected.'}
columns:
  path: 'Its number, the best first'
  hop: The number of the hop
  source: Where the hop begins
  relation: 'The relation; an arrow tells its direction'
  target: Where the hop ends
  documents: In how many documents it stands; reprints count once
  confidence: How sure the extraction is at most, 0 to 1
  sentence: One of the sentences, verbatim
min_confidence: 0.6
limit: 100
scans: It draws the network of all statements, in which the paths are then sought.
network: {step: paths}
example: narragraph query run evidence-paths -p from=Sputnik -p to=NATO
*/
MATCH (a)-[r:ACCUSES|DENIES|AMPLIFIES|DEBUNKS|ATTRIBUTED_TO|EXPRESSES|INVOLVES|MEMBER_OF|RUN_BY]->(b)
WHERE ng.within(r)
  AND ($through OR a.id IN $from + $to OR (NOT a:Country AND NOT coalesce(a.kind, '') IN ['collective', 'government']))
  AND ($through OR b.id IN $from + $to OR (NOT b:Country AND NOT coalesce(b.kind, '') IN ['collective', 'government']))
WITH a.id AS source, a.name AS source_name, b.id AS target, b.name AS target_name, type(r) AS relation,
     collect(DISTINCT ng.source(r)) AS documents, max(r.confidence) AS confidence, min(r.sentence) AS sentence
WHERE source <> target
RETURN source, source_name, target, target_name, relation, documents, confidence, sentence
ORDER BY source, target, relation
