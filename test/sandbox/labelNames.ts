import { idOf } from './seed';

/** An organization's labels: ids that members hold, and the names that requests give. */
export class LabelNames {
	private readonly byId = new Map<string, string>();

	constructor(names: readonly string[]) {
		this.add(names);
	}

	/** The first spelling of a label stays its name. */
	add(names: readonly string[]): void {
		for (const name of names) {
			if (!this.byId.has(labelId(name))) this.byId.set(labelId(name), name);
		}
	}

	has(name: string): boolean {
		return this.byId.has(labelId(name));
	}

	nameOf(id: string): string {
		return this.byId.get(id) ?? id;
	}
}

export const labelId = (name: string) => idOf('label', name.toLowerCase());
