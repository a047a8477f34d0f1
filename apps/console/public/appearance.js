// Before the first paint: the theme and density that this browser chose, so that nothing flashes.
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('tollgate.preferences') || '{}');
    var root = document.documentElement;
    if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme;
    if (kept.density === 'compact') root.dataset.density = 'compact';
  } catch {
    // Storage may be closed to us: the system's theme serves.
  }
})();
