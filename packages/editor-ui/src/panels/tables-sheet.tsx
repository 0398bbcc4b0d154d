import { entryOf } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import { type ReactNode, useMemo, useState } from "react";
import { downloadFile } from "../commands/file-dialogs.ts";
import type { NodeState } from "../connection/run-state.ts";
import { nodeOf } from "../document/edits.ts";
import { findTable, sortRows, type TextTable, toCsv } from "../document/text-table.ts";
import { titleOf, toWords } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import type { EditorState } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import { TableChart } from "./table-chart.tsx";

/** The tables that the latest run's nodes gave: sorted, filtered and exported. */
export function TablesSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("tables"));
  return isOpen ? <OpenTables editor={editor} /> : null;
}

function OpenTables({ editor }: { readonly editor: Editor }): ReactNode {
  const runs = useStore(editor.store, (state) => state.runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tables are those of the runs
  const tables = useMemo(() => tablesOf(editor.store.get()), [editor, runs]);
  const [filter, setFilter] = useState("");
  return (
    <Dialog
      title={words.tables}
      className="tables"
      close={() => editor.closePanel("tables")}
      tools={
        <input
          className="field history-filter"
          type="search"
          aria-label={words.filterRows}
          placeholder={words.filterRows}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      }
    >
      {tables.length === 0 && <p className="quiet">{words.noTables}</p>}
      {tables.map(({ title, table }) => (
        <SortedTable key={title} title={title} table={table} filter={filter} />
      ))}
    </Dialog>
  );
}

interface NamedTable {
  readonly title: string;
  readonly table: TextTable;
}

function tablesOf({ runs, catalogue }: EditorState): NamedTable[] {
  const run = runs.findLast(({ phase }) => phase === "finished" || phase === "running");
  return Object.entries(run?.nodes ?? {}).flatMap(([id, node]) => {
    const made = run === undefined ? undefined : nodeOf(run.graph, id);
    if (made === undefined) return [];
    const first = Object.keys(entryOf(catalogue, made.type)?.outputs ?? {})[0] ?? "";
    return Object.entries(previewsOf(node, first)).flatMap(([output, preview]) => {
      const table = preview.kind === "text" ? findTable(preview.text) : undefined;
      const title = `${titleOf(made, catalogue)} (${id}) · ${toWords(output)}`;
      return table === undefined ? [] : [{ title, table }];
    });
  });
}

/** What a node gave, or shows of its first output while it runs. */
function previewsOf(node: NodeState, first: string): Readonly<Record<string, Preview>> {
  if (node.phase === "done") return node.previews;
  if (node.phase !== "running" || node.preview === undefined) return {};
  return { [first]: node.preview };
}

function SortedTable({ title, table, filter }: NamedTable & { filter: string }): ReactNode {
  const [order, setOrder] = useState<{ readonly column: number; readonly isDescending: boolean }>();
  const wanted = filter.toLowerCase();
  const found = table.rows.filter((row) => row.some((cell) => cell.toLowerCase().includes(wanted)));
  const rows = order === undefined ? found : sortRows(found, order.column, order.isDescending);
  const sortBy = (column: number) =>
    setOrder({ column, isDescending: order?.column === column && !order.isDescending });
  const directionOf = (column: number) => {
    if (order?.column !== column) return "none";
    return order.isDescending ? "descending" : "ascending";
  };
  const download = () =>
    downloadFile(new File([toCsv({ ...table, rows })], "table.csv", { type: "text/csv" }));
  return (
    <section aria-label={title}>
      <header className="dialog-head">
        <h3>{title}</h3>
        <button type="button" className="button" onClick={download}>
          {words.downloadCsv}
        </button>
      </header>
      <TableChart table={table} />
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              {table.columns.map((name, column) => (
                <th key={name} scope="col" aria-sort={directionOf(column)}>
                  <button type="button" onClick={() => sortBy(column)}>
                    {name}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join("\u0000")}>
                {row.map((cell, column) => (
                  <td key={table.columns[column]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
