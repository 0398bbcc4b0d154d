/** A published checkpoint that nodes can open, for hints and the table in docs/models.md. */
export interface KnownCheckpoint {
  /** Name under which nodes look for it. */
  readonly name: string;
  /** Repository of the Hugging Face hub. */
  readonly repository: string;
  readonly variant?: string;
  /** As the repository states it. */
  readonly licence: string;
  /** About how much is downloaded. */
  readonly megabytes: number;
  /** What nodes do with it. */
  readonly use: string;
}

/** Checkpoints that are known to have the layout that nodes read; others of the same classes open as well. */
export const knownCheckpoints: readonly KnownCheckpoint[] = [
  {
    name: "grounding-dino-tiny",
    repository: "onnx-community/grounding-dino-tiny-ONNX",
    licence: "apache-2.0",
    megabytes: 690,
    use: "objects by any words (`model.detector`)",
  },
  {
    name: "owlvit-base-patch32",
    repository: "Xenova/owlvit-base-patch32",
    licence: "apache-2.0",
    megabytes: 610,
    use: "objects by any words (`model.detector`)",
  },
  {
    name: "slimsam-77-uniform",
    repository: "Xenova/slimsam-77-uniform",
    licence: "apache-2.0",
    megabytes: 40,
    use: "outlines in boxes or at points (`model.segmenter`)",
  },
  {
    name: "sam-vit-base",
    repository: "Xenova/sam-vit-base",
    licence: "apache-2.0",
    megabytes: 375,
    use: "outlines in boxes or at points (`model.segmenter`)",
  },
  {
    name: "smolvlm-256m-instruct",
    repository: "HuggingFaceTB/SmolVLM-256M-Instruct",
    variant: "onnx",
    licence: "apache-2.0",
    megabytes: 1030,
    use: "captions, names, wording, scores (`model.local-assistant`)",
  },
  {
    name: "smolvlm-500m-instruct",
    repository: "HuggingFaceTB/SmolVLM-500M-Instruct",
    variant: "onnx",
    licence: "apache-2.0",
    megabytes: 2030,
    use: "captions, names, wording, scores (`model.local-assistant`)",
  },
];

/** The command that adds a known checkpoint. */
export function addCommand({ name, repository, variant }: KnownCheckpoint): string {
  const precision = variant === undefined ? "" : ` --variant ${variant}`;
  return `insightgraph models add hf:${repository}${precision} --as ${name}`;
}

/** How to add the checkpoint of a name, with its licence and size; undefined where it is not known. */
export function howToAdd(name: string): string | undefined {
  const known = knownCheckpoints.find((one) => one.name === name);
  if (known === undefined) return undefined;
  const size = known.megabytes < 1000 ? `${known.megabytes} MB` : `${known.megabytes / 1000} GB`;
  return `Add it (${known.licence}, about ${size}): ${addCommand(known)}`;
}
