/*
title: A says that B says that C accuses
question: Which accusations come through the mouths of others, and through whose?
parameters:
  through: {type: node, help: Only accusations that this one passes on.}
  least: {type: integer, default: 1, help: 'Through at least so many mouths, between the document and who accuses.'}
columns:
  chain: 'Who vouches for it, outermost first: the document, whom it quotes, whom that one quotes, who accuses whom'
  mouths: How many stand between the document and who accuses
  sentence: The words in the document, verbatim
  published: Date of the document
  confidence: How sure the extraction is, 0 to 1; nothing about truth
min_confidence: 0.6
limit: 200
scans: It looks at who vouches for every accusation.
example: narragraph query run accusation-chains -p least=2
*/
MATCH (a)-[r:ACCUSES]->(t)
WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
WITH a, r, t, [id IN coalesce(r.asserted_by, [])[1..] WHERE id <> a.id] AS mouths
WHERE size(mouths) >= $least AND ($through IS NULL OR any(id IN mouths WHERE id IN $through))
OPTIONAL MATCH (d:Document {id: r.document})
UNWIND CASE WHEN size(mouths) = 0 THEN [-1] ELSE range(0, size(mouths) - 1) END AS place
OPTIONAL MATCH (m:Narragraph {id: mouths[place]})
WITH a, r, t, d, size(mouths) AS mouths, place, ng.name(m) AS mouth ORDER BY r.id, place
WITH a, r, t, d, mouths, collect(mouth) AS said_by
WITH [d.name] + said_by + [ng.name(a) + ' accuses ' + ng.name(t)] AS chain, mouths, r, d,
     collect(ng.evidence(r)) AS evidence
RETURN chain, mouths, r.sentence AS sentence, d.published AS published, r.confidence AS confidence, evidence
ORDER BY mouths DESC, published, d.name, r.start, r.id
LIMIT $limit
