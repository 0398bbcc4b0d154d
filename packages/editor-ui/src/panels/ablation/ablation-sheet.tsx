import { type ReactNode, useState } from "react";
import { words } from "../../messages/messages.ts";
import { Dialog } from "../../parts/dialog.tsx";
import type { Editor } from "../../state/editor.ts";
import { useStore } from "../../state/store.ts";
import { AxesEditor } from "./axes-editor.tsx";
import { ResultsView } from "./results-view.tsx";
import { VotesView } from "./votes-view.tsx";

const views = ["variants", "results", "votes"] as const;
type View = (typeof views)[number];

/** Variants of the graph, what they score on the same items, and what people prefer. */
export function AblationSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("ablation"));
  return isOpen ? <OpenAblation editor={editor} /> : null;
}

function OpenAblation({ editor }: { readonly editor: Editor }): ReactNode {
  const [view, setView] = useState<View>("variants");
  const [chosen, choose] = useState<string>();
  const show = (id: string) => {
    choose(id);
    setView("results");
  };
  return (
    <Dialog
      title={words.actions.ablation}
      className="ablation"
      close={() => editor.closePanel("ablation")}
      tools={
        <div className="ablation-views">
          {views.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              aria-pressed={view === name}
              onClick={() => setView(name)}
            >
              {words[name]}
            </button>
          ))}
        </div>
      }
    >
      {view === "variants" && <AxesEditor editor={editor} started={show} />}
      {view === "results" && <ResultsView editor={editor} chosen={chosen} choose={choose} />}
      {view === "votes" && <VotesView editor={editor} chosen={chosen} choose={choose} />}
    </Dialog>
  );
}
