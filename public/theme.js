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

  // The start module cannot report that it did not arrive itself; this script is the only one that can.
  addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement) {
        document.getElementById("app")?.setAttribute("hidden", "");
        document.getElementById("fatal")?.removeAttribute("hidden");
      }
    },
    true,
  );
})();
