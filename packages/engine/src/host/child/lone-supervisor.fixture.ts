import { runPid, startAnswer } from "../host-run.fixture.ts";
import { openAnswerHost } from "./open-answer-host.fixture.ts";

// Tells its parent the id of its child once the child's main thread is blocked.
const host = openAnswerHost();
const { pid } = await runPid(host);
const { reached } = await startAnswer(host, "hang");
await reached("node-progressed");
process.send?.(pid);
