// Runs before the first paint: a page must not flash in the wrong theme.
(function () {
  const systemDark = matchMedia('(prefers-color-scheme: dark)');

  function apply() {
    let chosen = 'system';
    try { chosen = localStorage.getItem('pb-theme') ?? 'system'; } catch { /* storage is switched off: the system's theme it is */ }
    const dark = chosen === 'dark' || (chosen !== 'light' && systemDark.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.documentElement.dataset.themeChoice = chosen;
  }

  window.pbApplyTheme = apply;
  systemDark.addEventListener('change', apply);
  window.addEventListener('storage', apply);
  apply();
})();
