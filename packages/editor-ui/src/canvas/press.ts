import type { Point } from "../document/edits.ts";

/** What follows a press until the pointer is let go. */
export interface Press {
  /** @param at on the screen */
  move(at: Point, event: PointerEvent): void;
  /** @param isMoved false for a click */
  end(at: Point, event: PointerEvent, isMoved: boolean): void;
  cancel(): void;
}

/** A hand trembles: less than this is a click, in px of the screen. */
const slack = 4;

/** Follows a pressed pointer to its end; a second finger ends the gesture without effect. */
export function followPress(down: PointerEvent, press: Press): void {
  const { pointerId } = down;
  let isMoved = false;
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    isMoved ||= Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) >= slack;
    if (isMoved) press.move({ x: event.clientX, y: event.clientY }, event);
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    stop();
    if (event.type === "pointercancel") press.cancel();
    else press.end({ x: event.clientX, y: event.clientY }, event, isMoved);
  };
  const another = (event: PointerEvent) => {
    if (event.pointerId === pointerId) return;
    stop();
    press.cancel();
  };
  const stop = () => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", end);
    window.removeEventListener("pointerdown", another, true);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
  window.addEventListener("pointerdown", another, true);
}
