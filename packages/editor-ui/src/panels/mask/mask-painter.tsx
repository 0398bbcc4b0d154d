import {
  type CSSProperties,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { fileUrl, uploadFile } from "../../connection/files.ts";
import { modelsThatCan } from "../../connection/models-client.ts";
import type { Point } from "../../document/edits.ts";
import { nodeOf } from "../../document/edits.ts";
import { type Segmenter, segmentersIn } from "../../document/outline-graph.ts";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { addMaskNodes, pictureOf } from "../../state/add-mask.ts";
import type { Editor } from "../../state/editor.ts";
import { graphOf } from "../../state/editor-state.ts";
import { failure } from "../../state/failure.ts";
import { useStore } from "../../state/store.ts";
import { MadeMaskSelect } from "./made-mask-select.tsx";
import { madeMasks } from "./made-masks.ts";
import {
  drawMask,
  placeIn,
  type Size,
  type Stroke,
  selected,
  turnSize,
  unselected,
} from "./mask-strokes.ts";
import { type MaskTool, MaskTools } from "./mask-tools.tsx";
import { OutlineBar } from "./outline-bar.tsx";
import { useOutlines } from "./use-outlines.ts";

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

function OpenPainter({ editor, id, path }: OpenPainterProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<Size>();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [tool, setTool] = useState<MaskTool>("brush");
  const [size, setSize] = useState(24);
  const [masks] = useState(() => madeMasks(editor.store.get()));
  const [isDrawing, setDrawing] = useState(false);
  const [drag, setDrag] = useState<Drag>();
  const outlines = useOutlines(editor, id);
  const segmenters = useSegmenters(editor);
  const [named, setNamed] = useState<string>();
  const segmenter = segmenters.find(({ label }) => label === named) ?? segmenters[0];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && picture !== undefined) drawMask(context, picture, strokes);
  }, [picture, strokes]);

  const largest = Math.max(1, Math.round((picture?.width ?? 2) / 2));
  const close = () => editor.paintMask(undefined);
  const add = (stroke: Stroke) => setStrokes((before) => [...before, stroke]);
  const addMask = (mask: CanvasImageSource) => add({ kind: "mask", picture: mask });
  const placeOf = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): Point => {
    const { left, top, width } = currentTarget.getBoundingClientRect();
    const scale = (picture?.width ?? width) / width;
    return { x: (clientX - left) * scale, y: (clientY - top) * scale };
  };
  const begin = (at: Point) => {
    if (tool === "object") setDrag({ from: at, to: at });
    else add(tool === "lasso" ? { kind: tool, points: [at] } : { kind: tool, size, points: [at] });
  };
  const findObject = ({ from, to }: Drag, isTakenAway: boolean) => {
    if (segmenter === undefined || picture === undefined) return;
    const colour = isTakenAway ? unselected : selected;
    void outlines.find(segmenter, placeIn(from, to, picture), colour, addMask);
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
    <Dialog title={words.maskTitle} className="mask-painter" close={close}>
      <MaskTools
        tool={tool}
        chooseTool={setTool}
        size={size}
        largest={largest}
        changeSize={setSize}
        change={(kind) => add({ kind })}
        canUndo={strokes.length > 0}
        undo={() => setStrokes((before) => before.slice(0, -1))}
        use={() => void use()}
      >
        <MadeMaskSelect masks={masks} choose={addMask} />
      </MaskTools>
      {tool === "object" && (
        <OutlineBar
          segmenters={segmenters}
          chosen={segmenter}
          choose={setNamed}
          outlines={outlines}
        />
      )}
      <div className="mask-stage" style={stageStyle(picture)}>
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
              begin(placeOf(event));
            }}
            onPointerMove={(event) => {
              if (!isDrawing) return;
              const at = placeOf(event);
              if (drag !== undefined) setDrag({ ...drag, to: at });
              else setStrokes((before) => extended(before, at));
            }}
            onPointerUp={({ altKey }) => {
              setDrawing(false);
              if (drag !== undefined) findObject(drag, altKey);
              setDrag(undefined);
            }}
            onPointerCancel={() => {
              setDrawing(false);
              setDrag(undefined);
            }}
            onWheel={({ deltaY }) => setSize((now) => turnSize(now, deltaY, largest))}
          />
        )}
        {picture !== undefined && drag !== undefined && (
          <DraggedBox drag={drag} picture={picture} />
        )}
      </div>
    </Dialog>
  );
}

/** The stage has the shape of the picture, so that a stroke lands where it is drawn. */
function stageStyle(picture: Size | undefined): CSSProperties | undefined {
  if (picture === undefined) return undefined;
  const ratio = picture.width / picture.height;
  return { aspectRatio: ratio, width: `min(100%, ${70 * ratio}vh)` };
}

/** Who can find outlines; those of checkpoints come once the server has told which are installed. */
function useSegmenters(editor: Editor): readonly Segmenter[] {
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const [checkpoints, setCheckpoints] = useState<readonly string[]>([]);
  useEffect(() => {
    // Without the server, no outline is found either, and the search says so.
    modelsThatCan("segmenter").then(setCheckpoints, () => {});
  }, []);
  return useMemo(() => segmentersIn(catalogue, checkpoints), [catalogue, checkpoints]);
}

/** A box that is being dragged, in px of the picture. */
interface Drag {
  readonly from: Point;
  readonly to: Point;
}

function DraggedBox({ drag: { from, to }, picture }: { drag: Drag; picture: Size }): ReactNode {
  const style: CSSProperties = {
    left: `${(Math.min(from.x, to.x) / picture.width) * 100}%`,
    top: `${(Math.min(from.y, to.y) / picture.height) * 100}%`,
    width: `${(Math.abs(to.x - from.x) / picture.width) * 100}%`,
    height: `${(Math.abs(to.y - from.y) / picture.height) * 100}%`,
  };
  return (
    <div className="mask-drag">
      <div style={style} />
    </div>
  );
}

/** The strokes with the last one drawn on to a place. */
function extended(strokes: readonly Stroke[], at: Point): readonly Stroke[] {
  const last = strokes.at(-1);
  if (last === undefined || !("points" in last)) return strokes;
  return [...strokes.slice(0, -1), { ...last, points: [...last.points, at] }];
}
