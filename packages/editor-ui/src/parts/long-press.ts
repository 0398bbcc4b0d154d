/** A finger that rests for this long asks for a menu. */
const restMs = 500;
/** A finger trembles: less than this is rest, in px of the screen. */
const slack = 10;

/** A finger that rests on something opens its menu, as the second button of a mouse does. */
export function listenToLongPresses(): () => void {
  const controller = new AbortController();
  const options = { capture: true, signal: controller.signal };
  let stop = () => {};
  /** Whether this press has opened a menu: what else the browser makes of it is left out. */
  let hasOpened = false;

  const start = (down: PointerEvent) => {
    stop();
    hasOpened = false;
    if (down.pointerType !== "touch" || !down.isPrimary) return;
    const timer = setTimeout(() => {
      hasOpened = true;
      openMenu(down);
    }, restMs);
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - down.clientX, clientY - down.clientY) > slack) stop();
    };
    window.addEventListener("pointermove", move, options);
    stop = () => {
      clearTimeout(timer);
      window.removeEventListener("pointermove", move, options);
    };
  };
  const leaveOut = (event: MouseEvent) => {
    if (!hasOpened || !event.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("pointerdown", start, options);
  for (const end of ["pointerup", "pointercancel"] as const) {
    window.addEventListener(end, () => stop(), options);
  }
  window.addEventListener("contextmenu", leaveOut, options);
  window.addEventListener("click", leaveOut, options);
  return () => {
    stop();
    controller.abort();
  };
}

/** Ends what the finger began, such as moving a node, then asks for the menu where it lies. */
function openMenu({ target, pointerId, clientX, clientY }: PointerEvent): void {
  window.dispatchEvent(new PointerEvent("pointercancel", { pointerId }));
  const at = { bubbles: true, cancelable: true, clientX, clientY };
  target?.dispatchEvent(new MouseEvent("contextmenu", at));
}
