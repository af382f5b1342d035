/*
title: Outlets that carry most
question: Which outlets are reviewed in most cases and fact-checks, or voice or spread most disputed claims?
parameters:
  whole: {type: boolean, default: true, help: A programme counts for the outlet it belongs to.}
  collectives: {type: boolean, default: false, help: 'Also collectives, such as "Russian media".'}
columns:
  outlet: The outlet
  kind: What kind of outlet
  documents: How many documents say that it carried something disputed; reprints count once
  cases: Of these, how many cases and fact-checks review a page of it
  claims: How many disputed claims it voices or spreads
  first: Date of the first document
  last: Date of the last one
min_confidence: 0.6
limit: 10
scans: It counts what all outlets carry.
chart: {kind: ranking, x: outlet, y: documents}
example: narragraph query run outlets-that-carry-most
*/
OPTIONAL MATCH (part:Outlet)-[p:PART_OF]->(w:Outlet) WHERE $whole
WITH part, w, count(p) AS told ORDER BY told DESC, w.id
WITH part, collect(w)[0] AS w
WITH collect(part.id) AS parts, collect(w) AS wholes
MATCH (o:Outlet)-[r:PUBLISHED|ATTRIBUTED_TO|AMPLIFIES]-(x)
WHERE ng.within(r) AND ($collectives OR coalesce(o.kind, '') <> 'collective')
  AND ((x:Document AND EXISTS { MATCH (x)<-[:REVIEWS]-() })
       OR (x:Claim AND EXISTS { MATCH (x)<-[:DEBUNKS|DENIES]-() }))
WITH x, r, CASE WHEN o.id IN parts THEN [place IN range(0, size(parts) - 1) WHERE parts[place] = o.id | wholes[place]][0]
                ELSE o END AS whole
OPTIONAL MATCH (d:Document {id: r.document})
WITH ng.name(whole) AS outlet, ng.id(whole) AS outlet_id, min(whole.kind) AS kind,
     count(DISTINCT ng.source(r)) AS documents, count(DISTINCT CASE WHEN x:Document THEN ng.source(r) END) AS cases,
     count(DISTINCT CASE WHEN x:Claim THEN x.id END) AS claims, min(d.published) AS first, max(d.published) AS last,
     collect(ng.evidence(r)) AS evidence
RETURN outlet, kind, documents, cases, claims, first, last, evidence
ORDER BY documents DESC, claims DESC, outlet, outlet_id
LIMIT $limit
