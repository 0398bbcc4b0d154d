import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useState,
} from "react";
import { words } from "../messages/messages.ts";
import { SlideIcon } from "../parts/icons.tsx";

/** A picture with the words under it. */
export interface ShownPicture {
  readonly url: string;
  readonly label: string;
}

interface CompareSliderProps {
  readonly before: ShownPicture;
  readonly after: ShownPicture;
}

/** Two pictures in one place; the line between them follows the pointer or the arrow keys. */
export function CompareSlider({ before, after }: CompareSliderProps): ReactNode {
  const [share, setShare] = useState(50);
  const move = (event: PointerEvent<HTMLElement>) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setShare(clamp(((event.clientX - left) / width) * 100));
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -5, ArrowRight: 5, Home: -100, End: 100 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setShare((before) => clamp(before + by));
  };
  return (
    <figure
      className="compare"
      style={{ "--share": `${share}%` } as CSSProperties}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
    >
      <img className="compare-picture" src={after.url} alt={after.label} draggable={false} />
      <img
        className="compare-picture compare-before"
        src={before.url}
        alt={before.label}
        draggable={false}
      />
      <div
        className="compare-line"
        role="slider"
        aria-label={words.page.compare(before.label, after.label)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share)}
        tabIndex={0}
        onKeyDown={step}
      >
        <span className="compare-grip">
          <SlideIcon />
        </span>
      </div>
      <figcaption className="compare-label" data-side="before">
        {before.label}
      </figcaption>
      <figcaption className="compare-label" data-side="after">
        {after.label}
      </figcaption>
    </figure>
  );
}

function clamp(share: number): number {
  return Math.min(100, Math.max(0, share));
}
