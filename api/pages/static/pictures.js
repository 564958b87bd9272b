// Pictures: a click beside the links of a box keeps its chain and fades the rest; Escape gives all back.
export function pictures() {
  for (const picture of document.querySelectorAll(".picture")) {
    const parts = [...picture.querySelectorAll("[data-of]")];
    if (!parts.length) continue;
    const keep = (name) => {
      picture.classList.toggle("kept", Boolean(name));
      for (const part of parts) part.classList.toggle("on", Boolean(name) && part.dataset.of.split(" ").includes(name));
    };
    picture.addEventListener("mouseover", (event) => keep(event.target.closest?.("[data-keep]")?.dataset.keep));
    picture.addEventListener("mouseleave", () => keep(""));
    picture.addEventListener("focusin", (event) => keep(event.target.closest?.("[data-keep]")?.dataset.keep));
    picture.addEventListener("focusout", () => keep(""));
  }
  // of the details that open over a page one stays open; Escape closes them
  const open = () => [...document.querySelectorAll("details.scope[open], details.menu[open], .matrix details[open]")];
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches?.("details.scope, details.menu, .matrix details")) for (const one of open()) if (one !== event.target) one.open = false;
  }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") for (const one of open()) { one.open = false; one.querySelector("summary").focus(); } });
  document.addEventListener("click", (event) => { for (const one of open()) if (!one.contains(event.target)) one.open = false; });
}
