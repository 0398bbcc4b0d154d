import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Client, createClient } from "@libsql/client/sqlite3";
import { EditingError } from "../errors.ts";
import { dataFolder } from "../files/data-folder.ts";

/** Answers by a digest of all that was asked. Several processes may share the file. */
export interface AnswerStore {
  get(key: string): Promise<string | undefined>;
  put(key: string, answer: string): Promise<void>;
  close(): void;
}

function unavailable(file: string, cause: unknown): EditingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EditingError("endpoint.store", `answers cannot be kept (${reason}).`, {
    at: file,
    hint: "Make the folder writable and free space on its disk, or set INSIGHTGRAPH_DATA to another folder.",
    cause,
  });
}

async function open(file: string): Promise<Client> {
  await mkdir(path.dirname(file), { recursive: true });
  const db = createClient({ url: `file:${file}` });
  await db.execute("PRAGMA busy_timeout = 10000");
  await db.execute("PRAGMA journal_mode = WAL");
  await db.execute("PRAGMA synchronous = NORMAL");
  await db.execute(
    "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID",
  );
  return db;
}

/**
 * Opens a store of answers in a SQLite file; deleting the file is safe.
 * Throws: endpoint.store, then and at each answer.
 */
export async function openAnswerStore(file: string): Promise<AnswerStore> {
  const refuse = (cause: unknown): never => {
    throw unavailable(file, cause);
  };
  const db = await open(file).catch(refuse);
  const execute = (sql: string, args: string[]) => db.execute({ sql, args }).catch(refuse);
  return {
    async get(key) {
      const { rows } = await execute("SELECT answer FROM answers WHERE key = ?", [key]);
      const answer = rows[0]?.["answer"];
      return answer === undefined ? undefined : String(answer);
    },
    async put(key, answer) {
      await execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", [key, answer]);
    },
    close: () => db.close(),
  };
}

let shared: Promise<AnswerStore> | undefined;

/** The store in the user's data folder; where it cannot be opened, the next question tries again. */
export function sharedAnswerStore(): Promise<AnswerStore> {
  shared ??= openAnswerStore(path.join(dataFolder, "answers.db")).catch((thrown: unknown) => {
    shared = undefined;
    throw thrown;
  });
  return shared;
}
