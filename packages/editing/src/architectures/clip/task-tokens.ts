import type { StoredTensor, WeightMap } from "@insightgraph/models";

/** PowerPaint's tasks, in the order of newer files' rows: an object in a hole, the hole's surroundings, an object of its shape. */
const taskNames = ["P_obj", "P_ctxt", "P_shape"];

/** Vectors that each task's word stands for. */
const vectors = 10;
const embedding = "text_model.embeddings.token_embedding";

/** A text encoder's weights, and ids of the learnt vectors of each task. */
export interface TaskTokens {
  readonly weights: WeightMap;
  readonly words: number;
  /** Ids that follow each other, by their names. */
  readonly added: Readonly<Record<string, number>>;
}

const nameOf = (task: string, at: number): string => `<${task}:${at}>`;

function idsFrom(first: number, tasks: readonly string[]): Record<string, number> {
  const names = tasks.flatMap((task) =>
    Array.from({ length: vectors }, (_, at) => nameOf(task, at)),
  );
  return Object.fromEntries(names.map((name, at) => [name, first + at]));
}

/** Rows of several tables below each other. */
function stacked(tables: readonly StoredTensor[]): StoredTensor | undefined {
  const [first] = tables;
  if (first === undefined || tables.some(({ dtype }) => dtype !== first.dtype)) return undefined;
  const rows = tables.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const data = Buffer.concat(tables.map((table) => table.data));
  return { dtype: first.dtype, shape: [rows, first.shape[1] ?? 0], data };
}

/**
 * Finds PowerPaint's task tokens in a text encoder: thirty rows behind the words that its tokenizer knows, or tables of their
 * own beside the words' (`token_embedding.trainable_embeddings.P_ctxt`). Undefined where there are none.
 * Source: PowerPaint (arXiv:2312.03594), section 3.2; the layouts of its version 1.
 */
export function findTaskTokens(
  weights: WeightMap,
  words: { readonly encoder: number; readonly tokenizer: number },
): TaskTokens | undefined {
  const own = weights.get(`${embedding}.wrapped.weight`);
  if (own === undefined) {
    if (words.encoder !== words.tokenizer + vectors * taskNames.length) return undefined;
    return { weights, words: words.encoder, added: idsFrom(words.tokenizer, taskNames) };
  }
  const tables = taskNames.flatMap((task) => {
    const table = weights.get(`${embedding}.trainable_embeddings.${task}`);
    return table === undefined || table.shape[0] !== vectors ? [] : [table];
  });
  const table = tables.length === taskNames.length ? stacked([own, ...tables]) : undefined;
  if (table === undefined) return undefined;
  const [first = 0] = own.shape;
  return {
    weights: new Map([...weights, [`${embedding}.weight`, table]]),
    words: table.shape[0] ?? 0,
    added: idsFrom(first, taskNames),
  };
}

/** A prompt with the tokens of each task that it names. */
export function spellTasks(text: string): string {
  const spell = (task: string): string =>
    Array.from({ length: vectors }, (_, at) => nameOf(task, at)).join(" ");
  return text.replaceAll(/\bP_(?:obj|ctxt|shape)\b/g, spell);
}
