// What is linked with a thing, from the answers of /v1: things and links, a step at a time.
// A link keeps its words and where they stand, so that a picture can say "where does it say so".
const root = new URL("../../", import.meta.url); // whatever path the service stands below

const segment = (key) => encodeURIComponent(key);
export const keyOf = (kind, id) => `${kind}:${id}`;
const areas = { unit: "units", item: "items", regulation: "regulations", document: "documents" };
export const pageOf = (kind, id, scope) => `${root}${areas[kind]}/${segment(id)}${scope.size ? `?${scope}` : ""}`;

const placeOf = (evidence) => {
  const at = evidence.span ?? evidence.clause;
  return at && `${root}documents/${segment(evidence.document_id)}/text?at=${at[0]}-${at[1]}#p${at[0]}`;
};
const link = (start, end, look, word, fact) => ({
  id: fact?.id ?? `${start}>${end}`, start, end, look, word,
  weak: Boolean(fact && (fact.collective || fact.open_list || fact.inferred)),
  quote: fact?.evidence.clause_quote ?? fact?.evidence.quote ?? "",
  place: fact && placeOf(fact.evidence),
});
const unit = (one, row) => ({ kind: "unit", id: one.id, name: one.name, weak: row?.collective });
const regulation = (one) => ({ kind: "regulation", id: one.id, name: one.title });
const plan = (id, title) => ({ kind: "document", id, name: title ?? id });
const item = (one) => ({ kind: "item", id: one.id, name: [one.number ?? one.label, one.heading].filter(Boolean).join(" ") });
const keyed = (one) => keyOf(one.kind, one.id);

async function ask(path, query) {
  const answer = await fetch(`${root}v1/${path}?${query}`, { headers: { Accept: "application/json" } });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail_zh ?? said.title_zh ?? said.title ?? String(answer.status));
  return said;
}

// how each kind of row of a list becomes things and links around `here`
const lists = {
  unit: {
    path: (id) => `units/${segment(id)}/duties`,
    take: (row, here, words) => {
      const owner = row.item ? item(row.item) : plan(row.document.id, row.document.title);
      return [[owner], [link(keyed(owner), keyed(here), row.role, words.roles[row.role], row)]];
    },
  },
  regulation: {
    path: (id) => `regulations/${segment(id)}/citing-items`,
    take: (row, here, words) => [[item(row.item)], [link(keyed(here), keyed(item(row.item)), "cites", words.relations[row.relation], row)]],
  },
  document: {
    path: (id) => `documents/${segment(id)}/items`,
    take: (row, here) => [[item(row)], [link(keyed(here), keyed(item(row)), "part", "", null)]],
  },
};

// { things, links, next, total }: the next `step` rows behind `after`, with their words
export async function neighbours(here, { after, step, scope, words }) {
  if (here.kind === "item") return around(await ask(`items/${segment(here.id)}`, ""), here, words);
  const narrow = new URLSearchParams(scope);
  if (here.kind === "document") narrow.delete("document");
  narrow.delete("as_of");
  narrow.set("limit", step);
  narrow.set("evidence", "full");
  if (after) narrow.set("after", after);
  const listing = await ask(lists[here.kind].path(here.id), narrow);
  const things = [], links = [];
  for (const row of listing.items) {
    const [met, lines] = lists[here.kind].take(row, here, words);
    things.push(...met);
    links.push(...lines);
  }
  return { things, links, next: listing.next, total: listing.total };
}

function around(card, here, words) {
  const things = [plan(card.document.id, card.document.title)];
  const links = [link(keyed(things[0]), keyed(here), "part", "", null)];
  for (const duty of [...card.leads, ...card.responsible, ...card.cooperating, ...card.supervising]) {
    things.push(unit(duty.unit, duty));
    links.push(link(keyed(here), keyOf("unit", duty.unit.id), duty.role, words.roles[duty.role], duty));
  }
  for (const cited of card.citations) {
    things.push(regulation(cited.regulation));
    links.push(link(keyOf("regulation", cited.regulation.id), keyed(here), "cites", words.relations[cited.relation], cited));
  }
  return { things, links, next: null, total: { value: things.length, relation: "eq" } };
}
