// Sets the theme before the first paint. A classic script in the head, because a module would run after it.
// `roost.theme`: light | dark | system; `roost.contrast`: more | system. Anything else counts as system.
(() => {
  const root = document.documentElement;
  const wantsContrast = matchMedia("(prefers-contrast: more)");

  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off: the system decides
    }
  };

  const apply = () => {
    const theme = stored("roost.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    if (stored("roost.contrast") === "more" || wantsContrast.matches) root.dataset.contrast = "more";
    else delete root.dataset.contrast;
  };

  apply();
  wantsContrast.addEventListener("change", apply);

  // A page that some cache has kept names files that a new version took away; loaded anew, it names those that are there.
  // Once: what was loaded anew already is not. Says whether the page is being left.
  let isLeaving = false; // several files may be missed at the same time
  globalThis.roostAgain = () => {
    if (isLeaving) return true;
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return false;
    isLeaving = true;
    location.reload();
    return true;
  };

  // The start module cannot report that it did not arrive itself; this script is the only one that can.
  addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement && !globalThis.roostAgain()) {
        document.getElementById("app")?.setAttribute("hidden", "");
        document.getElementById("fatal")?.removeAttribute("hidden");
      }
    },
    true,
  );
})();
