const pause = 15_000;
const acts = ['pointerdown', 'keydown', 'wheel'];
let notice;
let told = -Infinity;

export function start(reference) {
  notice = reference;
  for (const act of acts) document.addEventListener(act, tell, { capture: true, passive: true });
}

// An open page that nobody touches says nothing.
function tell() {
  const now = performance.now();
  if (now - told < pause) return;
  const before = told;
  told = now;
  notice.invokeMethodAsync('Act').catch(() => { told = before; });
}
