/*
title: Competing accounts of one event
question: Which accounts of an event contradict each other, side by side, and whose are they?
parameters:
  event: {type: node, help: Only this event.}
columns:
  event: Name of the event
  account: A claim about it that somebody disputes
  account_of: Who voices it
  answer: 'What is set against it: another claim, or the words that deny or debunk it'
  answer_of: Who answers so
  how: 'counters, denies or debunks'
  account_on: Date of the first document with the account
  answer_on: Date of the document with the answer
min_confidence: 0.6
limit: 200
scans: Without event it looks at all claims about events.
example: narragraph query run competing-accounts
*/
MATCH (e:Event)<-[b:ABOUT]-(c:Claim)
WHERE ng.within(b) AND ($event IS NULL OR e.id IN $event)
OPTIONAL MATCH (d:Document {id: b.document})
WITH e, c, min(d.published) AS account_on, collect(ng.evidence(b)) AS evidence
OPTIONAL MATCH (c)-[v:ATTRIBUTED_TO]->(a) WHERE ng.within(v)
WITH e, c, account_on, evidence, ng.name(a) AS voice ORDER BY voice
WITH e, c, account_on, evidence, collect(DISTINCT voice) AS account_of
MATCH (c)<-[r:COUNTERS|DENIES|DEBUNKS]-(x)
WHERE ng.within(r)
OPTIONAL MATCH (x)-[w:ATTRIBUTED_TO]->(y) WHERE x:Claim AND ng.within(w)
WITH e, c, account_on, account_of, evidence, r, x, ng.name(y) AS voice ORDER BY voice
WITH e, c, account_on, account_of, evidence, r, x, collect(DISTINCT voice) AS voices
OPTIONAL MATCH (f:Document {id: r.document})
WITH e, c, account_on, account_of, x, voices, type(r) AS kind, r, f, evidence, collect(ng.evidence(r)) AS answers
RETURN e.name AS event, c.name AS account, account_of, CASE WHEN x:Claim THEN x.name ELSE r.sentence END AS answer,
       CASE WHEN x:Claim THEN voices ELSE [ng.name(x)] END AS answer_of, toLower(kind) AS how, account_on,
       f.published AS answer_on, evidence + answers AS evidence
ORDER BY event, account_on, account, answer_on, how, answer, e.id, c.id, r.id
LIMIT $limit
