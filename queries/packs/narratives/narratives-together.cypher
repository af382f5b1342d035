/*
title: Narratives that travel together
question: Which narratives are told in the same documents, and how much more often than chance would have it?
parameters:
  narrative: {type: node, help: Only pairs with this one.}
  least: {type: integer, default: 2, help: In at least so many documents.}
columns:
  one: One narrative
  other: The other narrative
  documents: In how many documents both stand; reprints count once
  of_one: Of how many in which the one stands
  of_other: Of how many in which the other stands
  likeness: 'Share of the documents with either in which both stand (Jaccard), 0 to 1'
  document: Title of one of the documents
limit: 200
scans: It compares the documents of all narratives.
example: narragraph query run narratives-together -p narrative="Ukraine is ruled by Nazis"
*/
MATCH (n:Narrative)<-[r:EXPRESSES|AMPLIFIES|DEBUNKS]-()
WHERE ng.within(r) AND coalesce(n.status, 'known') <> 'candidate'
WITH n, ng.source(r) AS source, collect(ng.evidence(r)) AS evidence
WITH n, collect({source: source, evidence: evidence}) AS rows, count(source) AS size
UNWIND rows AS row
WITH row.source AS source, n, size, row.evidence AS evidence ORDER BY n.id
WITH source, collect({n: n, size: size, evidence: evidence}) AS told
UNWIND told AS a
UNWIND told AS b
WITH source, a.n AS x, b.n AS y, a.size AS of_one, b.size AS of_other, a.evidence + b.evidence AS evidence
WHERE x.id < y.id AND ($narrative IS NULL OR x.id IN $narrative OR y.id IN $narrative)
WITH x, y, of_one, of_other, count(source) AS documents, min(source) AS source, collect(evidence) AS evidence
WHERE documents >= $least
OPTIONAL MATCH (d:Document {id: source})
RETURN x.name AS one, y.name AS other, documents, of_one, of_other,
       round(100.0 * documents / (of_one + of_other - documents)) / 100 AS likeness, d.name AS document,
       reduce(all = [], some IN evidence | all + some) AS evidence
ORDER BY documents DESC, likeness DESC, one, other, x.id, y.id
LIMIT $limit
