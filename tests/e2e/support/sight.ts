// What a reader sees, reaches and hits, measured in the page. Each function runs there, so it stands alone: it gives the
// elements for which something is not so.

/** The spacing that a reader may ask for (1.4.12), as a sheet that the policy lets in. */
export const SPACING = {
  on: () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
       p { margin-block-end: 2em !important }`,
    );
    document.adoptedStyleSheets.push(sheet);
  },
  off: () => {
    document.adoptedStyleSheets.pop();
  },
};

/** Waits until the page has answered to a change of its size: two frames, for what measures itself. */
export async function settle(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}

/** 1.4.10: the page is wider than the window, or a dialog is cut off where nothing scrolls. */
export function sideways(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth} px`] : [];
  const cut = [...document.querySelectorAll("dialog[open]")]
    .filter((one) => getComputedStyle(one).overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1)
    .map((one) => `${one.scrollHeight - one.clientHeight} px are cut off of ${one.outerHTML.slice(0, 100)}`);
  return [...wide, ...cut];
}

/** 2.3.3: what moves although the reader asked for stillness. */
export function moving(): string[] {
  return document
    .getAnimations()
    .filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1 && one.playState === "running")
    .filter((one) => !(one instanceof CSSAnimation) || one.animationName !== "late")
    .map((one) => {
      const target = (one.effect as KeyframeEffect | null)?.target;
      return `${one.constructor.name} ${(one as CSSAnimation).animationName ?? ""}: ${target?.outerHTML.slice(0, 100)}`;
    });
}

/** 2.5.8: targets smaller than 24 by 24 that have not enough room around them, either. */
export function smallTargets(): string[] {
  const LEAST = 24;
  const all = [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, summary, [role="option"]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !one.closest("[inert]"))
    // Within a sentence the line decides how high a link is.
    .filter((one) => !(one.matches("a") && getComputedStyle(one).display === "inline" && !one.matches(".row-link") && one.closest("p, li, dd")))
    .filter((one) => !one.matches(".skip-link:not(:focus)"))
    .map((one) => {
      // A label is part of its field's target, a row of its link's.
      const area = one.closest("label") ?? (one.matches(".row-link") ? one.closest('[role="row"]') : null) ?? one;
      return { one, box: area.getBoundingClientRect() };
    })
    .filter(({ box }) => box.width > 0 && box.height > 0);
  const middle = ({ left, top, width, height }: DOMRect) => [left + width / 2, top + height / 2] as const;
  const small = ({ width, height }: DOMRect) => width < LEAST - 0.5 || height < LEAST - 0.5;
  return all
    .filter(({ one, box }) => {
      if (!small(box)) return false;
      const [x, y] = middle(box);
      return all.some((other) => {
        if (other.one === one || other.one.contains(one) || one.contains(other.one)) return false;
        const [nearX, nearY] = [Math.max(other.box.left, Math.min(x, other.box.right)), Math.max(other.box.top, Math.min(y, other.box.bottom))];
        if (Math.hypot(nearX - x, nearY - y) < LEAST / 2) return true;
        const [otherX, otherY] = middle(other.box);
        return small(other.box) && Math.hypot(otherX - x, otherY - y) < LEAST;
      });
    })
    .map(({ one, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`);
}

/** 1.4.11 where the system has the colours: controls drawn by us, icons like the ground, marks that were a colour. */
export function lostColours(): string[] {
  const lost: string[] = [];
  const probe = document.createElement("div");
  probe.style.setProperty("background-color", "Canvas");
  document.body.append(probe);
  const ground = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const say = (one: Element, what: string) => lost.push(`${what}: ${one.outerHTML.slice(0, 140)}`);
  const shown = (selector: string) =>
    [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  /** A line at one side or around, the element's own or that of what lies over it. */
  const lined = (one: Element, least: number) =>
    [null, "::before", "::after"].some((part) => {
      const style = getComputedStyle(one, part);
      if (part !== null && style.content === "none") return false;
      const sides = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth];
      const styles = [style.borderTopStyle, style.borderRightStyle, style.borderBottomStyle, style.borderLeftStyle];
      return (
        sides.some((width, side) => parseFloat(width) >= least && styles[side] !== "none") ||
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= least)
      );
    });

  for (const one of shown('input[type="checkbox"], input[type="radio"]')) {
    if (getComputedStyle(one).appearance === "none") say(one, "a control of our own drawing");
  }
  for (const one of shown("svg")) {
    const { stroke, fill, color } = getComputedStyle(one);
    const ink = stroke === "none" ? fill : stroke;
    if (ink === ground || color === ground) say(one.parentElement ?? one, "an icon in the colour of the ground");
  }
  const marked = 'a[aria-current]:not([aria-current="false"]), [role="option"][aria-selected="true"], .vt-selected, .field-changed';
  for (const one of shown(marked)) {
    const bold = Number(getComputedStyle(one).fontWeight) >= 600;
    if (!lined(one, 2) && !bold) say(one, "a mark that was only a colour");
  }
  for (const one of shown(".badge-fill, .note, .strip, .nav-badge, .bone, .input, .select select, .tags-box, .search, .btn, dialog[open], [popover]:popover-open")) {
    if (!lined(one, 1)) say(one, "an edge that was only a colour");
  }
  return lost;
}
