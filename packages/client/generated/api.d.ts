// Made of docs/openapi.json; `vitest -u packages/client` writes it anew.
export interface paths {
	"/api/jobs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List jobs, newest first or in the order of the queue. */
		get: operations["get-jobs"];
		put?: never;
		/** Queue a graph. Once this is answered, the job survives the death of the server. */
		post: operations["post-jobs"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show a job with its graph and the latest events of each node. */
		get: operations["get-jobs-id"];
		put?: never;
		post?: never;
		/** Forget a job that is over; its files stay. */
		delete: operations["delete-jobs-id"];
		options?: never;
		head?: never;
		/** Name, tag or keep a job, or change its priority; what is left out stays. */
		patch: operations["patch-jobs-id"];
		trace?: never;
	};
	"/api/jobs/{id}/events": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** What happened in a job after an event; waits for something to happen. */
		get: operations["get-jobs-id-events"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}/thumbnail": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** A small picture of what a job made. */
		get: operations["get-jobs-id-thumbnail"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}/cancel": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** End a job that is queued or running; another one is left as it is. */
		post: operations["post-jobs-id-cancel"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}/retry": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Queue the graph of a job that is over once more, as a new job. */
		post: operations["post-jobs-id-retry"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}/move": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Move a queued job right before another queued one, or to the end. */
		post: operations["post-jobs-id-move"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/queue": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Whether the queue is paused, and how many jobs there are. */
		get: operations["get-queue"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/queue/pause": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Start nothing more; what runs goes on. The queue stays paused over a restart. */
		post: operations["post-queue-pause"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/queue/resume": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Start queued jobs again. */
		post: operations["post-queue-resume"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}/outputs/{number}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** A file that a job saved: the one at this number, from 0, in its `files`. */
		get: operations["get-jobs-id-outputs-number"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/jobs/{id}/manifest": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The manifest of a job's run. */
		get: operations["get-jobs-id-manifest"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/cluster": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The workers of the server's database, and the runs that give them tasks. */
		get: operations["get-cluster"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/cluster/runs/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** A run with its tasks as a map, its pace, what failed, and its dead items. */
		get: operations["get-cluster-runs-id"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/** Pause a run, let it go on, or change its priority. */
		patch: operations["patch-cluster-runs-id"];
		trace?: never;
	};
	"/api/cluster/runs/{id}/cancel": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** End a run as Ctrl-C does where it was started; what is done is kept. */
		post: operations["post-cluster-runs-id-cancel"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/cluster/runs/{id}/dead/{dead}/retry": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Give a dead item to workers once more. */
		post: operations["post-cluster-runs-id-dead-dead-retry"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/documents": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List the open documents. */
		get: operations["get-documents"];
		put?: never;
		/** Open a graph file of the workspace, or a graph that has no file yet: by default an empty one. */
		post: operations["post-documents"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/documents/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show an open document with its graph. */
		get: operations["get-documents-id"];
		put?: never;
		post?: never;
		/** Close the document; its file stays. */
		delete: operations["delete-documents-id"];
		options?: never;
		head?: never;
		/** Edit the graph with the patches of immer. */
		patch: operations["patch-documents-id"];
		trace?: never;
	};
	"/api/documents/{id}/undo": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Undo the last step. */
		post: operations["post-documents-id-undo"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/documents/{id}/redo": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Redo the step that was undone last. */
		post: operations["post-documents-id-redo"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/documents/{id}/save": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Write the graph into its file, or into another one from now on. */
		post: operations["post-documents-id-save"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/documents/{id}/rename": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Rename the document, and its file if it has one. */
		post: operations["post-documents-id-rename"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/graphs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List the graph files of the workspace. */
		get: operations["get-graphs"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/fetched-graphs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Fetch a graph, or a PNG that carries one, from a public https address; nothing runs. */
		post: operations["post-fetched-graphs"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/graphs/{file}/reference": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show a graph whose one subgraph is read from the file, as a node that other graphs use. */
		get: operations["get-graphs-file-reference"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/nodes/{name}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/** Write a graph into `nodes/NAME.json`, to be used as a node; earlier versions are kept. */
		put: operations["put-nodes-name"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/graphs/{file}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/** Delete a graph file that is not open; its versions stay. */
		delete: operations["delete-graphs-file"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/graphs/{file}/versions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List what a graph file held after earlier saves, newest first. */
		get: operations["get-graphs-file-versions"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/graphs/{file}/versions/{version}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show the graph of an earlier version. */
		get: operations["get-graphs-file-versions-version"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List the ablations, newest first. */
		get: operations["get-ablations"];
		put?: never;
		/** Score the variants of a graph. Once this is answered, it survives the death of the server. */
		post: operations["post-ablations"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show the scores that an ablation has so far, with intervals and paired tests. */
		get: operations["get-ablations-id"];
		put?: never;
		post?: never;
		/** Forget an ablation that is over, with its pictures and scores. */
		delete: operations["delete-ablations-id"];
		options?: never;
		head?: never;
		/** Compare with another cell from now on. */
		patch: operations["patch-ablations-id"];
		trace?: never;
	};
	"/api/ablations/{id}/cancel": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** End an ablation that is queued or running; what it has stays. */
		post: operations["post-ablations-id-cancel"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}/items": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List items with their scores and pictures, the largest differences first. */
		get: operations["get-ablations-id-items"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}/files/{name}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Download the scores, such as `table.md`, `table.tex`, `items.csv` or `index.html`. */
		get: operations["get-ablations-id-files-name"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}/pictures": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show a picture that a cell made. */
		get: operations["get-ablations-id-pictures"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}/trials": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The next pairs of pictures on which a judge has not voted. */
		get: operations["get-ablations-id-trials"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}/votes": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Say which picture of a pair is better. */
		post: operations["post-ablations-id-votes"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/ablations/{id}/preferences": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Bradley-Terry scores of the votes, and how far judges agree. */
		get: operations["get-ablations-id-preferences"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/catalogue": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The node types that graphs may use, by their ids. */
		get: operations["get-catalogue"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/paths": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List a folder in which runs may read. */
		get: operations["get-paths"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/uploads": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Store a picture of at most 64 MB; the header `x-file-name` names it. */
		post: operations["post-uploads"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/files": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show an uploaded picture, or one of the workspace. */
		get: operations["get-files"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/models": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The checkpoints that are installed. */
		get: operations["get-models"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/models/known": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Checkpoints that nodes can open and that can be added. */
		get: operations["get-models-known"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/models/additions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Checkpoints that are being added, or were since the server started, newest first. */
		get: operations["get-models-additions"];
		put?: never;
		/** Add a checkpoint: download it from the hub, or link a folder in reach. */
		post: operations["post-models-additions"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/models/additions/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/** Stop adding a checkpoint; what was downloaded stays, to go on from. */
		delete: operations["delete-models-additions-id"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List the data sets that runs wrote in the workspace. */
		get: operations["get-datasets"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/facts": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** What a data set holds: columns, counts, how scores spread. Opens it. */
		get: operations["get-datasets-facts"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/records": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List records of a data set, those that its graph rejected as well. */
		get: operations["get-datasets-records"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/record": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show a record with all its fields; pictures are named. */
		get: operations["get-datasets-record"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/picture": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** A picture of a record, whole or as a smaller one. */
		get: operations["get-datasets-picture"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/next-undecided": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Where, among the records that a query finds, the next undecided one is. */
		get: operations["get-datasets-next-undecided"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/decisions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Accept or reject records by hand, or leave them undecided again. */
		post: operations["post-datasets-decisions"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/undo": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Take the last decision back. */
		post: operations["post-datasets-undo"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/duplicates": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Start to look for near-duplicates by perceptual hashes of the pictures. */
		post: operations["post-datasets-duplicates"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/datasets/keep-one": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Keep one record of a group of near-duplicates, or of every group; reject the others. */
		post: operations["post-datasets-keep-one"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/health": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Whether the server answers and its execution process can start; needs no token. */
		get: operations["get-health"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/api/memory": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Memory of the execution processes, of their GPUs and of the machine. */
		get: operations["get-memory"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/metrics": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Counts for Prometheus. */
		get: operations["get-metrics"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
}
export type webhooks = Record<string, never>;
export interface components {
	schemas: {
		/** InsightGraph graph, version 1 */
		Graph: {
			/**
			 * @description What kind of file this is.
			 * @constant
			 */
			format: "insightgraph";
			/**
			 * @description The version of the format.
			 * @constant
			 */
			version: 1;
			/** @description A title for people. */
			name?: string;
			nodes: components["schemas"]["GraphNodes"];
			inputs?: components["schemas"]["GraphInputs"];
			outputs?: components["schemas"]["GraphOutputs"];
			/** @description Subgraphs by name; nodes of type graph:NAME run them. */
			graphs?: {
				[key: string]: components["schemas"]["GraphDefinition"];
			};
			ablation?: components["schemas"]["GraphAblation"];
			ui?: components["schemas"]["GraphUi"];
		};
		/** @description A subgraph: its nodes, or the graph file that it is read from. */
		GraphDefinition: components["schemas"]["GraphSubgraph"] | components["schemas"]["GraphGraphFile"];
		/** @description A graph of its own, called by its named inputs and outputs. */
		GraphGraphFile: {
			/** @description Its file, from this file's folder, with forward slashes. */
			file: string;
		};
		/** @description A subgraph, which nodes of type graph:NAME run. */
		GraphSubgraph: {
			/** @description A title for people. */
			name?: string;
			/** @description What it does, as one sentence. */
			doc?: string;
			nodes: components["schemas"]["GraphNodes"];
			inputs?: components["schemas"]["GraphInputs"];
			outputs?: components["schemas"]["GraphOutputs"];
			ui?: components["schemas"]["GraphUi"];
			/** @description The file that it was read from; a saved graph has this alone. */
			file?: string;
			/** @description The subgraph whose file it came with; a saved graph leaves it out. */
			within?: string;
		};
		/** @description Nodes by an id that a person can read. */
		GraphNodes: {
			[key: string]: components["schemas"]["GraphNode"];
		};
		/** @description Variants of the graph, which insightgraph ablate compares. */
		GraphAblation: {
			/** @description What is varied. Each cell takes one variant of every axis. */
			axes: components["schemas"]["GraphAxis"][];
			/**
			 * @description Every variant with every other (product), or the first with the first (zip).
			 * @enum {string}
			 */
			combine?: "product" | "zip";
			/** @description Cells that are left out: those that have all of these variants. */
			exclude?: components["schemas"]["GraphChoice"][];
			baseline?: components["schemas"]["GraphChoice"];
		};
		/** @description Variants that stand in place of each other. */
		GraphAxis: {
			/** @description The axis's name. */
			name: string;
			/** @description The variants of the axis, in the order of their rows. */
			variants: components["schemas"]["GraphVariant"][];
		};
		/** @description What one variant changes; without changes, the graph as it is. */
		GraphVariant: {
			/** @description The variant's name. */
			name: string;
			/** @description Changes of nodes, made in this order. */
			changes?: components["schemas"]["GraphChange"][];
		};
		/** @description Changes one node. Fields that are left out stay as they are. */
		GraphChange: {
			/** @description The node's id; graph:NAME/ID for a node of a subgraph. */
			node: string;
			/** @description Another node type. Links that it has ports for stay; params start anew. */
			type?: string;
			/** @description Params by name; the others stay. */
			params?: Record<string, never>;
			/** @description Whether the node is bypassed. */
			bypassed?: boolean;
			/** @description Whether the node is muted. */
			muted?: boolean;
		};
		/** @description Names of variants by the names of their axes. */
		GraphChoice: {
			[key: string]: string;
		};
		/** @description Named inputs: the graph as a function. */
		GraphInputs: {
			[key: string]: components["schemas"]["GraphGraphInput"];
		};
		/** @description Named outputs; they run when the graph runs. */
		GraphOutputs: {
			[key: string]: components["schemas"]["GraphLink"];
		};
		/** @description For editors only: notes, frames and the like. */
		GraphUi: Record<string, never>;
		/** @description One node: its type, its params and its links. */
		GraphNode: {
			/** @description The node type, or graph:NAME for a subgraph of this document. */
			type: string;
			/** @description The node type's version, as `insightgraph nodes` prints it. */
			version: number;
			/** @description Settings by name; absent ones take their default. */
			params?: Record<string, never>;
			/** @description Links by the name of an input, or of a param that takes links. */
			inputs?: {
				[key: string]: components["schemas"]["GraphLink"];
			};
			/** @description Passes an input through to each output of the same port type. */
			bypassed?: boolean;
			/** @description Does not run and gives nothing. */
			muted?: boolean;
			/** @description For editors only; execution and cache keys ignore it. */
			ui?: {
				/** @description Pixels from the left. */
				x?: number;
				/** @description Pixels from the top. */
				y?: number;
			};
		};
		/** @description An output of another node; the node $inputs gives the graph's own inputs. */
		GraphLink: {
			/** @description The id of a node. */
			node: string;
			/** @description The name of one of its outputs. */
			output: string;
		};
		/** @description A name for a param or an output of a node, or a port that links may leave from. */
		GraphGraphInput: components["schemas"]["GraphParamInput"] | components["schemas"]["GraphOutputInput"] | components["schemas"]["GraphPortInput"];
		/** @description A name for a param of a node. */
		GraphParamInput: {
			/** @description The id of a node. */
			node: string;
			/** @description The name of one of its params. */
			param: string;
		};
		/** @description A name for an output of a node; a value given for it replaces what the node gives. */
		GraphOutputInput: {
			/** @description The id of a node. */
			node: string;
			/** @description The name of one of its outputs. */
			output: string;
		};
		/** @description A port that links may leave from, as outputs of the node $inputs. */
		GraphPortInput: {
			/** @description The port type, such as image, list of image or stream of image. */
			type: string;
			/** @description What the input is for. */
			doc?: string;
			/** @description Whether it may be left unconnected. */
			optional?: boolean;
		};
		AblationSummary: {
			/** @description Also the name of its folder. */
			id: string;
			name: string;
			/** @enum {unknown} */
			state: "queued" | "running" | "done" | "cancelled" | "failed";
			source: string;
			/** @description Items that it asked for. */
			count: number;
			/** @description Its cells, the baseline first. */
			variants: string[];
			/** @description Cells of items. */
			total: number;
			done: number;
			failed: number;
			/** @description Milliseconds since 1970. */
			createdMs: number;
			/** @description Milliseconds since 1970. */
			endedMs?: number;
			error?: components["schemas"]["Error"];
		};
		AblationTable: {
			ablation: components["schemas"]["AblationSummary"];
			metrics: string[];
			cells: components["schemas"]["AblationCell"][];
		};
		AblationCell: {
			variant: string;
			metric: string;
			mean: number | null;
			low: number | null;
			high: number | null;
			count: number;
			holes: number;
			difference?: {
				mean: number | null;
				low: number | null;
				high: number | null;
				test: string;
				pValue: number | null;
				/** @description After Holm's correction. */
				correctedPValue: number | null;
				pairs: number;
				dropped: number;
			};
		};
		AblationItem: {
			key: string;
			variants: {
				variant: string;
				score: number | null;
				pictures: {
					[key: string]: string;
				};
				failure?: string;
			}[];
		};
		AblationTrial: {
			id: string;
			left: string;
			right: string;
			context: {
				[key: string]: string;
			};
		};
		AblationPreferences: {
			votes: number;
			scores: {
				name: string;
				votes: number;
				mean: number | null;
				low: number | null;
				high: number | null;
			}[];
			agreements: {
				judges: string[];
				count: number;
				share: number | null;
				kappa: number | null;
			}[];
		};
		Error: {
			code: string;
			what: string;
			hint: string;
			nodeId?: string;
			path?: string;
		};
		JobSummary: {
			id: string;
			requestId: string;
			client: string;
			/** @description Where relative paths in its graph start. */
			folder: string;
			/** @enum {unknown} */
			state: "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";
			/** @description How often it was queued again after a process was lost. */
			resumes: number;
			/** @description Milliseconds since 1970. */
			createdMs: number;
			tags: string[];
			/** @description Whether retention leaves it alone. */
			isKept: boolean;
			/** @description Files that it saved, as its nodes named them. */
			files: string[];
			hasThumbnail: boolean;
			/** @description Queued jobs of a higher one run first. */
			priority: number;
			/** @description Milliseconds since 1970. */
			startedMs?: number;
			/** @description Milliseconds since 1970. */
			endedMs?: number;
			error?: components["schemas"]["Error"];
			name?: string;
			/** @description The only device that it may run on. */
			device?: string;
			/** @description Where the manifest of its run is. */
			manifest?: string;
			/** @description The open document that it was asked for from. */
			documentId?: string;
		};
		Job: {
			id: string;
			requestId: string;
			client: string;
			/** @description Where relative paths in its graph start. */
			folder: string;
			/** @enum {unknown} */
			state: "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";
			/** @description How often it was queued again after a process was lost. */
			resumes: number;
			/** @description Milliseconds since 1970. */
			createdMs: number;
			tags: string[];
			/** @description Whether retention leaves it alone. */
			isKept: boolean;
			/** @description Files that it saved, as its nodes named them. */
			files: string[];
			hasThumbnail: boolean;
			/** @description Queued jobs of a higher one run first. */
			priority: number;
			graph: components["schemas"]["Graph"];
			events: components["schemas"]["Event"][];
			/** @description Milliseconds since 1970. */
			startedMs?: number;
			/** @description Milliseconds since 1970. */
			endedMs?: number;
			error?: components["schemas"]["Error"];
			name?: string;
			/** @description The only device that it may run on. */
			device?: string;
			/** @description Where the manifest of its run is. */
			manifest?: string;
			/** @description The open document that it was asked for from. */
			documentId?: string;
			outputs?: string[];
		};
		Preview: {
			/** @constant */
			kind: "image";
			mime: string;
			base64: string;
			others?: {
				mime: string;
				base64: string;
			}[];
			total?: number;
		} | {
			/** @enum {unknown} */
			kind: "text" | "shape";
			text: string;
		};
		Event: {
			/** @constant */
			type: "node-started";
			seq: number;
			nodeId: string;
		} | {
			/** @constant */
			type: "node-progressed";
			seq: number;
			nodeId: string;
			done: number;
			total: number;
			preview?: components["schemas"]["Preview"];
		} | {
			/** @constant */
			type: "node-finished";
			seq: number;
			nodeId: string;
			cached: boolean;
			ms: number;
			previews: {
				[key: string]: components["schemas"]["Preview"];
			};
			digests: {
				[key: string]: string;
			};
			key?: string;
			fingerprint?: string;
		} | {
			/** @constant */
			type: "node-failed";
			seq: number;
			nodeId: string;
			error: components["schemas"]["Error"];
			item?: number;
		} | {
			/** @constant */
			type: "node-logged";
			seq: number;
			nodeId: string;
			text: string;
		} | {
			/** @constant */
			type: "node-saved";
			seq: number;
			nodeId: string;
			path: string;
		} | {
			/** @constant */
			type: "manifest-written";
			seq: number;
			path: string;
		} | {
			/** @constant */
			type: "run-finished";
			seq: number;
			ms: number;
			warning?: components["schemas"]["Error"];
		} | {
			/** @constant */
			type: "run-failed";
			seq: number;
			error: components["schemas"]["Error"];
		} | {
			/** @constant */
			type: "run-cancelled";
			seq: number;
		};
		DocumentSummary: {
			id: string;
			name: string;
			/** @description Grows by one with every change of the graph. */
			version: number;
			isSaved: boolean;
			undoSteps: number;
			redoSteps: number;
			/** @description Connections that have joined it. */
			windows: number;
			/** @description From the workspace folder. */
			file?: string;
		};
		Document: {
			id: string;
			name: string;
			/** @description Grows by one with every change of the graph. */
			version: number;
			isSaved: boolean;
			undoSteps: number;
			redoSteps: number;
			/** @description Connections that have joined it. */
			windows: number;
			graph: components["schemas"]["Graph"];
			/** @description The latest edits that arrived, by name. */
			recentEdits: string[];
			/** @description From the workspace folder. */
			file?: string;
			viewState?: {
				[key: string]: unknown;
			};
		};
		ListedDataset: {
			path: string;
			records: number;
			isComplete: boolean;
		};
		Dataset: {
			path: string;
			format: string;
			fields: {
				name: string;
				kind: string;
			}[];
			/** @description Changes with the records and with every decision. */
			version: string;
			/** @description Whether all records have been looked at. */
			isIndexed: boolean;
			records: number;
			unreadable: number;
			/** @description Whether a run is working on it. */
			isRunning: boolean;
			statuses: {
				name: string;
				count: number;
			}[];
			decisions: {
				name: string;
				count: number;
			}[];
			stages: {
				name: string;
				count: number;
			}[];
			operations: {
				name: string;
				count: number;
			}[];
			reasons: {
				name: string;
				count: number;
			}[];
			scores: {
				name: string;
				min: number;
				max: number;
				mean: number;
				/** @description Equally wide steps from min to max. */
				bins: number[];
			}[];
			canUndo: boolean;
			layout?: string;
			duplicates?: {
				isDone: boolean;
				hashed: number;
				total: number;
				unreadable: number;
				groups: number;
				records: number;
			};
		};
		DatasetRecord: {
			key: string;
			/** @enum {unknown} */
			status: "kept" | "rejected" | "failed";
			scores: {
				[key: string]: number;
			};
			/**
			 * @description By a person.
			 * @enum {unknown}
			 */
			decision?: "accepted" | "rejected";
			/** @description Why it was rejected or failed. */
			reason?: string;
			/** @description The node at which that happened. */
			stage?: string;
			operation?: string;
			instruction?: string;
			/** @description The key of the first of its near-duplicates. */
			group?: string;
		};
		DatasetRecordDetails: {
			key: string;
			/** @enum {unknown} */
			status: "kept" | "rejected" | "failed";
			scores: {
				[key: string]: number;
			};
			fields: {
				[key: string]: unknown;
			};
			pictures: string[];
			/**
			 * @description By a person.
			 * @enum {unknown}
			 */
			decision?: "accepted" | "rejected";
			/** @description Why it was rejected or failed. */
			reason?: string;
			/** @description The node at which that happened. */
			stage?: string;
			operation?: string;
			instruction?: string;
			/** @description The key of the first of its near-duplicates. */
			group?: string;
		};
		GraphFile: {
			file: string;
			sizeBytes: number;
			/** @description Milliseconds since 1970. */
			modifiedMs: number;
		};
		FileVersion: {
			id: string;
			/** @description Milliseconds since 1970. */
			savedMs: number;
			sizeBytes: number;
		};
		Model: {
			name: string;
			parts: string[];
			capabilities: string[];
			isShipped: boolean;
			sizeBytes: number;
			licence?: string;
			source?: string;
			problem?: string;
			vocabulary?: string[];
		};
		KnownModel: {
			source: string;
			name: string;
			doc: string;
			sizeBytes: number;
			only?: string[];
			licence?: string;
		};
		ModelAddition: {
			id: string;
			source: string;
			/** @enum {string} */
			state: "adding" | "added" | "failed" | "cancelled";
			doneBytes: number;
			totalBytes: number;
			name?: string;
			error?: components["schemas"]["Error"];
		};
		Worker: {
			id: string;
			machine: string;
			device: string;
			models: string[];
			version: string;
			memory: {
				freeBytes: number;
				totalBytes: number;
			};
			protocol: number;
			/** @description Digest of the node types from outside the pack. */
			nodes: string;
			done: number;
			failed: number;
			upMs: number;
			/** @description Time since its last sign of life. */
			silentMs: number;
			task?: {
				run: string;
				title: string;
				items: number;
				sinceMs: number;
				settled?: number;
			};
			/** @description Of the whole GPU; null where the driver does not tell, absent on the CPU. */
			gpu?: {
				usedBytes: number;
				totalBytes: number;
			} | null;
		};
		TaskCounts: {
			waiting: number;
			running: number;
			done: number;
			failed: number;
		};
		ClusterRun: {
			id: string;
			title: string;
			machine: string;
			/** @description Milliseconds since 1970. */
			createdMs: number;
			/** @description Runs of a higher one go first. */
			priority: number;
			isPaused: boolean;
			isCancelled: boolean;
			tasks: components["schemas"]["TaskCounts"];
			items: {
				done: number;
				failed: number;
			};
			/** @description Items over which too many workers died. */
			dead: number;
			/** @description Why no worker takes its tasks, where none does. */
			waits?: {
				/** @enum {string} */
				reason: "no-worker" | "version" | "nodes" | "model";
				model?: string;
			};
		};
		ClusterRunDetails: {
			run: components["schemas"]["ClusterRun"];
			/** @description Tasks in order, many together in a cell. */
			cells: components["schemas"]["TaskCounts"][];
			/** @description Items given back, the latest stretch last. */
			perTenSeconds: number[];
			failures: {
				code: string;
				count: number;
				what: string;
				keys: string[];
			}[];
			dead: {
				id: string;
				keys: string[];
			}[];
		};
		ProcessMemory: {
			device: string;
			usedBytes: number;
			limitBytes: number;
			/** @description Of the whole GPU; null where the driver does not tell, absent on the CPU. */
			gpu?: {
				usedBytes: number;
				totalBytes: number;
			} | null;
		};
		MachineMemory: {
			usedBytes: number;
			totalBytes: number;
		};
		Folder: {
			folder: string;
			entries: {
				name: string;
				path: string;
				isFolder: boolean;
			}[];
			parent?: string;
		};
		NodeType: {
			type: string;
			version: number;
			title: string;
			doc: string;
			category: string;
			inputs: {
				[key: string]: {
					[key: string]: unknown;
				};
			};
			params: {
				[key: string]: {
					[key: string]: unknown;
				};
			};
			outputs: {
				[key: string]: {
					[key: string]: unknown;
				};
			};
		};
	};
	responses: {
		/** @description The request was refused. */
		Refused: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/json": {
					error: components["schemas"]["Error"];
				};
			};
		};
	};
	parameters: never;
	requestBodies: never;
	headers: never;
	pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
	"get-jobs": {
		parameters: {
			query?: {
				state?: ("queued" | "running" | "done" | "failed" | "cancelled" | "interrupted")[];
				tag?: string;
				order?: "newest" | "queue";
				after?: string;
				limit?: number;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The jobs. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						jobs: components["schemas"]["JobSummary"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-jobs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					graph: components["schemas"]["Graph"];
					/** @description Ids of the wanted nodes. Default: output nodes and the graph's outputs. */
					outputs?: string[];
					/** @description Your name for the request: sending it again gives the same job. */
					requestId?: string;
					/** @description Who you are; clients take turns. Default: "api". */
					client?: string;
					/** @description The document whose pages show the results on its nodes; no page lists a job of one that is not open. */
					documentId?: string;
					/** @description Queued jobs of a higher one run first. Default: 0. */
					priority?: number;
					/** @description The only device that it may run on, such as cuda:1. Default: any. */
					device?: string;
					tags?: string[];
				};
			};
		};
		responses: {
			/** @description The job is queued. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						job: components["schemas"]["JobSummary"];
					};
				};
			};
			/** @description The graph has issues, or is none. */
			422: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						issues: components["schemas"]["Error"][];
					} | {
						error: components["schemas"]["Error"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-jobs-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The job. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						job: components["schemas"]["Job"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"delete-jobs-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is forgotten. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"patch-jobs-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": {
					/** @description An empty one removes it. */
					name?: string;
					/** @description The document whose pages show the results on its nodes; no page lists a job of one that is not open. */
					documentId?: string;
					tags?: string[];
					/** @description Retention leaves a kept job alone. */
					isKept?: boolean;
					/** @description Queued jobs of a higher one run first. Default: 0. */
					priority?: number;
				};
			};
		};
		responses: {
			/** @description The job. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						job: components["schemas"]["JobSummary"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-jobs-id-events": {
		parameters: {
			query?: {
				after?: number;
				wait?: number;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The latest event of each type of each node, in order. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						state: components["schemas"]["JobSummary"]["state"];
						events: components["schemas"]["Event"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-jobs-id-thumbnail": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The picture. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/webp": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-jobs-id-cancel": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is ending, or over. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-jobs-id-retry": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The job is queued. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						job: components["schemas"]["JobSummary"];
					};
				};
			};
			/** @description The graph has issues, or is none. */
			422: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						issues: components["schemas"]["Error"][];
					} | {
						error: components["schemas"]["Error"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-jobs-id-move": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": {
					/** @description A job's id. */
					before?: string;
				};
			};
		};
		responses: {
			/** @description It is moved. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-queue": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The queue. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						isPaused: boolean;
						/** @description How many jobs there are of each state. */
						counts: {
							[key: string]: number;
						};
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-queue-pause": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The queue. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						isPaused: boolean;
						/** @description How many jobs there are of each state. */
						counts: {
							[key: string]: number;
						};
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-queue-resume": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The queue. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						isPaused: boolean;
						/** @description How many jobs there are of each state. */
						counts: {
							[key: string]: number;
						};
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-jobs-id-outputs-number": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				number: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The file. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"*/*": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-jobs-id-manifest": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The file. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"*/*": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-cluster": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description What there is. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @description Whether the server has a database. */
						isConnected: boolean;
						workers: components["schemas"]["Worker"][];
						runs: components["schemas"]["ClusterRun"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-cluster-runs-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The run. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						details: components["schemas"]["ClusterRunDetails"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"patch-cluster-runs-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": {
					/** @description Queued jobs of a higher one run first. Default: 0. */
					priority?: number;
					isPaused?: boolean;
				};
			};
		};
		responses: {
			/** @description It is changed. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-cluster-runs-id-cancel": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is ending. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-cluster-runs-id-dead-dead-retry": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				dead: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It waits for a worker. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-documents": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The open documents. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						documents: components["schemas"]["DocumentSummary"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-documents": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": {
					/** @description A graph file. */
					file?: string;
					graph?: components["schemas"]["Graph"];
					/** @description Its name. */
					name?: string;
				};
			};
		};
		responses: {
			/** @description The document. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["Document"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-documents-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The document. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["Document"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"delete-documents-id": {
		parameters: {
			query?: {
				discard?: boolean;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is closed. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"patch-documents-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description The version that is edited. */
					version: number;
					patches: {
						/** @enum {unknown} */
						op: "add" | "remove" | "replace";
						path: (string | number)[];
						value?: unknown;
					}[];
					/** @description Edits of one label in a row are one step to undo. */
					label?: string;
					/** @description A name for it. */
					editId?: string;
				};
			};
		};
		responses: {
			/** @description The document. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["DocumentSummary"];
					};
				};
			};
			/** @description The edit was made for another version than the current one. */
			409: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						error: components["schemas"]["Error"];
						document: components["schemas"]["Document"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-documents-id-undo": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description The current version. */
					version: number;
				};
			};
		};
		responses: {
			/** @description The document. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["DocumentSummary"];
					};
				};
			};
			/** @description The edit was made for another version than the current one. */
			409: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						error: components["schemas"]["Error"];
						document: components["schemas"]["Document"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-documents-id-redo": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description The current version. */
					version: number;
				};
			};
		};
		responses: {
			/** @description The document. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["DocumentSummary"];
					};
				};
			};
			/** @description The edit was made for another version than the current one. */
			409: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						error: components["schemas"]["Error"];
						document: components["schemas"]["Document"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-documents-id-save": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: {
			content: {
				"application/json": {
					/** @description Another file. */
					file?: string;
					/** @description Replace a file that belongs to something else, or that somebody changed. */
					overwrite?: boolean;
				};
			};
		};
		responses: {
			/** @description The document. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["DocumentSummary"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-documents-id-rename": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description The new name. */
					name: string;
				};
			};
		};
		responses: {
			/** @description The document. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						document: components["schemas"]["DocumentSummary"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-graphs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The files. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						graphs: components["schemas"]["GraphFile"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-fetched-graphs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					address: string;
				};
			};
		};
		responses: {
			/** @description The graph. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						graph: components["schemas"]["Graph"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-graphs-file-reference": {
		parameters: {
			query: {
				name: string;
			};
			header?: never;
			path: {
				file: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The graph. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						graph: components["schemas"]["Graph"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"put-nodes-name": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				name: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					graph: components["schemas"]["Graph"];
					/** @description Replace a file of that name. */
					overwrite?: boolean;
				};
			};
		};
		responses: {
			/** @description Its file. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						file: string;
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"delete-graphs-file": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				file: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is deleted. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-graphs-file-versions": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				file: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The versions. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						versions: components["schemas"]["FileVersion"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-graphs-file-versions-version": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				file: string;
				version: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The graph. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						graph: components["schemas"]["Graph"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The ablations. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						ablations: components["schemas"]["AblationSummary"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-ablations": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description One of the same name goes on where its results hold. */
					name: string;
					graph: components["schemas"]["Graph"];
					/** @description A data set. Default: the held-out scenes. */
					source?: string;
					/** @description Most items, 100 by default. */
					count?: number;
					/** @description Begins more than 10,000 runs. */
					isConfirmed?: boolean;
					/** @description Runs what failed again. */
					retriesFailed?: boolean;
				};
			};
		};
		responses: {
			/** @description It is queued. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						ablation: components["schemas"]["AblationSummary"];
					};
				};
			};
			/** @description The graph or its variants have issues, or the runs are very many. */
			422: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						issues: components["schemas"]["Error"][];
					} | {
						error: components["schemas"]["Error"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations-id": {
		parameters: {
			query?: {
				baseline?: string;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The table. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						table: components["schemas"]["AblationTable"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"delete-ablations-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"patch-ablations-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					baseline: string;
				};
			};
		};
		responses: {
			/** @description It is done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-ablations-id-cancel": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It is done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations-id-items": {
		parameters: {
			query: {
				metric: string;
				variant: string;
				against?: string;
				limit?: number;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The items. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						items: components["schemas"]["AblationItem"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations-id-files-name": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				name: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The file. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/octet-stream": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations-id-pictures": {
		parameters: {
			query: {
				path: string;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The picture. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/png": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations-id-trials": {
		parameters: {
			query: {
				judge: string;
				picture: string;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The pairs. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						trials: components["schemas"]["AblationTrial"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-ablations-id-votes": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					judge: string;
					trial: string;
					/** @enum {unknown} */
					choice: "left" | "right" | "tie";
				};
			};
		};
		responses: {
			/** @description It is done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-ablations-id-preferences": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The scores. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						preferences: components["schemas"]["AblationPreferences"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-catalogue": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The node types. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						catalogue: {
							[key: string]: components["schemas"]["NodeType"];
						};
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-paths": {
		parameters: {
			query?: {
				folder?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The folder. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						folder: components["schemas"]["Folder"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-uploads": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"image/*": unknown;
			};
		};
		responses: {
			/** @description A path that a param can name. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						path: string;
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-files": {
		parameters: {
			query: {
				path: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The picture. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/*": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-models": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The checkpoints. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						models: components["schemas"]["Model"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-models-known": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The checkpoints. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						models: components["schemas"]["KnownModel"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-models-additions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The additions. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						additions: components["schemas"]["ModelAddition"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-models-additions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description `hf:OWNER/NAME`, `hf:OWNER/NAME@REVISION` or `dir:PATH`. */
					source: string;
					/** @description Another name. */
					name?: string;
					/** @description Only these parts, such as `unet`. */
					only?: string[];
				};
			};
		};
		responses: {
			/** @description It has begun. */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						addition: components["schemas"]["ModelAddition"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"delete-models-additions-id": {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description It stops. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-datasets": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The data sets. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						datasets: components["schemas"]["ListedDataset"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-datasets-facts": {
		parameters: {
			query: {
				path: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The data set. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						dataset: components["schemas"]["Dataset"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-datasets-records": {
		parameters: {
			query: {
				path: string;
				status?: ("kept" | "rejected" | "failed")[];
				decision?: ("accepted" | "rejected" | "undecided")[];
				stage?: string;
				operation?: string;
				reason?: string;
				text?: string;
				score?: string;
				min?: number;
				max?: number;
				duplicates?: boolean;
				sort?: "place" | "key" | "score";
				descending?: boolean;
				offset?: number;
				limit?: number;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description A page of them, and how many there are. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						total: number;
						records: components["schemas"]["DatasetRecord"][];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-datasets-record": {
		parameters: {
			query: {
				path: string;
				key: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The record. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						record: components["schemas"]["DatasetRecordDetails"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-datasets-picture": {
		parameters: {
			query: {
				path: string;
				key: string;
				field: string;
				side?: number;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The picture. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"image/*": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-datasets-next-undecided": {
		parameters: {
			query: {
				path: string;
				status?: ("kept" | "rejected" | "failed")[];
				decision?: ("accepted" | "rejected" | "undecided")[];
				stage?: string;
				operation?: string;
				reason?: string;
				text?: string;
				score?: string;
				min?: number;
				max?: number;
				duplicates?: boolean;
				sort?: "place" | "key" | "score";
				descending?: boolean;
				after?: number;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Its place; null where there is none, before the one asked about neither. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						place: number | null;
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-datasets-decisions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description A data set: a folder or a file, from the workspace or absolute. */
					path: string;
					keys: string[];
					/** @enum {unknown} */
					decision: "accepted" | "rejected" | null;
				};
			};
		};
		responses: {
			/** @description The data set. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						dataset: components["schemas"]["Dataset"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-datasets-undo": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description A data set: a folder or a file, from the workspace or absolute. */
					path: string;
				};
			};
		};
		responses: {
			/** @description The data set. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						dataset: components["schemas"]["Dataset"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-datasets-duplicates": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description A data set: a folder or a file, from the workspace or absolute. */
					path: string;
					/** @description Most bits of 64 that differ; 6 by default. */
					distance?: number;
				};
			};
		};
		responses: {
			/** @description The data set. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						dataset: components["schemas"]["Dataset"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"post-datasets-keep-one": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": {
					/** @description A data set: a folder or a file, from the workspace or absolute. */
					path: string;
					/** @description The key of a record. */
					key?: string;
				};
			};
		};
		responses: {
			/** @description The data set. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						dataset: components["schemas"]["Dataset"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-health": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The server answers, and graphs run or will run soon. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @enum {unknown} */
						execution: "starting" | "ready" | "failed";
					};
				};
			};
			/** @description No graph can run. */
			503: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						/** @enum {unknown} */
						execution: "starting" | "ready" | "failed";
						error: components["schemas"]["Error"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-memory": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The memory. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": {
						processes: components["schemas"]["ProcessMemory"][];
						machine: components["schemas"]["MachineMemory"];
					};
				};
			};
			default: components["responses"]["Refused"];
		};
	};
	"get-metrics": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The counts. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"text/plain": unknown;
				};
			};
			default: components["responses"]["Refused"];
		};
	};
}
