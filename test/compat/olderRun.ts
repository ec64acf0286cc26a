/** Before n8n 2.8 the engine took what it runs one by one, and not as one object. */
import '../engine/environment';

import { WorkflowExecute } from 'n8n-core';
import type { INode, Workflow } from 'n8n-workflow';

type Run = typeof WorkflowExecute.prototype.run;
type OlderRun = (this: WorkflowExecute, workflow: Workflow, startNode?: INode) => ReturnType<Run>;

const run = Reflect.get(WorkflowExecute.prototype, 'run') as Run | OlderRun;

if (run.length > 1) {
	WorkflowExecute.prototype.run = function ({ workflow, startNode }) {
		return (run as OlderRun).call(this, workflow, startNode);
	};
}
