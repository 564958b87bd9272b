// How many facts name a unit (单位); none once a judgement that merges it was applied.
// params: unit (string)
// returns: facts
MATCH (u:Unit {id: $unit})
OPTIONAL MATCH (u)-[d:LEADS|RESPONSIBLE_FOR|COOPERATES_ON|SUPERVISES|MENTIONED_IN]->()
RETURN count(d) AS facts;
