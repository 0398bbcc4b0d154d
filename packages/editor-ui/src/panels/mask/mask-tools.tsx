import type { CSSProperties, ReactNode } from "react";
import { words } from "../../messages/messages.ts";

/** What a pointer does to a mask. */
export const maskTools = ["brush", "eraser", "lasso", "object"] as const;
/** One of them. */
export type MaskTool = (typeof maskTools)[number];

interface MaskToolsProps {
  readonly tool: MaskTool;
  chooseTool(tool: MaskTool): void;
  /** Diameter of the brush, in px of the picture. */
  readonly size: number;
  readonly largest: number;
  changeSize(size: number): void;
  /** Changes the whole mask. */
  change(kind: "fill" | "invert" | "clear"): void;
  readonly canUndo: boolean;
  undo(): void;
  use(): void;
  /** Beside the tools of the whole mask. */
  readonly children: ReactNode;
}

/** The buttons over a mask. */
export function MaskTools({ tool, size, largest, children, ...act }: MaskToolsProps): ReactNode {
  return (
    <div className="mask-tools" role="toolbar" aria-label={words.maskTools}>
      {maskTools.map((each) => (
        <button
          key={each}
          type="button"
          className="button"
          aria-pressed={tool === each}
          onClick={() => act.chooseTool(each)}
        >
          {words.maskTool[each]}
        </button>
      ))}
      {(tool === "brush" || tool === "eraser") && (
        <label>
          {words.brushSize}
          <input
            type="range"
            className="field-slider"
            min={1}
            max={largest}
            style={{ "--filled": `${(size / largest) * 100}%` } as CSSProperties}
            value={size}
            onChange={(event) => act.changeSize(event.target.valueAsNumber)}
          />
          {size} px
        </label>
      )}
      {(["fill", "invert", "clear"] as const).map((kind) => (
        <button key={kind} type="button" className="button" onClick={() => act.change(kind)}>
          {words.maskTool[kind]}
        </button>
      ))}
      {children}
      <button type="button" className="button" disabled={!act.canUndo} onClick={act.undo}>
        {words.actions.undo}
      </button>
      <button type="button" className="button button-primary" onClick={act.use}>
        {words.useMask}
      </button>
    </div>
  );
}
