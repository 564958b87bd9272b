// Keys: / the box, j k the next fact, o its source, b into the basket, [ ] the item before and after, ? the list of them.
const WORDS = [["/", "查问"], ["j  k", "下一条、上一条"], ["o", "看原文"], ["b", "放入底稿篮"], ["[  ]", "上一项、下一项"], ["?", "看这些按键"], ["Esc", "关上"]];

function help() {
  const box = document.createElement("dialog");
  box.setAttribute("aria-label", "按键");
  const list = document.createElement("dl");
  list.className = "kv";
  for (const [key, word] of WORDS) {
    const head = document.createElement("dt");
    head.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(head, Object.assign(document.createElement("dd"), { textContent: word }));
  }
  const close = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "关上" });
  close.addEventListener("click", () => box.close());
  box.append(Object.assign(document.createElement("h2"), { textContent: "按键" }), list, close);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export function keys() {
  for (const one of document.querySelectorAll("[data-keys]")) one.hidden = false;
  const facts = () => [...document.querySelectorAll("[data-fact]")].filter((one) => one.getClientRects().length);
  let here = null;
  const go = (step) => {
    const all = facts();
    if (!all.length) return;
    const at = all.indexOf(here);
    here?.classList.remove("here");
    here = all[Math.max(0, Math.min(all.length - 1, at + step))];
    here.classList.add("here");
    here.scrollIntoView({ block: "nearest" });
    (here.querySelector("a[href]") ?? here).focus({ preventScroll: true });
  };
  const press = (found) => { found?.click(); return Boolean(found); };
  const acts = {
    "/": () => { document.querySelector("[data-box]")?.focus(); return true; },
    j: () => { go(1); return true; },
    k: () => { go(-1); return true; },
    o: () => press(here?.querySelector(".place") ?? document.querySelector("[data-source]")),
    b: () => press(here?.querySelector("[data-basket]") ?? document.querySelector(".head [data-basket]")),
    "[": () => press(document.querySelector("a[rel=prev]")),
    "]": () => press(document.querySelector("a[rel=next]")),
    "?": () => { help(); return true; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, select, textarea, dialog, [contenteditable]")) return;
    if (acts[event.key]?.()) event.preventDefault();
  });
}
