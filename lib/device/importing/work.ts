import { type DBSchema, openDB } from 'idb'
import type { Encoding } from './decode.ts'
import type { Choices } from './plan.ts'
import type { Sheet } from './read-file.ts'

/** An import that somebody is at, as this browser keeps it until it is done: closing the page loses nothing. */
export type Work = {
  readonly party: string
  /** 32 hex characters. */
  readonly importId: string
  readonly fileName: string
  readonly encoding?: Encoding | undefined
  readonly misquoted: readonly number[]
  readonly sheets: readonly Sheet[]
  /** Place of the sheet that is read. */
  readonly sheet: number
  readonly choices: Choices
  /** Consignments made so far, of those the table comes to; undefined until making began. */
  readonly made?: number | undefined
}

interface Schema extends DBSchema {
  work: { key: string; value: Work }
}

const store = () =>
  openDB<Schema>('throughline-import', 1, {
    upgrade(opened) {
      opened.createObjectStore('work')
    },
  })

/** What this browser keeps for a party; undefined where it keeps nothing. None of these rejects. */
export async function recallWork(party: string): Promise<Work | undefined> {
  try {
    const opened = await store()
    const kept = await opened.get('work', party)
    opened.close()
    return kept
  } catch {
    return undefined
  }
}

export async function keepWork(work: Work): Promise<void> {
  try {
    const opened = await store()
    await opened.put('work', work, work.party)
    opened.close()
  } catch {
    // The work goes on without; only a reload would lose it.
  }
}

export async function forgetWork(party: string): Promise<void> {
  try {
    const opened = await store()
    await opened.delete('work', party)
    opened.close()
  } catch {
    // Nothing was kept.
  }
}

const MATCHED = 'throughline/columns/'
const keyOf = (party: string, headings: readonly string[]) =>
  `${MATCHED}${party}/${headings.join('\u001f').slice(0, 2000)}`

/** How columns with these headings were matched last time in this browser. */
export function recallColumns(party: string, headings: readonly string[]): Choices['fields'] | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(party, headings)) ?? 'null')
    return Array.isArray(kept) && kept.length === headings.length
      ? kept.map(each => (typeof each === 'string' ? (each as NonNullable<Choices['fields'][number]>) : undefined))
      : undefined
  } catch {
    return undefined
  }
}

export function keepColumns(party: string, headings: readonly string[], fields: Choices['fields']): void {
  try {
    localStorage.setItem(keyOf(party, headings), JSON.stringify(fields.map(field => field ?? null)))
  } catch {
    // Matched again next time.
  }
}
