// The page of exploration: a picture that grows by clicks. Beside it stands the same as a list, for the keyboard and for
// whoever hears the page. What is open is kept in the address behind #, so that the picture can be sent and comes back.
import cytoscape from "./cytoscape.js";
import dagre from "./cytoscape-dagre.js";
import { keyOf, neighbours, pageOf } from "./neighbours.js";

const KINDS = { unit: "单位", item: "事项", regulation: "法规", document: "文件" };
const page = document.querySelector("[data-explore]");
if (page) begin();

function begin() {
  cytoscape.use(dagre);
  const { start, scope: given, words, bounds } = JSON.parse(page.dataset.explore);
  const scope = new URLSearchParams(given);
  const at = (name) => page.querySelector(`[data-${name}]`);
  const told = at("told"), panel = at("panel"), list = at("list"), counted = at("counted");
  const picture = cytoscape({ container: at("picture"), style: looks(), minZoom: 0.2, maxZoom: 2.5 });
  const open = new Map(); // what was asked of a thing, by its key: where the rest begins, how many rows, which links
  let chosen = null, turn = 0;

  const add = (one) => {
    const key = keyOf(one.kind, one.id);
    if (picture.getElementById(key).empty()) picture.add({ data: { id: key, kind: one.kind, ref: one.id, name: one.name, turn: turn++ }, classes: one.weak ? "weak" : "" });
    return key;
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const sort = (one, other) => one.data("turn") - other.data("turn"); // as they came: in the order of the plan
  const arrange = () => picture.layout({ name: "dagre", rankDir: "LR", nodeSep: 14, rankSep: 150, padding: 24, sort, animate: !calm, animationDuration: 250 }).run();

  async function grow(key) {
    const node = picture.getElementById(key);
    const asked = open.get(key);
    if (asked && !asked.after) return;
    if (picture.nodes().length >= bounds.most) return say(`图上已有 ${picture.nodes().length} 个，再多就看不清了。先收起或移走一些。`);
    say("正在取……");
    try {
      const found = await neighbours({ kind: node.data("kind"), id: node.data("ref") }, { after: asked?.after, step: bounds.step, scope, words });
      const before = picture.elements().length;
      found.things.forEach(add);
      for (const line of found.links) {
        if (picture.getElementById(line.id).empty()) picture.add({ data: { ...line, source: line.start, target: line.end, turn: turn++ }, classes: `${line.look}${line.weak ? " weak" : ""}` });
      }
      const shown = (asked?.shown ?? 0) + found.links.length;
      const brought = new Set([...(asked?.brought ?? []), ...found.links.map((line) => line.id)]);
      open.set(key, { after: found.next, shown, brought });
      node.toggleClass("more", Boolean(found.next));
      say(picture.elements().length === before ? `“${node.data("name")}”没有别的了。` : found.next ? `“${node.data("name")}”先列 ${shown} 条，共 ${found.total.relation === "gte" ? "至少 " : ""}${found.total.value} 条；再点一次“展开”看往后的。` : "");
      arrange();
      remember();
    } catch (error) {
      say(`没有取到：${error.message}`);
    }
  }
  function fold(key) { // the links that this thing alone brought go, and what hangs on nothing then
    const { brought } = open.get(key);
    open.delete(key);
    for (const id of brought) if (![...open.values()].some((other) => other.brought.has(id))) picture.getElementById(id).remove();
    picture.nodes().filter((one) => one.degree(false) === 0 && ![first, key].includes(one.id())).remove();
    picture.getElementById(key).removeClass("more");
    arrange();
    remember();
  }
  function drop(key) {
    picture.getElementById(key).remove();
    open.delete(key);
    if (chosen === key) choose(first);
    remember();
  }
  function remember() {
    history.replaceState(null, "", `#${[...open.keys()].map(encodeURIComponent).join(",")}`);
    counted.textContent = `${picture.nodes().length} 个，${picture.edges().length} 条联系`;
    list.replaceChildren(...Object.keys(KINDS).flatMap((kind) => {
      const here = picture.nodes(`[kind = "${kind}"]`);
      return here.empty() ? [] : [made("li", {}, made("b", {}, `${KINDS[kind]} ${here.length}`), made("ul", {}, ...here.map((node) => made("li", {}, act(node.data("name"), () => choose(node.id(), true))))))];
    }));
    if (chosen) choose(chosen);
  }
  function say(words) { told.textContent = words; }

  function choose(key, focus = false) {
    const node = picture.getElementById(key);
    if (node.empty()) return;
    chosen = key;
    picture.elements().removeClass("chosen");
    node.addClass("chosen");
    const { kind, ref, name } = node.data();
    const asked = open.get(key);
    const acts = [made("a", { className: "btn", href: pageOf(kind, ref, scope) }, "看这一页")];
    if (!asked || asked.after) acts.push(act(asked ? "展开往后的" : "展开", () => grow(key)));
    if (asked) acts.push(act("收起", () => fold(key)));
    if (key !== first) acts.push(act("从图上移走", () => drop(key)));
    const lines = node.connectedEdges().map((edge) => {
      const other = edge.source().id() === key ? edge.target() : edge.source();
      const { word, quote, place } = edge.data();
      return made("li", {}, made("b", {}, word || "属于"), " ", act(other.data("name"), () => choose(other.id(), true)), ...(place ? [made("p", { className: "src" }, quote), made("a", { className: "where", href: place }, "原文")] : []));
    });
    panel.replaceChildren(made("p", { className: "over" }, KINDS[kind]), made("h2", { tabIndex: -1 }, name), made("p", { className: "acts" }, ...acts), made("ul", { className: "lines" }, ...lines));
    if (focus) panel.querySelector("h2").focus();
  }

  const first = add(start);
  picture.on("tap", "node", (event) => choose(event.target.id()));
  picture.on("dbltap", "node", (event) => grow(event.target.id()));
  picture.on("tap", "edge", (event) => choose(event.target.target().id()));
  at("fit").addEventListener("click", () => picture.animate({ fit: { padding: 24 }, duration: 200 }));
  at("arrange").addEventListener("click", arrange);
  at("save").addEventListener("click", async () => {
    const image = await picture.png({ output: "blob-promise", full: true, scale: 2, bg: colour("--card") });
    const address = URL.createObjectURL(image);
    made("a", { href: address, download: `${start.name}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture.style(looks()));
  const kept = location.hash.slice(1).split(",").filter(Boolean).map(decodeURIComponent);
  choose(first);
  (async () => {
    await grow(first);
    for (const key of kept) if (key !== first && !picture.getElementById(key).empty()) await grow(key);
  })();
}

function made(name, given, ...inside) {
  const element = Object.assign(document.createElement(name), given);
  element.append(...inside);
  return element;
}
function act(word, what) {
  const button = made("button", { type: "button", className: "btn" }, word);
  button.addEventListener("click", what);
  return button;
}
function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

function looks() { // the colours and dashes of the style sheet
  const node = (kind, back, line) => ({ selector: `node[kind = "${kind}"]`, style: { "background-color": colour(back), "border-color": colour(line) } });
  const edge = (look, line, width = 1.2) => ({ selector: `edge.${look}`, style: { "line-color": colour(line), "target-arrow-color": colour(line), width } });
  return [
    { selector: "node", style: { shape: "round-rectangle", width: 168, height: 34, label: "data(name)", "font-size": 11, "font-family": "inherit", color: colour("--ink"), "text-wrap": "ellipsis", "text-max-width": 150, "text-valign": "center", "border-width": 1.2 } },
    node("unit", "--resp-bg", "--resp-ln"), node("item", "--wash", "--blue"), node("regulation", "--cite-bg", "--cite-ln"), node("document", "--sunk", "--edge"),
    { selector: "node.weak", style: { "border-style": "dashed" } },
    { selector: "node.more", style: { "border-width": 3 } },
    { selector: "edge", style: { "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.7, "line-color": colour("--edge"), "target-arrow-color": colour("--edge"), width: 1.2, label: "data(word)", "font-size": 9, color: colour("--ink2"), "text-background-color": colour("--card"), "text-background-opacity": 1 } },
    edge("lead", "--lead-ln", 3), edge("responsible", "--resp-ln"), edge("cooperating", "--coop-ln"), edge("supervising", "--sup-ln", 2.2), edge("cites", "--cite-ln"),
    { selector: "edge.weak", style: { "line-style": "dashed" } },
    { selector: ".chosen", style: { "border-color": colour("--focus"), "border-width": 3 } },
  ];
}
