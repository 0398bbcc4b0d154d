import type { TextEncoder } from "../architectures/text-encoder.ts";
import { unfitArgument } from "../errors.ts";

/** What PowerPaint was taught to do with a hole; "none" for other inpainting checkpoints. */
export const inpaintTasks = ["none", "remove", "insert", "fit shape"] as const;
/** One of them. */
export type InpaintTask = (typeof inpaintTasks)[number];

interface Prompts {
  readonly prompt: string;
  readonly negative: string;
}

const flaws = "worst quality, low quality, normal quality, bad quality, blurry";

/**
 * The prompts of a task, with the words that it was trained with.
 * Throws: argument.unfit at `checkpoint` where the text encoder knows no tasks.
 * Source: PowerPaint (arXiv:2312.03594), section 3.2; the prompts of its version 1.
 */
export function taskPrompts(
  task: InpaintTask,
  { prompt, negative }: Prompts,
  { knowsTasks = false }: TextEncoder,
): Prompts {
  if (task === "none") return { prompt, negative };
  if (!knowsTasks) {
    const what = `its text encoder has no learnt tokens for the task "${task}".`;
    throw unfitArgument("checkpoint", what, 'Use PowerPaint\'s version 1, or the task "none".');
  }
  const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(" ");
  const listed = negative === "" ? flaws : `${negative}, ${flaws}`;
  switch (task) {
    case "remove":
      return {
        prompt: join("P_ctxt empty scene blur", prompt),
        negative: join("P_obj", negative),
      };
    case "insert":
      return { prompt: join("P_obj", prompt), negative: listed };
    case "fit shape":
      return { prompt: join("P_shape", prompt), negative: join("P_shape", listed) };
  }
}
