// Cited instruments in the order of their ids, with how often they are cited.
// params: q (string or null, searched form of a part of title or number), documents (list of string or null, ids of
//   the documents that cite it), behind (string, the last id of the page before), limit (int)
// returns: id, title, reference_number, issuer, kind, unresolved, source, count_items, count_documents, document_id,
//   item_start, fact_start
MATCH (g:Regulation)
WHERE ($q IS NULL OR g.search_text CONTAINS $q)
  AND ($documents IS NULL
       OR EXISTS { MATCH (g)<-[:CITES]-(n)
                   WHERE CASE WHEN n:Item THEN left(n.id, size(n.id) - size(last(split(n.id, ':'))) - 1) ELSE n.id END
                         IN $documents })
// page:
  AND g.id > $behind
WITH g ORDER BY g.id LIMIT $limit
RETURN g.id AS id, g.title AS title, g.reference_number AS reference_number, g.issuer AS issuer, g.kind AS kind,
       g.unresolved AS unresolved, g.source AS source, COUNT { MATCH (g)<-[:CITES]-(:Item) } AS count_items,
       COUNT { MATCH (g)<-[:CITES]-(:Document) } AS count_documents,
       '' AS document_id, -1 AS item_start, -1 AS fact_start
ORDER BY id;
