// The box: suggestions in groups while one types. Nothing is asked while an input method composes.
const PAUSE = 90; // ms of silence before the server is asked

export function suggest() {
  const box = document.querySelector("[data-box]");
  if (!box) return;
  const form = box.form;
  const list = document.createElement("div");
  Object.assign(list, { id: "hints", className: "hints", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "建议");
  form.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-controls", "hints");
  box.setAttribute("aria-autocomplete", "list");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let waiting = 0, running = null, composing = false, asked = "";

  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) box.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const words = box.value.trim();
    if (composing || words === asked) return;
    asked = words;
    running?.abort();
    if (!words) return show(false);
    running = new AbortController();
    const given = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(new URL(`../suggest?${given}`, import.meta.url), { signal: running.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return show(false);
      list.innerHTML = await answer.text();
      options().forEach((one, number) => { one.id = `hint-${number}`; });
      show(options().length > 0);
    } catch { /* another word was typed meanwhile, or the server is away: Enter still works */ }
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(ask, PAUSE); };
  const choose = (step) => {
    const all = options();
    if (!all.length) return;
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = (at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length;
    all.forEach((one, number) => one.setAttribute("aria-selected", String(number === next)));
    all[next].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", all[next].id);
  };

  show(false);
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", () => { if (!composing) later(); });
  box.addEventListener("focus", () => show(options().length > 0 && box.value.trim() === asked));
  box.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { asked = ""; ask(); } else choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && !list.hidden) {
      const chosen = list.querySelector("[aria-selected=true]");
      if (chosen) { event.preventDefault(); location.href = chosen.href; }
    }
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) show(false); });
}
