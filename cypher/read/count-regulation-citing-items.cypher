// How many rows questions/regulation-citing-items has in all.
// params: regulation (string, regulation id), relation (string or null), document (string or null, document id)
// returns: total
MATCH (g:Regulation {id: $regulation})<-[f:CITES]-(n)
WHERE ($relation IS NULL OR f.relation = $relation)
  AND ($document IS NULL OR n.id = $document OR n.id STARTS WITH $document + ':')
RETURN count(*) AS total;
