export function open(dialog, field) {
  if (!dialog.open) dialog.showModal();
  dialog.onclick = event => { if (event.target === dialog) dialog.close(); };
  // The arrows walk the list; the caret stays where it is.
  field.onkeydown = event => { if (event.key === 'ArrowUp' || event.key === 'ArrowDown') event.preventDefault(); };
  field.select();
  field.focus();
}

export function close(dialog) {
  dialog.close();
}
