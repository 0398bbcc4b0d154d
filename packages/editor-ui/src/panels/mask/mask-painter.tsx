import {
  type CSSProperties,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import { fileUrl, uploadFile } from "../../connection/files.ts";
import type { Point } from "../../document/edits.ts";
import { nodeOf } from "../../document/edits.ts";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { addMaskNodes, pictureOf } from "../../state/add-mask.ts";
import type { Editor } from "../../state/editor.ts";
import { graphOf } from "../../state/editor-state.ts";
import { failure } from "../../state/failure.ts";
import { useStore } from "../../state/store.ts";
import { MadeMaskSelect } from "./made-mask-select.tsx";
import { madeMasks } from "./made-masks.ts";
import { drawMask, type Stroke, turnSize } from "./mask-strokes.ts";

/** Paints a mask over the picture that a node opens; it becomes a node beside it. */
export function MaskPainter({ editor }: { readonly editor: Editor }): ReactNode {
  const id = useStore(editor.store, (state) => state.painting);
  const path = useStore(editor.store, (state) => {
    const node = nodeOf(graphOf(state), id ?? "");
    return node === undefined ? undefined : pictureOf(node, state.catalogue);
  });
  if (id === undefined || path === undefined) return null;
  return <OpenPainter editor={editor} id={id} path={path} />;
}

interface OpenPainterProps {
  readonly editor: Editor;
  readonly id: string;
  readonly path: string;
}

type Tool = "brush" | "eraser" | "lasso";
const tools: readonly Tool[] = ["brush", "eraser", "lasso"];

interface Size {
  readonly width: number;
  readonly height: number;
}

function OpenPainter({ editor, id, path }: OpenPainterProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<Size>();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [tool, setTool] = useState<Tool>("brush");
  const [size, setSize] = useState(24);
  const [masks] = useState(() => madeMasks(editor.store.get()));
  const [isDrawing, setDrawing] = useState(false);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && picture !== undefined) drawMask(context, picture, strokes);
  }, [picture, strokes]);

  const largest = Math.max(1, Math.round((picture?.width ?? 2) / 2));
  const close = () => editor.paintMask(undefined);
  const add = (stroke: Stroke) => setStrokes((before) => [...before, stroke]);
  const undo = () => setStrokes((before) => before.slice(0, -1));
  const placeOf = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): Point => {
    const { left, top, width } = currentTarget.getBoundingClientRect();
    const scale = (picture?.width ?? width) / width;
    return { x: (clientX - left) * scale, y: (clientY - top) * scale };
  };
  const use = async () => {
    try {
      const blob = await new Promise<Blob | null>((resolve) => canvas.current?.toBlob(resolve));
      if (blob === null) throw new Error(words.maskNotMade);
      const mask = await uploadFile(new File([blob], "mask.png", { type: "image/png" }));
      if (!addMaskNodes(editor, id, mask)) throw new Error(words.noMaskNode);
      close();
    } catch (thrown) {
      editor.notify(failure(thrown));
    }
  };
  return (
    <Dialog title={words.actions.paintMask} className="mask-painter" close={close}>
      <div className="mask-tools" role="toolbar" aria-label={words.maskTools}>
        {tools.map((each) => (
          <button
            key={each}
            type="button"
            className="button"
            aria-pressed={tool === each}
            onClick={() => setTool(each)}
          >
            {words.maskTool[each]}
          </button>
        ))}
        <label>
          {words.brushSize}
          <input
            type="range"
            className="field-slider"
            min={1}
            max={largest}
            style={{ "--filled": `${(size / largest) * 100}%` } as CSSProperties}
            value={size}
            onChange={(event) => setSize(event.target.valueAsNumber)}
          />
          {size} px
        </label>
        {(["fill", "invert", "clear"] as const).map((kind) => (
          <button key={kind} type="button" className="button" onClick={() => add({ kind })}>
            {words.maskTool[kind]}
          </button>
        ))}
        <MadeMaskSelect masks={masks} choose={(mask) => add({ kind: "mask", picture: mask })} />
        <button type="button" className="button" disabled={strokes.length === 0} onClick={undo}>
          {words.actions.undo}
        </button>
        <button type="button" className="button button-primary" onClick={() => void use()}>
          {words.useMask}
        </button>
      </div>
      <div className="mask-stage">
        <img
          src={fileUrl(path)}
          alt=""
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            setPicture({ width, height })
          }
        />
        {picture !== undefined && (
          <canvas
            ref={canvas}
            {...picture}
            aria-label={words.actions.paintMask}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrawing(true);
              const points = [placeOf(event)];
              add(tool === "lasso" ? { kind: tool, points } : { kind: tool, size, points });
            }}
            onPointerMove={(event) => {
              if (!isDrawing) return;
              const at = placeOf(event);
              setStrokes((before) => extended(before, at));
            }}
            onPointerUp={() => setDrawing(false)}
            onPointerCancel={() => setDrawing(false)}
            onWheel={({ deltaY }) => setSize((now) => turnSize(now, deltaY, largest))}
          />
        )}
      </div>
    </Dialog>
  );
}

/** The strokes with the last one drawn on to a place. */
function extended(strokes: readonly Stroke[], at: Point): readonly Stroke[] {
  const last = strokes.at(-1);
  if (last === undefined || !("points" in last)) return strokes;
  return [...strokes.slice(0, -1), { ...last, points: [...last.points, at] }];
}
