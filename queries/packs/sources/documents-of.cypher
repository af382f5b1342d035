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
example: narragraph query run documents-of -p who=NATO
*/
MATCH (d:Document)-[m:MENTIONS]->(x)
WHERE x.id IN $who AND ($collection IS NULL OR m.collection = $collection)
WITH d, sum(size(m.span_starts)) AS mentions
OPTIONAL MATCH (x)-[r]-()
WHERE x.id IN $who AND r.document = d.id AND type(r) <> 'MENTIONS'
WITH d, mentions, count(DISTINCT r.id) AS statements
RETURN d.name AS document, d.published AS published, d.genre AS genre, mentions, statements, d.path AS path
ORDER BY statements DESC, mentions DESC, document, d.id
LIMIT $limit
