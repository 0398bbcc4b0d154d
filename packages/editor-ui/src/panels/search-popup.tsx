import { entryOf, type NodeTypeSpec } from "@insightgraph/engine/graph";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { fittingPorts } from "../document/compatibility.ts";
import { CategoryMark } from "../parts/category-mark.tsx";
import { placeNode } from "../state/add-node.ts";
import type { Editor } from "../state/editor.ts";
import { type EditorState, graphOf, type Search } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { rankTypes } from "./rank-types.ts";

/** Finds a node type by words and adds it; after a link is dropped, only types that fit it. */
export function SearchPopup({ editor }: { readonly editor: Editor }): ReactNode {
  const search = useStore(editor.store, (state) => state.search);
  return search === undefined ? null : <OpenSearch editor={editor} search={search} />;
}

const width = 320;
const height = 340;

function OpenSearch({ editor, search }: { readonly editor: Editor; search: Search }): ReactNode {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const state = editor.store.get();
  const { types, preferred } = useMemo(() => offerOf(state, search), [state, search]);
  const found = rankTypes(types, query, preferred);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const close = () => editor.closeSearch();
  const add = (spec: NodeTypeSpec | undefined) => {
    if (spec === undefined) return;
    close();
    placeNode(editor, spec, search.place, search.from);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setAt(Math.max(0, Math.min(found.length - 1, chosen + by)));
    else if (event.key === "Enter") add(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="scrim" onPointerDown={close}>
      <div
        className="search"
        role="dialog"
        aria-label="Add a node"
        style={{
          left: Math.max(8, Math.min(search.at.x, innerWidth - width - 8)),
          top: Math.max(8, Math.min(search.at.y, innerHeight - height - 8)),
        }}
        onPointerDown={(event) => event.stopPropagation()}
      >
        <input
          ref={input}
          className="search-input"
          role="combobox"
          aria-expanded="true"
          aria-controls="search-list"
          aria-activedescendant={`search-${chosen}`}
          aria-label="Search nodes"
          placeholder={search.from === undefined ? "Add a node" : "Add a compatible node"}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <div ref={list} id="search-list" className="search-list" role="listbox" aria-label="Nodes">
          {found.map((spec, index) => (
            <div
              key={spec.type}
              id={`search-${index}`}
              className="search-item"
              role="option"
              aria-selected={index === chosen}
              tabIndex={-1}
              onPointerMove={() => setAt(index)}
              onClick={() => add(spec)}
              onKeyDown={press}
            >
              <CategoryMark role={state.categoryRoles.get(spec.category)} />
              <span className="search-title">{spec.title}</span>
              <span className="search-type">{spec.type}</span>
              <span className="search-doc">{spec.doc}</span>
            </div>
          ))}
        </div>
        {found.length === 0 && (
          <p className="search-none">
            {types.length === 0
              ? "No node is compatible with this port."
              : `No nodes match “${query}”.`}
          </p>
        )}
      </div>
    </div>
  );
}

interface Offer {
  readonly types: readonly NodeTypeSpec[];
  /** Those that take the link at a port of their own, not as a value for a param. */
  readonly preferred: ReadonlySet<string>;
}

function offerOf(state: EditorState, { from }: Search): Offer {
  const all = Object.values(state.catalogue);
  if (from === undefined) return { types: all, preferred: new Set() };
  const fitting = fittingPorts(graphOf(state), state.catalogue, from);
  const types = all.filter(({ type }) => fitting.has(type));
  const preferred = types.filter(({ type, params }) =>
    fitting.get(type)?.some((port) => entryOf(params, port) === undefined),
  );
  return { types, preferred: new Set(preferred.map(({ type }) => type)) };
}
