import type { Schemas } from "@insightgraph/client";
import { api, callServer } from "./call-server.ts";

/** What there is of models: installed ones, those that can be added, and those being added. */
export interface ModelShelf {
  readonly installed: readonly Schemas["Model"][];
  readonly known: readonly Schemas["KnownModel"][];
  readonly additions: readonly Schemas["ModelAddition"][];
}

/** Throws: `ServerError`. */
export async function listModels(): Promise<ModelShelf> {
  const [{ models }, known, { additions }] = await Promise.all([
    callServer(api.GET("/api/models")),
    callServer(api.GET("/api/models/known")),
    callServer(api.GET("/api/models/additions")),
  ]);
  return { installed: models, known: known.models, additions };
}

/** Installed models that can be opened as something, such as `segmenter`. Throws: `ServerError`. */
export async function modelsThatCan(capability: string): Promise<readonly string[]> {
  const { models } = await callServer(api.GET("/api/models"));
  const able = models.filter(({ capabilities }) => capabilities.includes(capability));
  return able.map(({ name }) => name);
}

/** The words that an installed model knows; none where it reads parts of words. Throws: `ServerError`. */
export async function vocabularyOf(name: string): Promise<readonly string[]> {
  const { models } = await callServer(api.GET("/api/models"));
  const { vocabulary = [] } = models.find((model) => model.name === name) ?? {};
  // What stands for unknown words is none itself.
  return vocabulary.filter((word) => /^[\p{L}\p{N}]/u.test(word));
}

/** Begins to add a model; the server goes on by itself. Throws: `ServerError`. */
export async function addModel(source: string, only?: readonly string[]): Promise<void> {
  const body = only === undefined ? { source } : { source, only: [...only] };
  await callServer(api.POST("/api/models/additions", { body }));
}

/** Stops adding a model. Throws: `ServerError`. */
export async function stopAdding(id: string): Promise<void> {
  await callServer(api.DELETE("/api/models/additions/{id}", { params: { path: { id } } }));
}
