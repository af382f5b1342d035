/*
title: First carrier of a narrative, and the others in order
question: Who carried a narrative first, and in which order did others follow?
parameters:
  narrative: {type: node, required: true, help: 'The narrative, with those that are part of it; or a claim.'}
  collectives: {type: boolean, default: false, help: 'Also collectives, such as "Russian media".'}
columns:
  place: Whose turn it was, from 1; those of one day share a place
  carrier: The outlet, actor or country that voices or spreads it
  first: Date of the first document that says so
  days: Days since the first carrier
  documents: In how many documents; reprints count once
  sentence: The first sentence, verbatim
  document: The first document
min_confidence: 0.6
limit: 200
example: narragraph query run carriers-in-order -p narrative="Russia did not shoot down MH17"
*/
MATCH (n:Narragraph)
WHERE n.id IN $narrative
OPTIONAL MATCH (n)<-[:PART_OF]-(part:Narrative)
WITH collect(DISTINCT n.id) + collect(DISTINCT part.id) AS ids
MATCH (n:Narragraph)
WHERE n.id IN ids
OPTIONAL MATCH (n)<-[e:EXPRESSES]-(c:Claim) WHERE ng.within(e)
WITH collect(DISTINCT n) + collect(DISTINCT c) AS told
UNWIND told AS x
MATCH (x)-[r:ATTRIBUTED_TO|AMPLIFIES]-(a)
WHERE ng.within(r) AND NOT a:Claim AND NOT a:Narrative AND ($collectives OR coalesce(a.kind, '') <> 'collective')
MATCH (d:Document {id: r.document})
WHERE d.published IS NOT NULL
WITH DISTINCT a, r, d ORDER BY d.published, d.id, r.start, r.id
WITH ng.name(a) AS carrier, ng.id(a) AS carrier_id, min(d.published) AS first, count(DISTINCT ng.source(r)) AS documents,
     collect(r.sentence)[0] AS sentence, collect(d.name)[0] AS document, collect(ng.evidence(r)) AS evidence
ORDER BY first, carrier, carrier_id
WITH collect({carrier: carrier, id: carrier_id, first: first, documents: documents, sentence: sentence,
              document: document, evidence: evidence}) AS all
UNWIND all AS one
WITH one, all[0].first AS earliest, size([o IN all WHERE o.first < one.first]) + 1 AS place
RETURN place, one.carrier AS carrier, one.first AS first,
       CASE WHEN size(one.first) >= 10 AND size(earliest) >= 10
            THEN duration.inDays(date(left(earliest, 10)), date(left(one.first, 10))).days END AS days,
       one.documents AS documents, one.sentence AS sentence, one.document AS document, one.evidence AS evidence
ORDER BY place, carrier, one.id
LIMIT $limit
