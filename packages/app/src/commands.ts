/** A command: one file, loaded on demand. */
export interface Command {
  /** What `--help` prints for this command. */
  readonly usage: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}

/** A command in the list of commands; its code is loaded only when it runs. */
export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** All commands, in the order in which the help lists them. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  serve: {
    summary: "serve the editor (the default)",
    load: () => import("./commands/serve.ts"),
  },
  edit: {
    summary: "edit a picture by an instruction",
    load: () => import("./commands/edit.ts"),
  },
  run: {
    summary: "run a graph file",
    load: () => import("./commands/run.ts"),
  },
  jobs: {
    summary: "list, watch and steer the jobs of a running server",
    load: () => import("./commands/jobs.ts"),
  },
  replay: {
    summary: "run a manifest's graph again and compare the outputs",
    load: () => import("./commands/replay.ts"),
  },
  validate: {
    summary: "list all errors in a graph file",
    load: () => import("./commands/validate.ts"),
  },
  dataset: {
    summary: "run a graph over a data set; inspect, convert and count data sets",
    load: () => import("./commands/dataset.ts"),
  },
  worker: {
    summary: "compute the items of data sets that others run, from a database",
    load: () => import("./commands/worker.ts"),
  },
  database: {
    summary: "check or migrate the database that workers and servers share",
    load: () => import("./commands/database.ts"),
  },
  train: {
    summary: "train insightedit-mini, or resume training",
    load: () => import("./commands/train.ts"),
  },
  eval: {
    summary: "score a checkpoint on the 300 held-out edits",
    load: () => import("./commands/eval.ts"),
  },
  ablate: {
    summary: "compare variants of an editing graph, metric by metric",
    load: () => import("./commands/ablate.ts"),
  },
  preference: {
    summary: "ask people which of two results is better, and score their votes",
    load: () => import("./commands/preference.ts"),
  },
  models: {
    summary: "add, list, verify and remove checkpoints",
    load: () => import("./commands/models.ts"),
  },
  cache: {
    summary: "show or clear the results cached on disk",
    load: () => import("./commands/cache.ts"),
  },
  doctor: {
    summary: "check the installation",
    load: () => import("./commands/doctor.ts"),
  },
  nodes: {
    summary: "list the node types, or describe one",
    load: () => import("./commands/nodes.ts"),
  },
};
