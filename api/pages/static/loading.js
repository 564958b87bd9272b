// 载入: the page of a job follows it while it works; the zone for files says what was chosen.
const PAUSE = 1500;

function follow() {
  const place = document.querySelector("[data-job]");
  if (!place || place.dataset.job === "ended") return;
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) { location.replace(answer.url); return; }
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-job]");
      if (next && answer.ok) { document.querySelector("[data-job]").replaceWith(document.adoptNode(next)); if (next.dataset.job === "ended") return; }
    } catch { /* the service is away for a moment; it is asked again */ }
    setTimeout(again, PAUSE);
  };
  setTimeout(again, PAUSE);
}

function zone() {
  const field = document.querySelector("[data-files]");
  if (!field) return;
  const drop = field.closest(".drop"), told = drop.querySelector("[data-chosen]");
  const tell = () => { const names = [...field.files].map((one) => one.name); told.textContent = names.length ? `已选 ${names.length} 个：${names.slice(0, 5).join("、")}${names.length > 5 ? " …" : ""}` : ""; };
  field.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, () => drop.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  tell();
}

export function loading() { follow(); zone(); }
