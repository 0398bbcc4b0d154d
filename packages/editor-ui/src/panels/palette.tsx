import { type ReactNode, useMemo } from "react";
import type { Action } from "../commands/action.ts";
import { type ActionId, actionList, labelOf, perform } from "../commands/actions.ts";
import { shownKeyOf } from "../commands/shown-key.ts";
import { connect } from "../document/edits.ts";
import { type LinkOffer, linkOffers } from "../document/link-offers.ts";
import { ChoiceList } from "../fields/choice-list.tsx";
import { messagesOf, words } from "../messages/messages.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";

/** Every action that is possible now, found by its name. */
export function Palette({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const isOpen = useStore(workbench.editor.store, (state) => state.openPanels.has("palette"));
  return isOpen ? <OpenPalette workbench={workbench} /> : null;
}

function OpenPalette({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { editor } = workbench;
  const choices = useMemo(() => possibleActions(workbench), [workbench]);
  const close = () => editor.closePanel("palette");
  return (
    <ChoiceList
      title={words.palette}
      choices={choices}
      close={close}
      choose={({ id }) => {
        close();
        perform(id, workbench);
      }}
    />
  );
}

function possibleActions(workbench: Workbench) {
  return actionList
    .filter(([id, action]: readonly [ActionId, Action]) => {
      return id !== "palette" && action.isPossible?.(workbench) !== false;
    })
    .map(([id]) => {
      const key = shownKeyOf(id);
      return {
        id,
        label: labelOf(id),
        englishLabel: messagesOf.en.actions[id],
        ...(key === undefined ? {} : { hint: key }),
      };
    });
}

/** Links the selected node without a pointer: every link that it could have, found by name. */
export function LinkSheet({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const isOpen = useStore(workbench.editor.store, (state) => state.openPanels.has("link"));
  return isOpen ? <OpenLinks workbench={workbench} /> : null;
}

function OpenLinks({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { editor, canvas } = workbench;
  const { catalogue, selection, typing } = editor.store.get();
  const graph = graphOf(editor.store.get());
  const [node = ""] = selection.nodes;
  const offers = useMemo(
    () => (typing === undefined ? [] : linkOffers(graph, catalogue, typing, node)),
    [graph, catalogue, typing, node],
  );
  const close = () => {
    editor.closePanel("link");
    canvas()?.focusNode(node);
  };
  const choose = ({ from, to }: LinkOffer) => {
    editor.edit(connect({ node: from.node, output: from.port }, { node: to.node, input: to.port }));
    close();
  };
  return <ChoiceList title={words.linkTo} choices={offers} choose={choose} close={close} />;
}
