// The units that plans call by one of the names; with a document, only those it gives a duty or mentions.
// params: names (list of string), document (string or null, document id)
// returns: id, name, region
MATCH (u:Unit)
WHERE u.name IN $names
  AND ($document IS NULL
       OR EXISTS { MATCH (u)-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]-(n)
       WHERE n.id = $document OR n.id STARTS WITH $document + ':' })
RETURN u.id AS id, u.name AS name, u.region AS region
ORDER BY id;
