/*
title: Documents with nothing found
question: In which documents did the extraction find no relation, and what did it see there?
columns:
  document: Title of the document
  published: Its date
  genre: 'News, opinion, fact-check, case, report or post'
  language: The language it is in
  characters: How long its text is
  names: How many actors, outlets, countries and claims it mentions
  path: The file
limit: 500
scans: It looks at all documents.
example: narragraph query run documents-with-nothing
*/
MATCH ()-[r:ACCUSES|DENIES|AMPLIFIES|DEBUNKS|ATTRIBUTED_TO|EXPRESSES|COUNTERS|INVOLVES|LOCATED_IN]->()
WITH collect(DISTINCT r.root) AS told
MATCH (d:Document)
WHERE d.root = d.id AND d.text IS NOT NULL AND NOT coalesce(d.genre, '') IN ['decisions', 'derived'] AND ng.document(d)
  AND NOT EXISTS { MATCH (d)-[:MENTIONS]->(:Claim) } AND NOT d.id IN told
OPTIONAL MATCH (d)-[m:MENTIONS]->(x)
WITH d, count(DISTINCT x.id) AS names
RETURN d.name AS document, d.published AS published, d.genre AS genre, d.language AS language,
       size(d.text) AS characters, names, d.path AS path
ORDER BY document, d.id
LIMIT $limit
