// The judgements on one unit (单位), oldest first.
// params: unit (string)
// returns: unit, other, judgement, at
MATCH (u:Unit {id: $unit})-[j:SAME_AS]-(o:Unit)
RETURN startNode(j).id AS unit, endNode(j).id AS other, j.judgement AS judgement, j.at AS at
ORDER BY at, unit, other;
