// One unit with how many duties it has.
// params: unit (string, unit id)
// returns: id, name, full_name, region, level, kind, aliases, collective, unresolved, candidates, source, count_lead,
//   count_responsible, count_cooperating, count_supervising, count_mentioned
MATCH (u:Unit {id: $unit})
RETURN u.id AS id, u.name AS name, u.full_name AS full_name, u.region AS region, u.level AS level, u.kind AS kind,
       u.aliases AS aliases, u.collective AS collective, u.unresolved AS unresolved, u.candidates AS candidates,
       u.source AS source,
       COUNT { MATCH (u)-[:LEADS]->() } AS count_lead,
       COUNT { MATCH (u)-[:RESPONSIBLE_FOR]->() } AS count_responsible,
       COUNT { MATCH (u)-[:COOPERATES_ON]->() } AS count_cooperating,
       COUNT { MATCH (u)-[:SUPERVISES]->() } AS count_supervising,
       COUNT { MATCH (u)-[:MENTIONED_IN]->() } AS count_mentioned;
