let near;
let inView;
let held = null;

export function arrive(report, page) {
  near?.disconnect();
  inView?.disconnect();
  watchNear(report, page);
  watchInView(report);
  if (held !== null) window.scrollTo(0, held);
  else if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  held = null;
}

// An edit leads to another address; the eyes stay where they were.
export function hold() {
  held = window.scrollY;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or no secure context
  }
}

// Plots draw themselves after they stand in the page; the print waits for two frames.
export function print() {
  requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
}

function watchNear(report, page) {
  const waiting = new Set();
  near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      waiting.add(Number(target.dataset.cell));
    }
    if (waiting.size === 0) return;
    const indexes = [...waiting];
    waiting.clear();
    page.invokeMethodAsync('ShowAsync', indexes);
  }, { rootMargin: '600px' });
  for (const cell of report.querySelectorAll('[data-cell]')) near.observe(cell);
}

function watchInView(report) {
  inView = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      const link = report.querySelector(`[data-step="${target.id.slice('step-'.length)}"]`);
      link?.toggleAttribute('data-in-view', isIntersecting);
      if (isIntersecting && link) {
        const path = link.closest('aside');
        if (path) path.scrollTop = Math.max(0, link.offsetTop - path.clientHeight / 2);
      }
    }
  }, { rootMargin: '-120px 0px -60% 0px' });
  for (const cell of report.querySelectorAll('.paper [id^="step-"]')) inView.observe(cell);
}
