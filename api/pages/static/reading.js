// The source: kinds of marks can be put away; the outline follows what is read.
export function reading() {
  const whole = document.querySelector("[data-whole]");
  if (!whole) return;
  for (const box of document.querySelectorAll("[data-mark]")) {
    box.addEventListener("change", () => {
      for (const one of whole.querySelectorAll(`[data-kinds~="${box.dataset.mark}"]`)) one.classList.toggle(box.dataset.mark, box.checked);
    });
  }
  const links = new Map([...document.querySelectorAll(".outline a[data-at]")].map((one) => [one.dataset.at, one]));
  const watch = new IntersectionObserver((seen) => {
    const first = seen.filter((one) => one.isIntersecting)[0];
    if (!first) return;
    for (const one of links.values()) one.removeAttribute("aria-current");
    links.get(first.target.id)?.setAttribute("aria-current", "true");
    links.get(first.target.id)?.scrollIntoView({ block: "nearest" });
  }, { rootMargin: "-80px 0px -70% 0px" });
  for (const id of links.keys()) { const place = document.getElementById(id); if (place) watch.observe(place); }
}
