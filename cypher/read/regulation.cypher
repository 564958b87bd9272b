// One instrument with how often it is cited.
// params: regulation (string, regulation id)
// returns: id, title, reference_number, issuer, kind, unresolved, source, count_items, count_documents
MATCH (g:Regulation {id: $regulation})
RETURN g.id AS id, g.title AS title, g.reference_number AS reference_number, g.issuer AS issuer, g.kind AS kind,
       g.unresolved AS unresolved, g.source AS source, COUNT { MATCH (g)<-[:CITES]-(:Item) } AS count_items,
       COUNT { MATCH (g)<-[:CITES]-(:Document) } AS count_documents;
