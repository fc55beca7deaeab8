export function open(dialog) {
  if (!dialog.open) dialog.showModal();
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
  dialog.querySelector('.inside :is(input, textarea, select, button)')?.focus();
}

export function close(dialog) {
  dialog.close();
}
