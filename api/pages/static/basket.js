// 底稿篮: the buttons of rows put things into the basket of the service without leaving the page.
const ADDRESS = new URL("../v1/baskets", import.meta.url); // of this service, also below a path
const csrf = document.querySelector("meta[name=csrf]")?.content;

async function ask(method, address, body) {
  const headers = { "Content-Type": "application/json", ...(csrf ? { "X-CSRF-Token": csrf } : {}) };
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok && !(method === "DELETE" && answer.status === 404)) throw new Error((await answer.json()).detail_zh);
  return method === "DELETE" ? null : answer.json();
}

function count(step) {
  for (const one of document.querySelectorAll("[data-basket-count]")) {
    one.textContent = Math.max(0, Number(one.textContent) + step);
    one.hidden = one.textContent === "0";
  }
}

function given(form) {
  const all = new FormData(form);
  const put = { kind: all.get("kind") };
  for (const name of ["subject", "document"]) if (all.get(name)) put[name] = all.get(name);
  for (const name of ["start", "end"]) if (all.get(name)) put[name] = Number(all.get(name));
  return put;
}

async function turn(form) {
  const button = form.querySelector("[data-basket]");
  button.disabled = true;
  try {
    if (form.dataset.entry) {
      await ask("DELETE", `${ADDRESS}/entries/${form.dataset.entry}`);
      delete form.dataset.entry;
      count(-1);
    } else {
      form.dataset.entry = (await ask("POST", ADDRESS, given(form))).id;
      count(1);
    }
    button.setAttribute("aria-pressed", String(Boolean(form.dataset.entry)));
  } catch (error) {
    const told = form.querySelector("[role=alert]") ?? form.appendChild(document.createElement("span"));
    told.className = "why";
    told.setAttribute("role", "alert");
    told.textContent = error.message || "没有放进去，请再试一次。";
  }
  button.disabled = false;
}

export function basket() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("[data-put]");
    if (!form) return;
    event.preventDefault();
    turn(form);
  });
}
