import { readFile } from "node:fs/promises";
import {
  type Preferences,
  parseVotes,
  preferencesIn,
  showScore,
} from "@insightgraph/editing/metrics";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

function markdown(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]): string => {
    const texts = cells.map((cell) => String(cell).replaceAll("|", "\\|"));
    return `| ${texts.join(" | ")} |`;
  };
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

function scoreTable({ scores }: Preferences): string {
  const rows = scores.map(({ name, mean, low, high, votes }) => {
    return [name, ...[mean, low, high].map(showScore), votes];
  });
  return markdown(["result", "score", "95 % from", "95 % to", "votes"], rows);
}

function agreementTable({ agreements }: Preferences): string {
  const rows = agreements.map(({ judges, count, share, kappa }) => {
    const shown = [share, kappa].map((value) => (count === 0 ? "–" : showScore(value)));
    return [...judges, count, ...shown];
  });
  return markdown(["judge", "other judge", "shared cases", "share agreed", "kappa"], rows);
}

async function votesOf(file: string): Promise<string> {
  if (file === "") return "";
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw inputError(`${file} cannot be read.`, {
      param: "votes",
      hint: "Name the votes.jsonl of an ablation, or the file that a page of votes saved.",
      cause,
    });
  });
}

/** Source: Bradley and Terry 1952; Cohen 1960 for kappa. */
export const evaluationPreference = defineNode({
  type: "evaluation.preference",
  version: 1,
  title: "Preferences of judges",
  doc: "Turns blind votes on pairs of results into Bradley-Terry scores, and tells how far people and models agree.",
  inputs: {
    judged: text.optional("More votes, as lines of the same form: those of a model."),
  },
  params: {
    votes: param.file({
      default: "",
      purpose: "open",
      doc: "Votes, a JSON line each: the votes.jsonl of an ablation's folder, where the page keeps those of people, or of a page of votes.",
    }),
  },
  outputs: {
    table: text(
      "Scores with 95 % intervals as a Markdown table; a difference is the log odds of being preferred.",
    ),
    agreement: text(
      "Every two judges with the cases that both judged, the share on which they agree, and Cohen's kappa.",
    ),
    count: number("Votes that count: of one judge on one pair, the last."),
  },
  cacheable: false,
  async run({ judged = "" }, { votes: file }) {
    const given = [...parseVotes(await votesOf(file), file), ...parseVotes(judged, "judged, line")];
    if (given.length === 0) {
      throw inputError("there are no votes.", {
        param: "votes",
        hint: "Vote in the page, beside an ablation's results, and name the votes.jsonl of its folder.",
      });
    }
    const found = preferencesIn(given);
    return { table: scoreTable(found), agreement: agreementTable(found), count: found.votes };
  },
});
