/*
title: Speakers by document
question: Who speaks in which document, and how much of it?
parameters:
  speaker: {type: node, help: Only this speaker.}
columns:
  document: Title of the document
  published: Its date
  speaker: Who speaks there
  claims: How many claims are theirs
  quoted: How many of these in their own words
  sentences: In how many sentences
  sentence: The first, verbatim
min_confidence: 0.6
limit: 500
scans: Without speaker it reads all attributions.
example: narragraph query run speakers -p speaker="Sergey Lavrov"
*/
MATCH (c:Claim)-[r:ATTRIBUTED_TO]->(a)
WHERE ng.within(r) AND ($speaker IS NULL OR a.id IN $speaker)
MATCH (d:Document {id: r.document})
WITH c, r, a, d ORDER BY r.start, r.id
WITH d.id AS document_id, d.name AS document, d.published AS published, ng.name(a) AS speaker, ng.id(a) AS id, count(DISTINCT c.id) AS claims,
     count(DISTINCT CASE WHEN r.manner = 'quoted' THEN c.id END) AS quoted, count(DISTINCT ng.sentence(r)) AS sentences,
     collect(r.sentence)[0] AS sentence, collect(ng.evidence(r)) AS evidence
RETURN document, published, speaker, claims, quoted, sentences, sentence, evidence
ORDER BY document, claims DESC, speaker, document_id, id
LIMIT $limit
