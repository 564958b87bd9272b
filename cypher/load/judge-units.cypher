// Records a judgement on two units (单位); an earlier judgement on them stays, the last one holds.
// params: unit (string), other (string), judgement (string), judged_by (string), at (string, ISO time), why (string)
// returns: unit
MATCH (u:Unit {id: $unit})
MATCH (o:Unit {id: $other})
CREATE (u)-[:SAME_AS {judgement: $judgement, by: $judged_by, at: $at, why: $why}]->(o)
RETURN u.id AS unit;
