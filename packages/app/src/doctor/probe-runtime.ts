import { probeProviders, runtimeVersion } from "@insightgraph/engine/runtime";
import type { RuntimeReport } from "./runtime-report.ts";

const report: RuntimeReport = { version: runtimeVersion(), providers: await probeProviders() };
process.send?.(report, () => process.exit());
