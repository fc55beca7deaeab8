export function canAsk() {
  return 'Notification' in window && Notification.permission === 'default';
}

export async function ask() {
  await Notification.requestPermission();
}

// Whoever looks at the page sees it anyway. The title tells of it until somebody looks.
export function tell(outcome, name) {
  if (!document.hidden) return;
  const before = document.title;
  const told = `${outcome} · ${before}`;
  document.title = told;
  document.addEventListener('visibilitychange', () => {
    if (document.title === told) document.title = before;
  }, { once: true });
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(outcome, { body: name, tag: location.pathname });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
