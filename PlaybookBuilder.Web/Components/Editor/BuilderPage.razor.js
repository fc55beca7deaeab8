// What is selected is in the address; the server learns of it by navigation alone.
export function arrive(workspace, arrival) {
  if (!workspace.dataset.walked) {
    workspace.dataset.walked = 'true';
    workspace.addEventListener('click', onClick);
    workspace.addEventListener('keydown', onKey);
    workspace.addEventListener('wheel', onWheel, { passive: false });
    workspace.addEventListener('pointerdown', onPointerDown);
  }
  if (arrival === 'Step') selectSeveral(workspace, false);
  workspace.querySelector('[data-step][aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (arrival === 'Step') focusStep(workspace);
  if (arrival === 'NextSteps' && workspace.querySelector('article')) workspace.querySelector('#next')?.scrollIntoView({ block: 'start' });
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not allowed, or no secure context
  }
}

function focusStep(workspace) {
  const step = workspace.querySelector('article');
  if (!step) return;
  step.scrollIntoView({ block: 'start' });
  const title = step.querySelector('h2');
  title?.focus({ preventScroll: true });
  const field = step.querySelector('form :is(input, textarea, select):not([type=hidden])');
  if (field) whenOpen(field, () => document.activeElement === title && field.focus({ preventScroll: true }));
}

// A form opens once its draft is looked up; who has gone elsewhere by then is left alone.
function whenOpen(field, act) {
  const closed = field.closest('fieldset:disabled');
  if (!closed) return act();
  const observer = new MutationObserver(() => {
    if (field.matches(':disabled')) return;
    observer.disconnect();
    act();
  });
  observer.observe(closed, { attributes: true, attributeFilter: ['disabled'] });
}

function onClick(event) {
  const zoom = event.target.closest('[data-zoom]');
  if (zoom) return zoomBy(zoom.closest('[data-path-graph]').querySelector('svg'), zoom.dataset.zoom);
  const workspace = event.currentTarget;
  const several = event.target.closest('[data-several]');
  if (several) return selectSeveral(workspace, !isSelectingSeveral(workspace));
  const step = event.target.closest('[data-step]');
  if (!step) return;
  if (event.shiftKey || isSelectingSeveral(workspace)) {
    event.preventDefault();
    event.stopPropagation();
    toggle(step);
  } else if (event.isTrusted) {
    // On a phone the path lies over the step that was asked for.
    workspace.querySelector('.sheet[aria-expanded="true"]')?.click();
  }
}

function isSelectingSeveral(workspace) {
  return workspace.hasAttribute('data-selecting');
}

function selectSeveral(workspace, isOn) {
  workspace.toggleAttribute('data-selecting', isOn);
  workspace.querySelector('[data-several]')?.setAttribute('aria-pressed', isOn);
}

function onKey(event) {
  const step = event.target.closest?.('[data-step]');
  if (!step) return;
  if (event.key === ' ') {
    event.preventDefault();
    toggle(step);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const steps = [...step.closest('[data-playbook]').querySelectorAll('[data-step]')];
    const next = steps[steps.indexOf(step) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
      if (!isSelectingSeveral(event.currentTarget)) next.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }));
    }
  }
}

function toggle(step) {
  const path = step.closest('[data-playbook]');
  const chosen = [...path.querySelectorAll('[data-step][aria-current]')].map(other => other.dataset.step);
  const id = step.dataset.step;
  const next = chosen.includes(id) ? chosen.filter(other => other !== id) : [...chosen, id];
  if (next.length === 0) return;
  // Shown at once, so that a quick second one adds to the first.
  if (next.includes(id)) step.setAttribute('aria-current', 'step');
  else step.removeAttribute('aria-current');
  Blazor.navigateTo(`graph/${path.dataset.playbook}/node/${next.join(',')}`);
}

// The graph is zoomed by its view box, so that nothing is drawn anew and the server need not know.
function zoomBy(svg, how, at = { x: 0.5, y: 0.5 }) {
  svg.dataset.whole ??= svg.getAttribute('viewBox');
  if (how === 'fit') return svg.setAttribute('viewBox', svg.dataset.whole);
  const factor = how === 'in' ? 0.8 : 1.25;
  const box = svg.viewBox.baseVal;
  const width = box.width * factor;
  const height = box.height * factor;
  svg.setAttribute('viewBox', `${box.x + (box.width - width) * at.x} ${box.y + (box.height - height) * at.y} ${width} ${height}`);
}

function onWheel(event) {
  const svg = event.target.closest('[data-path-graph] svg');
  if (!svg || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const frame = svg.getBoundingClientRect();
  zoomBy(svg, event.deltaY < 0 ? 'in' : 'out', { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height });
}

function onPointerDown(event) {
  const svg = event.target.closest('[data-path-graph] svg');
  if (!svg || event.target.closest('a')) return;
  svg.dataset.whole ??= svg.getAttribute('viewBox');
  const scale = svg.getScreenCTM().a;
  const { x, y, width, height } = svg.viewBox.baseVal;
  const move = moved => svg.setAttribute('viewBox', `${x - (moved.clientX - event.clientX) / scale} ${y - (moved.clientY - event.clientY) / scale} ${width} ${height}`);
  svg.setPointerCapture(event.pointerId);
  svg.addEventListener('pointermove', move);
  svg.addEventListener('pointerup', () => svg.removeEventListener('pointermove', move), { once: true });
}
