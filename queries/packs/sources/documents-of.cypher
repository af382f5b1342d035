/*
title: Documents of an actor
question: In which documents does an actor, outlet or country occur, and how often?
parameters:
  who: {type: node, required: true, help: 'The actor, outlet or country.'}
columns:
  document: Title of the document
  published: Its date
  genre: News, opinion, fact-check, case, report or post
  mentions: How many places of the document name it
  statements: How many statements there are by it or about it
  path: The file
limit: 200
example: narragraph query run documents-of -p who=NATO
*/
MATCH (x:Narragraph)
WHERE x.id IN $who
MATCH (x)-[r]-()
WHERE ng.within(r)
WITH r.document AS id, sum(CASE WHEN type(r) = 'MENTIONS' THEN size(r.span_starts) ELSE 0 END) AS mentions,
     count(DISTINCT CASE WHEN type(r) <> 'MENTIONS' THEN r.id END) AS statements,
     collect(DISTINCT CASE WHEN type(r) <> 'MENTIONS' THEN ng.evidence(r) END) AS evidence
WHERE mentions > 0
MATCH (d:Document {id: id})
WHERE NOT coalesce(d.genre, '') IN ['decisions', 'derived']
RETURN d.name AS document, d.published AS published, d.genre AS genre, mentions, statements, d.path AS path, evidence
ORDER BY statements DESC, mentions DESC, document, d.id
LIMIT $limit
