import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type DatasetItem,
  type Fields,
  type FieldValue,
  fileStem,
  isPictureFile,
  pictureEnding,
} from "@insightgraph/editing/datasets";
import type { BatchItem, ItemResult, PreparedItem, Provenance } from "@insightgraph/engine/batches";
import type { GraphDocument, Json, NodeCatalogue } from "@insightgraph/engine/graph";
import type { RunEvent } from "@insightgraph/engine/protocol";
import { collectRows, type KeptRow } from "./collect-rows.ts";
import { toDatasetFault } from "./fault.ts";
import { readItemFile } from "./item-file.ts";
import type { Binding } from "./plan-bindings.ts";
import { provenanceOf, type RunOrigin } from "./provenance.ts";
import { createRunTemplate } from "./run-template.ts";
import { seedOf } from "./seed-of.ts";

/** An item of a source, as a batch runs it. */
export interface SourceItem extends BatchItem {
  readonly item: DatasetItem;
}

/** What is kept with an item that is done. */
export interface KeptResult {
  /** What `createItemKeeper` wrote of it, from the folder of the data set's hidden files. */
  readonly file: string;
  readonly rows: readonly KeptRow[];
  readonly rejected: readonly string[];
  /** The records that the reasons of `rejected` are about. */
  readonly rejectedRows: readonly KeptRow[];
  /** Milliseconds by node; of what came from the cache, -1. */
  readonly ms: Readonly<Record<string, number>>;
}

/** How the items of a run become runs of its graph. */
export interface ItemRunOptions {
  readonly origin: RunOrigin;
  readonly catalogue: NodeCatalogue;
  /** The graph as it runs here, where files lie elsewhere than its origin says. @default that of the origin */
  readonly graph?: GraphDocument;
  /** Of the data set's hidden files. */
  readonly folder: string;
}

/** Where the files of items lie, below the hidden folder. */
export const itemsFolder = "items";
/** Where pictures lie while a graph reads them. */
export const inputsFolder = "inputs";

/** The file of an item, from the hidden folder. Each attempt has one of its own. */
export function itemFileOf(key: string, attempt: number): string {
  return path.posix.join(itemsFolder, `${fileStem(key)}-${attempt}`);
}

function toJson(value: FieldValue): Json {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

/** Values for the bound inputs of a graph; pictures as files, of which those that were written are temporary. */
export async function toValues(
  fields: Fields,
  bindings: readonly Binding[],
  key: string,
  folder: string,
): Promise<{ readonly values: Record<string, Json>; readonly written: readonly string[] }> {
  const values: Record<string, Json> = {};
  const written: string[] = [];
  for (const { input, field } of bindings) {
    const value = fields[field] ?? null;
    if (value === null) continue;
    if (!isPictureFile(value)) values[input] = toJson(value);
    else if (value.place !== undefined) values[input] = value.place;
    else {
      // The same path each time: it is part of the cache key.
      const name = `${fileStem(key)}.${fileStem(field)}${pictureEnding(value.bytes)}`;
      const file = path.join(folder, inputsFolder, name);
      await writeFile(file, value.bytes);
      written.push(file);
      values[input] = file;
    }
  }
  return { values, written };
}

/** Follows what a run says of its nodes. */
function createNodeRecord(catalogue: NodeCatalogue, typeOf: (nodeId: string) => string) {
  const ms: Record<string, number> = {};
  const models: Record<string, string> = {};
  return {
    ms,
    models,
    add(event: RunEvent): void {
      if (event.type !== "node-finished") return;
      ms[event.nodeId] = event.cached ? -1 : Math.round(event.ms);
      const isModel = catalogue[typeOf(event.nodeId)]?.category === "model";
      if (isModel && event.fingerprint !== undefined) models[event.nodeId] = event.fingerprint;
    },
  };
}

/** The fields that inputs can take: those of the record, its key, and a seed of its own. */
export function withOwnFields(fields: Fields, key: string): Fields {
  return { seed: seedOf(key), ...fields, key: fields["key"] ?? key };
}

/** Creates what prepares the run of an item. */
export function createItemRuns({
  origin,
  catalogue,
  folder,
  graph = origin.graph,
}: ItemRunOptions) {
  const { fields, bindings } = origin;
  const origins = new Map<string, Provenance>();
  const provenanceFor = (models: Readonly<Record<string, string>>): Provenance => {
    const name = JSON.stringify(models);
    const found = origins.get(name) ?? provenanceOf(origin, models);
    origins.set(name, found);
    return found;
  };
  const templates = new Map<string, ReturnType<typeof createRunTemplate>>();
  const templateFor = (inputs: readonly string[]) => {
    const name = inputs.join("\n");
    const found = templates.get(name) ?? createRunTemplate(graph, catalogue, inputs, fields);
    templates.set(name, found);
    return found;
  };

  return async ({ key, item }: SourceItem, attempt: number): Promise<PreparedItem> => {
    const record = withOwnFields(
      await item.load().catch((thrown: unknown) => {
        throw toDatasetFault(thrown);
      }),
      key,
    );
    const { values, written } = await toValues(record, bindings, key, folder);
    const file = itemFileOf(key, attempt);
    const place = path.join(folder, file);
    let isCollected = false;
    const request = templateFor(Object.keys(values))(values, place);
    const nodes = createNodeRecord(catalogue, (id) => request.graph.nodes[id]?.type ?? "");
    return {
      request,
      onEvent: nodes.add,
      async collect(): Promise<ItemResult> {
        const { values: made } = await readItemFile(place);
        const { sizeBytes, ...collected } = collectRows(fields, made);
        const result: KeptResult = { file, ...collected, ms: nodes.ms };
        const provenance = provenanceFor(nodes.models);
        isCollected = true;
        return { result: result as unknown as Json, sizeBytes, provenance };
      },
      async release() {
        for (const input of written) await rm(input, { force: true });
        if (!isCollected) await rm(place, { force: true });
      },
    };
  };
}
