import type { Assistant } from "@insightgraph/editing/assistants";
import { unfitArgument } from "@insightgraph/editing/errors";

const abilities = {
  caption: "describe pictures",
  extractObjects: "list the objects of a caption",
  objectionTo: "say what should not be edited",
  proposeReplacement: "propose replacements",
  recaption: "reword instructions",
  judge: "judge edits",
} as const;

/** Refuses an assistant that lacks an ability, before anything is asked. */
export const checkAbility =
  (name: keyof typeof abilities) =>
  ({ model }: { readonly model: Assistant }): void =>
    void requireAbility(model, name);

/** What an assistant can do. Throws: argument.unfit at `model` where it cannot. */
export function requireAbility<K extends keyof typeof abilities>(
  assistant: Assistant,
  name: K,
): NonNullable<Assistant[K]> {
  const ability = assistant[name];
  if (ability !== undefined) return ability as NonNullable<Assistant[K]>;
  const hint = 'Connect one that can, such as "model.chat-endpoint".';
  throw unfitArgument("model", `"${assistant.name}" cannot ${abilities[name]}.`, hint);
}
