import { parseGraph } from "../graph/parse-graph.ts";
import { createJournal, type Journal, openJournal } from "./journal.ts";
import { applyChange, type Change, type Changed, type WorkingCopy } from "./working-copy.ts";

/** A document whose every change is kept in a journal. */
export interface OpenDocument {
  readonly copy: WorkingCopy;
  /**
   * Makes a change of what the changes before it left. Once this resolves, nothing forgets it.
   * Throws: what `make` throws, `document.patch`, `graph.*`, a failed write; nothing has changed then.
   */
  change(make: (copy: WorkingCopy) => Change | Promise<Change>): Promise<Changed>;
  /** Waits for the changes under way. */
  close(): Promise<void>;
  /** Closes it and forgets it, once what is under way is done. @param check Throws where it must stay. */
  remove(check: (copy: WorkingCopy) => void): Promise<void>;
}

/** A journal that grew by this much is written anew. */
const maxGrowthBytes = 4 * 1024 * 1024;

function keepIn(journal: Journal, first: WorkingCopy): OpenDocument {
  let copy = first;
  let rewriteAbove = journal.size + maxGrowthBytes;
  let last: Promise<unknown> = Promise.resolve();

  const change: OpenDocument["change"] = async (make) => {
    const entry = await make(copy);
    const changed = applyChange(copy, entry);
    if (changed.patches.length > 0) parseGraph(changed.copy.graph);
    await journal.append(entry);
    copy = changed.copy;
    if (journal.size > rewriteAbove) {
      await journal.rewrite(copy);
      rewriteAbove = journal.size + maxGrowthBytes;
    }
    return changed;
  };
  const inTurn = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  };
  return {
    get copy() {
      return copy;
    },
    change: (make) => inTurn(() => change(make)),
    async close() {
      await last;
      await journal.close();
    },
    remove: (check) =>
      inTurn(async () => {
        check(copy);
        await journal.remove();
      }),
  };
}

/** Opens a new document. Throws: `disk.full`, `file.unwritable`. */
export async function openDocument(file: string, copy: WorkingCopy): Promise<OpenDocument> {
  return keepIn(await createJournal(file, copy), copy);
}

/** Opens a document as its last change left it. Throws: whatever a damaged journal causes. */
export async function restoreDocument(file: string): Promise<OpenDocument> {
  const { journal, entries } = await openJournal(file);
  const [first, ...changes] = entries as readonly [WorkingCopy, ...Change[]];
  const copy = changes.reduce((before, change) => applyChange(before, change).copy, first);
  return keepIn(journal, copy);
}
