/*
title: New narratives
question: Which narratives appeared for the first time in a month, or since a day?
parameters:
  from: {type: date, help: 'First told on this day or later, such as 2017-09; the month of the newest document, if not told.'}
columns:
  narrative: The narrative
  first: Date of the first document
  documents: In how many documents since; reprints count once
  sentences: In how many sentences
  document: Title of the first document
  sentence: Its first sentence, verbatim
limit: 200
scans: It needs the first document of every narrative.
example: narragraph query run new-narratives -p from=2017-09
*/
MATCH (n:Narrative)<-[r:EXPRESSES|AMPLIFIES|DEBUNKS]-()
WHERE ng.within(r)
MATCH (d:Document {id: r.document})
WHERE d.published IS NOT NULL
WITH DISTINCT n, r, d ORDER BY d.published, d.id, r.start, r.id
WITH n, min(d.published) AS first, max(d.published) AS last, count(DISTINCT ng.source(r)) AS documents,
     count(DISTINCT ng.sentence(r)) AS sentences, collect(d.name)[0] AS document, collect(r.sentence)[0] AS sentence,
     collect(ng.evidence(r)) AS evidence
WITH collect({n: n, first: first, last: last, documents: documents, sentences: sentences, document: document,
              sentence: sentence, evidence: evidence}) AS all, max(last) AS newest
UNWIND all AS one
WITH one, coalesce($from, left(newest, 7)) AS begin, one.n AS n
WHERE one.first >= begin
RETURN n.name AS narrative, one.first AS first, one.documents AS documents, one.sentences AS sentences,
       one.document AS document, one.sentence AS sentence, one.evidence AS evidence
ORDER BY first, narrative, n.id
LIMIT $limit
