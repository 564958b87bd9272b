// Lints the catalogue with Neo4j's own linter, as the Cypher that both Neo4j 5 and the calendar versions take by default.
//
//   node lint.mjs FOLDER        every *.cypher under FOLDER; exit 1 when there is a finding, 2 when nothing was linted
//
// Parameters are declared from the statement's own text: the catalogue (graph/store/catalogue.py) holds each against its
// header.  Before the files, two statements made to be wrong are linted: a linter that finds nothing there is no linter.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { lintCypherQuery } from "@neo4j-cypher/language-support";

const LANGUAGE = "CYPHER 5";

// The one procedure that the catalogue calls (full text); the linter knows no server's list by itself.
const FULLTEXT = {
  name: "db.index.fulltext.queryNodes",
  namespace: [],
  description: "",
  mode: "READ",
  worksOnSystem: false,
  signature: "db.index.fulltext.queryNodes(indexName :: STRING, queryString :: STRING, options = {} :: MAP) :: (node :: NODE, score :: FLOAT)",
  argumentDescription: [
    { isDeprecated: false, description: "indexName :: STRING", name: "indexName", type: "STRING" },
    { isDeprecated: false, description: "queryString :: STRING", name: "queryString", type: "STRING" },
    { isDeprecated: false, description: "options = {} :: MAP", name: "options", type: "MAP", default: "DefaultParameterValue{value={}, type=MAP}" },
  ],
  returnDescription: [
    { isDeprecated: false, description: "node :: NODE", name: "node", type: "NODE" },
    { isDeprecated: false, description: "score :: FLOAT", name: "score", type: "FLOAT" },
  ],
  admin: false,
  option: { deprecated: false },
};

function lint(statement) {
  const parameters = {};
  for (const [, name] of statement.matchAll(/\$([A-Za-z_]\w*)/g)) parameters[name] = null;
  const schema = { parameters, defaultLanguage: LANGUAGE, procedures: { [LANGUAGE]: { [FULLTEXT.name]: FULLTEXT } } };
  const answer = lintCypherQuery(statement, schema);
  return answer.diagnostics.filter((found) => !(found.severity > 2)); // errors and warnings, not hints
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".cypher"))
    .sort()
    .map((name) => join(folder, name));
}

for (const wrong of ["MATCH (n:Item) RETRUN n.id", "MATCH (n:Item) RETURN m.id"]) {
  if (lint(wrong).length === 0) {
    console.error(`The linter finds nothing in ${JSON.stringify(wrong)}: it does not work on this machine.`);
    process.exit(2);
  }
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error("Give the folder with the .cypher files: node lint.mjs FOLDER");
  process.exit(2);
}
const files = filesUnder(folder);
let findings = 0;
for (const file of files) {
  for (const found of lint(readFileSync(file, "utf-8"))) {
    const { line, character } = found.range.start;
    console.log(`${file}:${line + 1}:${character + 1}: ${found.message}`);
    findings += 1;
  }
}
console.log(`${files.length} files linted as ${LANGUAGE}, ${findings} findings`);
process.exit(files.length === 0 ? 2 : findings > 0 ? 1 : 0);
