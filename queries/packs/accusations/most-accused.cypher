/*
title: Who is accused most, and by whom
question: Who is accused in most documents, and who accuses them most?
parameters:
  accuser: {type: node, help: Only accusations by this one.}
  type: {type: text, choices: [Country, Actor, Outlet], help: 'Only who is counted as one of these; a government counts as its country.'}
columns:
  accused: Who is accused
  documents: In how many documents; reprints count once
  sentences: In how many sentences
  accusers: How many accuse
  most_by: Up to five who accuse in most documents, with their number
  first: Date of the first document
  last: Date of the last one
min_confidence: 0.6
limit: 50
scans: It counts all accusations.
chart: {kind: ranking, x: accused, y: documents}
example: narragraph query run most-accused -p type=Country
*/
MATCH (a)-[r:ACCUSES]->(t)
WHERE ($accuser IS NULL OR a.id IN $accuser) AND ng.within(r) AND coalesce(r.polarity, 'affirmed') = 'affirmed'
  AND (coalesce(r.modality, 'asserted') <> 'hypothetical' OR $modality = 'hypothetical')
  AND ng.id(a) <> ng.id(t)
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.id(t) AS accused_id, ng.name(t) AS accused, ng.id(a) AS accuser_id, ng.name(a) AS accuser,
     collect(DISTINCT ng.source(r)) AS sources, collect(DISTINCT ng.sentence(r)) AS sentences,
     min(d.published) AS first, max(d.published) AS last, collect(ng.evidence(r)) AS evidence
MATCH (k:Narragraph {id: accused_id})
WHERE $type IS NULL OR $type IN labels(k)
WITH accused_id, accused, accuser_id, accuser, sources, sentences, first, last, evidence
ORDER BY size(sources) DESC, accuser, accuser_id
WITH accused_id, accused, collect(accuser + ' (' + toString(size(sources)) + ')') AS accusers, collect(sources) AS sources,
     collect(sentences) AS sentences, min(first) AS first, max(last) AS last, collect(evidence) AS evidence
UNWIND sources AS some
UNWIND some AS source
WITH accused_id, accused, accusers, count(DISTINCT source) AS documents, sentences, first, last, evidence
UNWIND sentences AS some
UNWIND some AS sentence
WITH accused_id, accused, accusers, documents, count(DISTINCT sentence) AS sentences, first, last, evidence
RETURN accused, documents, sentences, size(accusers) AS accusers, accusers[0..5] AS most_by, first, last,
       reduce(all = [], some IN evidence | all + some) AS evidence
ORDER BY documents DESC, sentences DESC, accused, accused_id
LIMIT $limit
