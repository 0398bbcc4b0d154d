/** One command: a file that is loaded only when it is asked for. */
export interface Command {
  /** What `--help` prints for this command. */
  readonly usage: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}

export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  serve: {
    summary: "serve the editor's page (what happens without a command)",
    load: () => import("./commands/serve.ts"),
  },
  edit: {
    summary: "edit a picture as a sentence says",
    load: () => import("./commands/edit.ts"),
  },
  run: {
    summary: "run a graph file",
    load: () => import("./commands/run.ts"),
  },
  jobs: {
    summary: "list, watch, cancel and retry the jobs of a running server",
    load: () => import("./commands/jobs.ts"),
  },
  replay: {
    summary: "run a manifest's graph again and compare what comes out",
    load: () => import("./commands/replay.ts"),
  },
  validate: {
    summary: "list everything that is wrong with a graph file",
    load: () => import("./commands/validate.ts"),
  },
  train: {
    summary: "train insightedit-mini, or go on where it stopped",
    load: () => import("./commands/train.ts"),
  },
  eval: {
    summary: "score a checkpoint on the 300 held-out edits",
    load: () => import("./commands/eval.ts"),
  },
  models: {
    summary: "fetch checkpoints, list, verify and remove them",
    load: () => import("./commands/models.ts"),
  },
  cache: {
    summary: "count or remove the results that are kept on disk",
    load: () => import("./commands/cache.ts"),
  },
  doctor: {
    summary: "look whether everything that InsightGraph needs is there",
    load: () => import("./commands/doctor.ts"),
  },
  nodes: {
    summary: "list the node types, or describe one",
    load: () => import("./commands/nodes.ts"),
  },
};
