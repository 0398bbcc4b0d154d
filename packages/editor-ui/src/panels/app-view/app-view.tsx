import { type ReactNode, useEffect, useMemo } from "react";
import { fractionDone } from "../../connection/run-state.ts";
import { type NamedParam, namedParams } from "../../document/graph-names.ts";
import { words } from "../../messages/messages.ts";
import { type Editor, isRunning } from "../../state/editor.ts";
import { documentOf } from "../../state/editor-state.ts";
import { useStore } from "../../state/store.ts";
import { ParamRow } from "../param-row.tsx";
import { PicturePanel } from "../picture-panel.tsx";
import { NamedOutputs } from "./named-outputs.tsx";

/** The graph as a form of its named inputs and outputs, for people who only edit pictures. */
export function AppView({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("app"));
  return isOpen ? <OpenApp editor={editor} /> : null;
}

function OpenApp({ editor }: { readonly editor: Editor }): ReactNode {
  const graph = useStore(editor.store, documentOf);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const named = useMemo(() => namedParams(graph, catalogue), [graph, catalogue]);
  useEffect(() => {
    editor.showLevel([]);
    editor.clearSelection();
  }, [editor]);
  const [first, more] = [named.filter(isFirst), named.filter((param) => !isFirst(param))];
  return (
    <section className="app-view" aria-label={words.app.title}>
      <div className="app-form">
        <header className="app-head">
          <h2>{graph.name ?? words.app.title}</h2>
          <button type="button" className="button" onClick={() => editor.closePanel("app")}>
            {words.app.showGraph}
          </button>
        </header>
        {named.length === 0 && <p className="quiet">{words.app.nothingNamed}</p>}
        <Fields editor={editor} named={first} />
        {more.length > 0 && (
          <details>
            <summary>{words.app.moreSettings}</summary>
            <Fields editor={editor} named={more} />
          </details>
        )}
        <RunButtons editor={editor} />
      </div>
      <div className="app-result">
        <PicturePanel editor={editor} />
        <NamedOutputs editor={editor} />
      </div>
    </section>
  );
}

/** What a person sets for every picture: the picture and what to do with it. */
function isFirst({ spec }: NamedParam): boolean {
  if (spec.kind === "file") return spec.purpose === "open";
  return spec.kind === "text" && spec.folderPrefix === undefined;
}

function Fields({ editor, named }: { editor: Editor; named: readonly NamedParam[] }): ReactNode {
  return (
    <div className="params">
      {named.map((param) => (
        <ParamRow key={param.label} editor={editor} isPlain {...param} />
      ))}
    </div>
  );
}

function RunButtons({ editor }: { readonly editor: Editor }): ReactNode {
  const isUnderWay = useStore(editor.store, isRunning);
  const isOnline = useStore(editor.store, (state) => state.connection === "online");
  const done = useStore(editor.store, ({ runs }) => {
    const run = runs.findLast(({ phase }) => phase === "running");
    return run === undefined ? undefined : Math.round(fractionDone(run, runs) * 100);
  });
  return (
    <div className="app-run">
      <button
        type="button"
        className="button button-primary"
        disabled={!isOnline}
        onClick={() => editor.run()}
      >
        {words.run}
      </button>
      {isUnderWay && (
        <>
          <button type="button" className="button" onClick={() => editor.cancel()}>
            {words.cancelRun}
          </button>
          <progress
            aria-label={words.app.progress}
            {...(done === undefined ? {} : { value: done, max: 100 })}
          />
        </>
      )}
    </div>
  );
}
