"use strict";
// SHA-256 by hand (FIPS 180-4): a file that is opened from a disk has crypto.subtle in some browsers only.
function constants(root) {
  const found = [];
  for (let n = 2; found.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (prime) { const part = Math.pow(n, root); found.push(((part - Math.floor(part)) * 4294967296) | 0); }
  }
  return found;
}
const K = constants(1 / 3);
const START = constants(1 / 2).slice(0, 8);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

function sha256(words) {
  const bytes = new TextEncoder().encode(words);
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const data = new DataView(new ArrayBuffer(blocks * 64));
  bytes.forEach((byte, at) => data.setUint8(at, byte));
  data.setUint8(bytes.length, 128);
  data.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 536870912));
  data.setUint32(blocks * 64 - 4, (bytes.length * 8) >>> 0);
  const h = [...START];
  const w = new Int32Array(64);
  for (let block = 0; block < blocks; block++) {
    for (let t = 0; t < 64; t++) {
      if (t < 16) { w[t] = data.getInt32(block * 64 + t * 4); continue; }
      const s0 = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >>> 3);
      const s1 = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >>> 10);
      w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, i] = h;
    for (let t = 0; t < 64; t++) {
      const t1 = (i + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
      const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      i = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, i].forEach((value, at) => { h[at] = (h[at] + value) | 0; });
  }
  return h.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
}

const told = document.getElementById("check");
const paper = document.getElementById("paper");
const quotes = [...paper.querySelectorAll("blockquote")];
const wrong = quotes.filter((one) => sha256(one.textContent) !== one.dataset.sha256);
const whole = sha256(paper.textContent) === paper.dataset.whole;
for (const one of wrong) one.classList.add("changed");
told.className = whole && !wrong.length ? "whole" : "changed";
told.textContent = wrong.length
  ? `有 ${wrong.length} 段原话与成稿时不同，已在下面标出。请向出具人索取原件。`
  : whole
    ? `已校验：${quotes.length} 段原话和全文都与成稿时一致。全文校验值 ${paper.dataset.whole}`
    : "原话没有改动，但这份底稿的其他文字与成稿时不同。请向出具人索取原件。";
