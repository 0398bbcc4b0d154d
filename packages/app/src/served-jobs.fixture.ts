import type { ChildProcess } from "node:child_process";
import type { CommandLine } from "./command-line.fixture.ts";

/** A server that has said where it listens. */
export interface Served {
  readonly child: ChildProcess;
  /** Without the slash at its end. */
  readonly address: string;
  /** Ends it with a signal and waits for its end. */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `serve` and waits for its address. */
export async function serve(commandLine: CommandLine, ...args: string[]): Promise<Served> {
  const { child, answer } = commandLine.start("serve", "--port", "0", ...args);
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      const found = /(http:\/\/\S+)\/\s/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void answer.then(({ errors }) => reject(new Error(`the server ended early: ${errors}`)));
  });
  return {
    child,
    address,
    async stop(signal) {
      child.kill(signal);
      await answer;
    },
  };
}
