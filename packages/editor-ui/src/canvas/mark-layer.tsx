import { type CSSProperties, type ReactNode, useMemo } from "react";
import { createPortal } from "react-dom";
import { frameColours, type Mark, marksOf, putMark } from "../document/marks.ts";
import { words } from "../messages/messages.ts";
import { roleColour } from "../parts/category-mark.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { CanvasScene } from "./canvas-scene.ts";

/** Frames and notes, under links and nodes. */
export function MarkLayer({ scene }: { readonly scene: CanvasScene }): ReactNode {
  const ui = useStore(scene.editor.store, (state) => graphOf(state).ui);
  const marks = useMemo(() => marksOf(ui), [ui]);
  const moving = useStore(scene.shift, (shift) => shift?.mark);
  return createPortal(
    marks.map((mark) => {
      const isMoving = moving?.kind === mark.kind && moving.id === mark.id;
      const shown = isMoving ? moving : mark;
      return <MarkView key={`${mark.kind} ${mark.id}`} scene={scene} mark={shown} />;
    }),
    scene.area.area.content.holder,
  );
}

interface MarkProps<Kind extends Mark["kind"]> {
  readonly scene: CanvasScene;
  readonly mark: Extract<Mark, { kind: Kind }>;
}

function MarkView({ scene, mark }: { scene: CanvasScene; mark: Mark }): ReactNode {
  const { store } = scene.editor;
  const isNamed = (name: { kind: string; id: string } | undefined) =>
    name?.kind === mark.kind && name.id === mark.id;
  const isSelected = useStore(store, (state) => isNamed(state.selection.mark));
  const isWriting = useStore(store, (state) => isNamed(state.writing));
  const { x, y, width, height } = mark;
  const colour = mark.kind === "frame" ? roleColour(mark.colour) : "var(--line-strong)";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu of a mark does the same for the keyboard
    <div
      className={mark.kind}
      data-mark={mark.id}
      data-kind={mark.kind}
      data-selected={isSelected}
      style={{ translate: `${x}px ${y}px`, width, height, "--mark": colour } as CSSProperties}
      onDoubleClick={() => scene.editor.startWriting(mark)}
    >
      {mark.kind === "frame" ? (
        <FrameHead scene={scene} mark={mark} isWriting={isWriting} isSelected={isSelected} />
      ) : (
        <NoteText scene={scene} mark={mark} isWriting={isWriting} />
      )}
      <span className="mark-corner" />
    </div>
  );
}

function FrameHead({
  scene,
  mark,
  isWriting,
  isSelected,
}: MarkProps<"frame"> & { isWriting: boolean; isSelected: boolean }): ReactNode {
  const { editor } = scene;
  return (
    <header className="frame-head">
      {isWriting ? (
        <input
          ref={(field) => field?.select()}
          className="field"
          aria-label={words.frameTitle}
          defaultValue={mark.title}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
          }}
          onBlur={({ currentTarget: { value } }) => {
            if (value !== mark.title) editor.edit(putMark({ ...mark, title: value }));
            editor.startWriting(undefined);
          }}
        />
      ) : (
        <span>{mark.title === "" ? words.untitledFrame : mark.title}</span>
      )}
      {isSelected && (
        <span className="frame-colours">
          {frameColours.map((colour) => (
            <button
              key={colour}
              type="button"
              className="frame-colour"
              aria-label={words.frameColour(words.frameColours[colour])}
              aria-pressed={colour === mark.colour}
              style={{ background: roleColour(colour) }}
              onClick={() => editor.edit(putMark({ ...mark, colour }))}
            />
          ))}
        </span>
      )}
    </header>
  );
}

function NoteText({
  scene,
  mark,
  isWriting,
}: MarkProps<"note"> & { isWriting: boolean }): ReactNode {
  const { editor } = scene;
  if (!isWriting) return <Markdown text={mark.text === "" ? words.emptyNote : mark.text} />;
  return (
    <textarea
      ref={(field) => field?.focus()}
      className="field note-field"
      aria-label={words.noteText}
      defaultValue={mark.text}
      onBlur={({ currentTarget: { value } }) => {
        if (value !== mark.text) editor.edit(putMark({ ...mark, text: value }));
        editor.startWriting(undefined);
      }}
    />
  );
}
