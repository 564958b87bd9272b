// Writes {label} nodes ({chinese}) and sets the given properties: {how}. null removes a property.
// params: rows (list of maps, each: id and properties)
// returns: none
UNWIND $rows AS row
{verb} (n:{label}{own}){then};
