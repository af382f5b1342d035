/*
title: Accusations and their denials
question: Which accusations are denied, by whom, and how do both sides put it?
parameters:
  accuser: {type: node, help: Only accusations by this one.}
  target: {type: node, help: Only accusations against this one.}
columns:
  accuser: Who accuses
  accused: Who is accused
  of: The claim that is denied
  denied_by: Who denies it
  accusation: The sentence that accuses, verbatim
  denial: The sentence that denies
  accused_on: Date of the document that accuses
  denied_on: Date of the document that denies
min_confidence: 0.6
limit: 200
scans: It starts from all denials, of which there are few.
example: narragraph query run accusations-denied -p target=Russia
*/
MATCH (x)-[n:DENIES]->(c)
WHERE ng.within(n)
WITH collect({x: x, n: n, claim: CASE WHEN c:Claim THEN c.id END,
              of: CASE WHEN c:Claim THEN '' ELSE ng.id(c) + ' ' + ng.id(x) END}) AS denials
MATCH (a)-[r:ACCUSES]->(t)
WHERE ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND ($accuser IS NULL OR a.id IN $accuser) AND ($target IS NULL OR t.id IN $target)
UNWIND [q IN denials WHERE q.claim = r.claim OR q.of = ng.id(a) + ' ' + ng.id(t)] AS denial
WITH a, r, t, denial.x AS x, denial.n AS n
OPTIONAL MATCH (d:Document {id: r.document})
OPTIONAL MATCH (e:Document {id: n.document})
OPTIONAL MATCH (k:Claim {id: r.claim})
WITH ng.name(a) AS accuser, ng.id(a) AS accuser_id, ng.name(t) AS accused, ng.id(t) AS accused_id, k.name AS of,
     ng.name(x) AS denied_by, ng.id(x) AS denier_id, r.sentence AS accusation, n.sentence AS denial,
     min(d.published) AS accused_on, min(e.published) AS denied_on,
     collect(ng.evidence(r)) AS accusing, collect(ng.evidence(n)) AS denying
RETURN accuser, accused, of, denied_by, accusation, denial, accused_on, denied_on, accusing + denying AS evidence
ORDER BY accuser, accused, of, denied_by, accused_on, denied_on, accusation, denial, accuser_id, accused_id, denier_id
LIMIT $limit
