// 底稿篮, kept by this browser: rows, facts, chains and findings with a note and a number each.
const KEY = "zeren.basket";

const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const write = (all) => { try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* no room, or not allowed */ } };
const made = (tag, given = {}, ...inside) => { const one = Object.assign(document.createElement(tag), given); one.append(...inside); return one; };

function put(button) {
  const { basket: key, kind, title, address, words } = button.dataset;
  const all = read();
  const rest = all.filter((one) => one.key !== key);
  write(rest.length < all.length ? rest : [...all, { key, kind, title, address, words, note: "", since: new Date().toISOString().slice(0, 10) }]);
}

function count() {
  const all = read();
  for (const one of document.querySelectorAll("[data-basket-count]")) { one.textContent = all.length; one.hidden = !all.length; }
  const kept = new Set(all.map((one) => one.key));
  for (const one of document.querySelectorAll("[data-basket]")) { one.hidden = false; one.setAttribute("aria-pressed", String(kept.has(one.dataset.basket))); }
}

function row(one, number, all, again) {
  const move = (step) => { const next = [...all]; next.splice(number, 1); next.splice(number + step, 0, one); write(next); again(); };
  const button = (word, label, act, off = false) => { const b = made("button", { type: "button", className: "btn", textContent: word, disabled: off }); b.setAttribute("aria-label", `${label}：${one.title}`); b.addEventListener("click", act); return b; };
  const note = made("textarea", { rows: 2, value: one.note ?? "", maxLength: 2000 });
  note.setAttribute("aria-label", `备注：${one.title}`);
  note.placeholder = "备注";
  note.addEventListener("change", () => { one.note = note.value; write(all); });
  const link = made("a", { textContent: one.title });
  if (/^\/(?!\/)/.test(one.address)) link.href = new URL(`..${one.address}`, import.meta.url); // of this service, whatever was kept, also below a path
  const body = made("div", {}, made("p", { className: "small quiet", textContent: `${one.kind} · ${one.since}` }), link);
  if (one.words) body.append(made("p", { className: "q", textContent: one.words }));
  const acts = made("p", { className: "acts no-print" }, button("↑", "上移", () => move(-1), number === 0), button("↓", "下移", () => move(1), number === all.length - 1), button("移出", "移出", () => { write(all.filter((other) => other.key !== one.key)); again(); }));
  return made("li", {}, made("b", { textContent: `${number + 1}` }), body, note, acts);
}

function list() {
  const place = document.querySelector("[data-basket-list]");
  if (!place) return;
  const all = read();
  document.querySelector("[data-basket-empty]").hidden = all.length > 0;
  place.replaceChildren(...all.map((one, number) => row(one, number, all, again)));
}

const again = () => { list(); count(); };

export function basket() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-basket]");
    if (button) { put(button); count(); }
    if (event.target.closest?.("[data-basket-clear]")) { write([]); again(); }
  });
  addEventListener("storage", (event) => { if (event.key === KEY) again(); });
  again();
}
