const notice = document.getElementById('components-reconnect-modal');

notice.addEventListener('components-reconnect-state-changed', event => follow(event.detail.state));
document.getElementById('components-reconnect-button').addEventListener('click', tryAgain);

function follow(state) {
  switch (state) {
    case 'hide':
      notice.close();
      break;
    case 'rejected':
    case 'resume-failed':
      reload();
      break;
    default:
      notice.dataset.state = state;
      if (!notice.open) notice.showModal();
      if (state === 'failed') document.addEventListener('visibilitychange', tryAgainWhenSeen);
  }
}

async function tryAgain() {
  document.removeEventListener('visibilitychange', tryAgainWhenSeen);
  const wasPaused = notice.dataset.state === 'paused';
  notice.dataset.state = 'show';
  try {
    const succeeded = wasPaused ? await Blazor.resumeCircuit() : await Blazor.reconnect();
    if (!succeeded) reload();
  } catch {
    // The server can't be reached; it may be back the next time.
    notice.dataset.state = 'failed';
  }
}

function tryAgainWhenSeen() {
  if (document.visibilityState === 'visible') tryAgain();
}

// All state is in the address, the database and the drafts: the same page shows what was there.
function reload() {
  // What loading would break off, such as an upload, may put it off: it goes on without the circuit.
  const event = new CustomEvent('playbook-reload', { cancelable: true, detail: { say, reload } });
  const isFree = document.dispatchEvent(event);
  notice.dataset.state = isFree ? 'reloading' : 'held';
  if (isFree) location.reload();
  else if (!notice.open) notice.showModal();
}

function say(text) {
  document.getElementById('reconnect-held').textContent = text;
}
