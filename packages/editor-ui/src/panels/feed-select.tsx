import { entryOf, type Link } from "@insightgraph/engine/graph";
import { type ReactNode, useMemo } from "react";
import { toSentence } from "../connection/issue-words.ts";
import { whyUnfit } from "../document/compatibility.ts";
import { connect, disconnect, type InputEnd } from "../document/edits.ts";
import { feedsFor } from "../document/feeds.ts";
import { titleAt, toWords } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { graphOf } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";

interface FeedSelectProps {
  readonly editor: Editor;
  readonly end: InputEnd;
  readonly label: string;
  readonly accepts: string;
}

const setHere = "";

/** Chooses between a value set here and an output that feeds the param; absent while no output could. */
export function FeedSelect({ editor, end, label, accepts }: FeedSelectProps): ReactNode {
  const graph = useStore(editor.store, graphOf);
  const catalogue = useStore(editor.store, (state) => state.catalogue);
  const link = entryOf(entryOf(graph.nodes, end.node)?.inputs, end.input);
  const feeds = useMemo(() => {
    const found = feedsFor(graph, catalogue, end.node, accepts);
    const isAmong = found.some((feed) => toValue(feed) === (link && toValue(link)));
    return link === undefined || isAmong ? found : [...found, link];
  }, [graph, catalogue, end.node, accepts, link]);
  if (feeds.length === 0) return null;
  return (
    <select
      className="field field-choice param-feed"
      aria-label={words.inspector.feed(label)}
      value={link === undefined ? setHere : toValue(link)}
      onChange={({ target }) => feed(editor, end, feeds[target.selectedIndex - 1])}
    >
      <option value={setHere}>{words.inspector.setHere}</option>
      {feeds.map((each) => (
        <option key={toValue(each)} value={toValue(each)}>
          {words.inspector.feedFrom(titleAt(graph, each.node, catalogue), toWords(each.output))}
        </option>
      ))}
    </select>
  );
}

function toValue({ node, output }: Link): string {
  return `${node}/${output}`;
}

function feed(editor: Editor, end: InputEnd, link: Link | undefined): void {
  if (link === undefined) {
    editor.edit(disconnect(end));
    return;
  }
  const state = editor.store.get();
  const [from, to] = [
    { node: link.node, side: "output", port: link.output } as const,
    { node: end.node, side: "input", port: end.input } as const,
  ];
  const reason = whyUnfit(graphOf(state), state.catalogue, from, to);
  if (reason === undefined) editor.edit(connect(link, end));
  else editor.notify({ tone: "info", text: toSentence(reason) });
}
