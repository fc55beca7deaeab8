let palette;

export function start(reference) {
  palette = reference;
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', closeMenus);
  // From here on what is clicked and typed reaches the server.
  document.documentElement.dataset.interactive = 'true';
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    palette.invokeMethodAsync('OpenPaletteAsync');
  } else if (event.key === 'Escape') {
    const open = event.target.closest?.('details[open]:is(.menu, .narrow)');
    if (open) {
      open.open = false;
      open.querySelector('summary').focus();
    }
  }
}

// A menu closes when something else is clicked, or when one of its choices was taken.
function closeMenus(event) {
  for (const menu of document.querySelectorAll('details[open]:is(.menu, .narrow)')) {
    const inside = menu.contains(event.target);
    if (!inside || event.target.closest('a')) menu.open = false;
  }
}
