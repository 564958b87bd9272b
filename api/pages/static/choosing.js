// The source: words that are selected become a place that can be noted or put into the basket.
const LONGEST = 5000; // characters of a place

// Where a point of the page stands in the text: the piece it is in says where that begins.
function placeOf(node, offset, doubled) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[id^=p]");
  if (!piece || !/^p\d+$/.test(piece.id)) return null;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  const words = [...before.toString()];
  // a browser reads the two signs of a line end as one
  return Number(piece.id.slice(1)) + words.length + (doubled ? words.filter((sign) => sign === "\n").length : 0);
}

export function choosing() {
  const whole = document.querySelector("[data-line-ends]");
  const offer = document.querySelector("[data-choose]");
  if (!whole || !offer) return;
  const doubled = whole.dataset.lineEnds === "2";
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const inside = range && whole.contains(range.startContainer) && whole.contains(range.endContainer);
    const start = inside ? placeOf(range.startContainer, range.startOffset, doubled) : null;
    const end = inside ? placeOf(range.endContainer, range.endOffset, doubled) : null;
    offer.hidden = start === null || end === null || end <= start || end - start > LONGEST;
    if (offer.hidden) return;
    const address = new URL(location.href);
    address.searchParams.delete("from");
    address.searchParams.set("at", `${start}-${end}`);
    address.hash = `p${start}`;
    offer.href = address.href;
  });
}
