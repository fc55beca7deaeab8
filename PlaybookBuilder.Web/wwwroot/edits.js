const key = 'pb-edits';
const most = 200;

export function arrive(id, url) {
  const edits = read();
  if (edits.heads[edits.at]?.id !== id) {
    // The browser's own back and forward move along the same line.
    const near = [edits.at - 1, edits.at + 1].find(at => edits.heads[at]?.id === id);
    if (near === undefined) {
      edits.heads = [{ id, url }];
      edits.at = 0;
    } else {
      edits.at = near;
    }
    write(edits);
  }
  return position(edits);
}

export function record(before, urlBefore, after, urlAfter) {
  if (before === after) return;
  const edits = read();
  if (edits.heads[edits.at]?.id !== before) {
    edits.heads = [{ id: before, url: urlBefore }];
    edits.at = 0;
  }
  edits.heads[edits.at].url = urlBefore;
  edits.heads = [...edits.heads.slice(0, edits.at + 1), { id: after, url: urlAfter }].slice(-most);
  edits.at = edits.heads.length - 1;
  write(edits);
}

// The same playbook under another id, as saving makes it: nothing that could be undone.
export function swap(before, after, url) {
  const edits = read();
  if (edits.heads[edits.at]?.id !== before) return;
  edits.heads[edits.at] = { id: after, url };
  write(edits);
}

export const undo = () => move(-1);
export const redo = () => move(1);

function move(by) {
  const edits = read();
  const head = edits.heads[edits.at + by];
  if (!head) return null;
  edits.at += by;
  write(edits);
  return head.url;
}

function position(edits) {
  return { canUndo: edits.at > 0, canRedo: edits.at < edits.heads.length - 1 };
}

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (Array.isArray(kept?.heads) && Number.isInteger(kept.at)) return kept;
  } catch {
    // storage is switched off, or holds what we did not write
  }
  return { heads: [], at: 0 };
}

function write(edits) {
  try {
    sessionStorage.setItem(key, JSON.stringify(edits));
  } catch {
    // without storage nothing can be taken back by button; the browser's own back still works
  }
}
