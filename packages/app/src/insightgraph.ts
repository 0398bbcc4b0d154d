#!/usr/bin/env node
// First of all: it names the data folder for everything that is loaded later.
import "./places.ts";
import { commands } from "./commands.ts";

const width = 2 + Math.max(...Object.keys(commands).map((name) => name.length));
const help = `InsightGraph: edit pictures by instruction, through graphs of typed nodes.

usage: insightgraph [command] …

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`)
  .join("\n")}

\`insightgraph COMMAND --help\` describes a command.
exit codes: 0 done, 1 the run failed, 2 the input is invalid, 130 interrupted
`;

function isHelp(argument: string | undefined): boolean {
  return argument === "--help" || argument === "-h" || argument === "help";
}

async function main([first, ...others]: readonly string[]): Promise<number> {
  if (isHelp(first)) {
    process.stdout.write(help);
    return 0;
  }
  const isOption = first === undefined || first.startsWith("-");
  const name = isOption ? "serve" : first;
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    const { namesHint } = await import("@insightgraph/engine/graph");
    const { usageError } = await import("./parse-arguments.ts");
    throw usageError(`there is no command "${name}"`, namesHint(name, Object.keys(commands)));
  }
  const command = await entry.load();
  const args = first === undefined ? [] : isOption ? [first, ...others] : others;
  if (args.some(isHelp)) {
    process.stdout.write(command.usage);
    return 0;
  }
  return command.run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  const { reportThrown } = await import("./report.ts");
  const { exitCodeOfThrown } = await import("./exit-codes.ts");
  const { rejectionLine } = await import("./command-events.ts");
  process.stdout.write(rejectionLine(process.argv.slice(2), thrown));
  reportThrown(thrown);
  process.exitCode = exitCodeOfThrown(thrown);
}
