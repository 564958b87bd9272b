// Every judgement on two units (单位), oldest first.
// params: none
// returns: unit, other, judgement, judged_by, at, why
MATCH (u:Unit)-[j:SAME_AS]->(o:Unit)
RETURN u.id AS unit, o.id AS other, j.judgement AS judgement, j.by AS judged_by, j.at AS at, j.why AS why
ORDER BY at, unit, other;
