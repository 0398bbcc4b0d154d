// `npm start`: sets up what is missing, then runs the `insightgraph` command.
import { spawn } from "node:child_process";

const major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  console.error(`InsightGraph needs Node 20 or newer; this is ${process.version}.`);
  console.error("Install a newer one from https://nodejs.org and try again.");
  process.exit(1);
}

const { root, setUp } = await import("./set-up.mjs");
if (!setUp()) process.exit(1);

const command = `${root}packages/app/dist/insightgraph.js`;
const child = spawn(process.execPath, [command, ...process.argv.slice(2)], { stdio: "inherit" });
// Ctrl-C reaches the command as well; how that ends is its own affair.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
});
