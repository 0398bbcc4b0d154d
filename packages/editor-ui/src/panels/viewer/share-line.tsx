import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { SlideIcon } from "../../parts/icons.tsx";

interface ShareLineProps {
  readonly label: string;
  /** In percent of the frame. */
  readonly share: number;
  change(share: number): void;
}

/** The line between two pictures, which a pointer or the arrow keys move. */
export function ShareLine({ label, share, change }: ShareLineProps): ReactNode {
  const drag = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation();
    const frame = event.currentTarget.parentElement?.getBoundingClientRect();
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    else if (event.buttons !== 1) return;
    if (frame !== undefined) change(clamp(((event.clientX - frame.left) / frame.width) * 100));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -5, ArrowRight: 5, Home: -100, End: 100 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    change(clamp(share + by));
  };
  return (
    <div
      className="compare-line"
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
      tabIndex={0}
      onKeyDown={step}
      onPointerDown={drag}
      onPointerMove={drag}
    >
      <span className="compare-grip">
        <SlideIcon />
      </span>
    </div>
  );
}

function clamp(share: number): number {
  return Math.min(100, Math.max(0, share));
}
