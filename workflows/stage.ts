import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { searchAttributes } from '../domain/search-attributes.ts';

type Names = typeof searchAttributes;
interface TypeOf {
  Keyword: string;
  Datetime: Date;
  Bool: boolean;
  Int: number;
}
/** Values by name without the common prefix: `{ Stage: 'paid' }` sets KbossStage; null takes one away. */
type Attributes = {
  [N in keyof Names as N extends `Kboss${infer Short}` ? Short : never]?: TypeOf[Names[N]] | null;
};

const typeNames = { Keyword: 'KEYWORD', Datetime: 'DATETIME', Bool: 'BOOL', Int: 'INT' } as const;

/** What operators see of a process at one moment. */
export interface Stage extends Attributes {
  /** One Markdown sentence: where it stands. */
  stands: string;
  /** What has to happen next and who does it; absent once it has ended. */
  waits?: string;
}

/** Makes the part of a process's stage that never changes (number, organisation, …) and returns the teller of the rest. */
export function stages(title: string, constant: Attributes): (stage: Stage) => void {
  const told: Attributes = {};
  return ({ stands, waits, ...attributes }) => {
    const wanted: Attributes = {
      WaitsFor: null,
      DueAt: null,
      NeedsAttention: false,
      ...constant,
      ...attributes,
    };
    const changed = Object.entries(wanted).filter(([name, value]) =>
      differs(told[name as keyof Attributes], value),
    );
    Object.assign(told, wanted);
    if (changed.length > 0) upsertSearchAttributes(changed.map(([name, value]) => pair(name, value)));
    setCurrentDetails(`### ${title}\n\n${stands}\n\n${waits ? `**Waits for:** ${waits}` : 'Ended.'}`);
  };
}

/** What was never set needs no taking away. */
function differs(before: Attributes[keyof Attributes], after: Attributes[keyof Attributes]): boolean {
  return String(before ?? null) !== String(after ?? null);
}

function pair(name: string, value: Attributes[keyof Attributes]): SearchAttributeUpdatePair {
  const full = `Kboss${name}` as keyof Names;
  const key = defineSearchAttributeKey(full, typeNames[searchAttributes[full]]);
  return { key, value: value ?? null } as SearchAttributeUpdatePair;
}
