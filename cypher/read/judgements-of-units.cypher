// The judgements on the given units (单位), oldest first.
// params: units (list of string)
// returns: unit, other, judgement, at
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[j:SAME_AS]-(:Unit)
RETURN startNode(j).id AS unit, endNode(j).id AS other, j.judgement AS judgement, j.at AS at
ORDER BY at, unit, other;
