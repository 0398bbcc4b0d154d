import { type ReactNode, useMemo, useState } from "react";
import { downloadFile } from "../commands/file-dialogs.ts";
import { sortRows, toCsv } from "../document/text-table.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { ownRuns } from "./run-names.ts";
import { type NamedTable, shownTables } from "./shown-tables.ts";
import { TableChart } from "./table-chart.tsx";

/** The tables that the latest run's nodes gave: sorted, filtered and exported. */
export function TablesSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("tables"));
  return isOpen ? <OpenTables editor={editor} /> : null;
}

function OpenTables({ editor }: { readonly editor: Editor }): ReactNode {
  const runs = useStore(editor.store, ownRuns);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tables are those of the runs
  const tables = useMemo(() => shownTables(editor.store.get()), [editor, runs]);
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
