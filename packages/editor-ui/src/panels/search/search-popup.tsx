import type { GraphFile } from "@insightgraph/engine/protocol";
import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { documentsClient } from "../../connection/documents-client.ts";
import { isNodeFile } from "../../document/node-file.ts";
import { rankItems } from "../../document/rank-items.ts";
import { words } from "../../messages/messages.ts";
import { CategoryMark } from "../../parts/category-mark.tsx";
import type { Search } from "../../state/editor-state.ts";
import { useStore } from "../../state/store.ts";
import type { Workbench } from "../../state/workbench.ts";
import { type OfferedItem, offerOf } from "./search-offer.ts";

/** Finds a node or a node type by words; what becomes of it is the search's task. */
export function SearchPopup({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const search = useStore(workbench.editor.store, (state) => state.search);
  return search === undefined ? null : <OpenSearch workbench={workbench} search={search} />;
}

interface OpenSearchProps {
  readonly workbench: Workbench;
  readonly search: Search;
}

/** The reusable nodes of the workspace, once the server has listed them. */
function useNodeFiles(): readonly string[] {
  const [files, setFiles] = useState<readonly string[]>([]);
  useEffect(() => {
    const take = (all: readonly GraphFile[]) =>
      setFiles(all.map(({ file }) => file).filter(isNodeFile));
    // Without a server there are none to list; the page says elsewhere that it is away.
    documentsClient.files().then(take, () => {});
  }, []);
  return files;
}

const width = 320;
const height = 340;

function OpenSearch({ workbench, search }: OpenSearchProps): ReactNode {
  const { editor } = workbench;
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const nodeFiles = useNodeFiles();
  const offer = useMemo(
    () => offerOf(workbench, search, nodeFiles),
    [workbench, search, nodeFiles],
  );
  const found = useMemo(() => rankItems(offer.items, query), [offer, query]);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector(`#search-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const close = () => editor.closeSearch();
  const choose = (item: OfferedItem | undefined) => {
    if (item === undefined) return;
    close();
    offer.choose(item.id);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setAt(Math.max(0, Math.min(found.length - 1, chosen + by)));
    else if (event.key === "Enter") choose(found[chosen]);
    else return;
    event.preventDefault();
  };
  const task = words.searchTasks[offer.kind];
  return (
    <div className="scrim" onPointerDown={close}>
      <div
        className="search"
        role="dialog"
        aria-label={task}
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
          aria-label={words.searchNodes}
          placeholder={task}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <div ref={list} id="search-list" className="search-list" role="listbox" aria-label={task}>
          {found.map((item, index) => (
            <Fragment key={item.id}>
              {query === "" &&
                item.group !== undefined &&
                item.group !== found[index - 1]?.group && (
                  <div className="search-group" role="presentation">
                    {item.group}
                  </div>
                )}
              <div
                id={`search-${index}`}
                className="search-item"
                role="option"
                aria-selected={index === chosen}
                tabIndex={-1}
                onPointerMove={() => setAt(index)}
                onClick={() => choose(item)}
                onKeyDown={press}
              >
                <CategoryMark role={item.role} />
                <span className="search-title">{item.title}</span>
                <span className="search-type">{item.id}</span>
                {item.warning === undefined ? (
                  <span className="search-doc">{item.doc}</span>
                ) : (
                  <span className="search-warning">{item.warning}</span>
                )}
              </div>
            </Fragment>
          ))}
        </div>
        {found.length === 0 && (
          <p className="search-none">
            {offer.items.length === 0 ? words.searchNothing[offer.kind] : words.searchNone(query)}
          </p>
        )}
      </div>
    </div>
  );
}
