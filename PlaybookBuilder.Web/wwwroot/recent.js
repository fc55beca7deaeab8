const key = 'pb-recent';
const most = 30;
const isEntry = entry => typeof entry?.id === 'string' && /^[0-9a-f-]{36}$/.test(entry.id) && typeof entry.title === 'string'
  && Number.isInteger(entry.steps) && Number.isInteger(entry.changed) && (entry.saved == null || /^[0-9a-f-]{36}$/.test(entry.saved));

export function list() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return []; // storage is switched off, or holds what we did not write
  }
}

// What an edit was made from tells which saved playbook it is an unsaved change of; what the server knows of that comes first.
export function remember(id, title, steps, replaces, known) {
  const before = list();
  const saved = known ?? (before.find(entry => entry.id === replaces) ?? before.find(entry => entry.id === id))?.saved ?? null;
  const others = before.filter(entry => entry.id !== id && entry.id !== replaces);
  keep([{ id, title: title.slice(0, 200), steps, changed: Date.now(), saved }, ...others]);
  return saved;
}

export function attach(id, saved) {
  keep(list().map(entry => entry.id === id ? { ...entry, saved } : entry));
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
