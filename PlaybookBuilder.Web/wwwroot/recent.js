const key = 'pb-recent';
const most = 30;
const isEntry = entry => typeof entry?.id === 'string' && /^[0-9a-f-]{36}$/.test(entry.id) && typeof entry.title === 'string'
  && Number.isInteger(entry.steps) && Number.isInteger(entry.changed);

export function list() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return []; // storage is switched off, or holds what we did not write
  }
}

export function remember(id, title, steps, replaces) {
  const others = list().filter(entry => entry.id !== id && entry.id !== replaces);
  keep([{ id, title: title.slice(0, 200), steps, changed: Date.now() }, ...others]);
}

export function forget(id) {
  keep(list().filter(entry => entry.id !== id));
}

function keep(entries) {
  try {
    localStorage.setItem(key, JSON.stringify(entries.slice(0, most)));
  } catch {
    // without storage there is no list, and nothing else is lost
  }
}
