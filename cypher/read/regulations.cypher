// Cited instruments in the order of their ids, with how often they are cited.
// params: q (string or null, folded part of title or number), document (string or null, document id), after (map or
//   null), limit (int)
// returns: id, title, reference_number, issuer, kind, unresolved, source, count_items, count_documents, document_id,
//   item_start, fact_start
MATCH (g:Regulation)
WHERE ($q IS NULL OR g.search_text CONTAINS $q)
  AND ($document IS NULL
       OR EXISTS { MATCH (g)-[:CITES]-(n) WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
// page:
  AND ($after IS NULL OR g.id > $after.id)
WITH g ORDER BY g.id LIMIT $limit
RETURN g.id AS id, g.title AS title, g.reference_number AS reference_number, g.issuer AS issuer, g.kind AS kind,
       g.unresolved AS unresolved, g.source AS source, COUNT { MATCH (g)<-[:CITES]-(:Item) } AS count_items,
       COUNT { MATCH (g)<-[:CITES]-(:Document) } AS count_documents,
       '' AS document_id, -1 AS item_start, -1 AS fact_start
ORDER BY id;
