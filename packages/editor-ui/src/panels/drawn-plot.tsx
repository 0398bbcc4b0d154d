import { type ReactNode, useEffect, useRef, useState } from "react";
import { words } from "../messages/messages.ts";

/** Observable Plot. */
export type PlotLibrary = typeof import("@observablehq/plot");

interface DrawnPlotProps {
  readonly label: string;
  readonly className?: string;
  /** Draws anew whenever it changes. */
  readonly draw: (library: PlotLibrary) => Element;
}

/** A plot. The library is loaded when the first one is drawn; where that fails, the page says so. */
export function DrawnPlot({ label, className, draw }: DrawnPlotProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [isMissing, setIsMissing] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const show = (library: PlotLibrary): void => {
      if (!isCurrent) return;
      const drawn = draw(library);
      // The frame says what is drawn; its parts have no role to bear names.
      for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
      frame.current?.replaceChildren(drawn);
    };
    import("@observablehq/plot").then(show, () => setIsMissing(true));
    return () => {
      isCurrent = false;
    };
  }, [draw]);
  if (isMissing) return <p className="quiet">{words.plotNotLoaded}</p>;
  return <div ref={frame} className={className} role="img" aria-label={label} />;
}
