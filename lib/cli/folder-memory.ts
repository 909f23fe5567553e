import { join } from 'node:path'
import { type KeptKey, loadKeys, saveKey } from '../data/kept-keys.ts'
import { openJournal } from './journal.ts'
import type { Memory, Posted } from './scribe.ts'
import type { ToldStory } from './story.ts'

type Consignments = ToldStory['consignments']
type Entry = ({ readonly step: string } & Posted) | { readonly told: Consignments }

/** A {@link Memory} in the data folder: keys in `keys/`, signed notes in a journal. */
export interface FolderMemory extends Memory {
  /** The log that the kept story is about; undefined before anything was signed. */
  readonly origin: string | undefined
  /** What was told, once it is told to the end. */
  readonly told: Consignments | undefined
  finish(told: Consignments): void
  close(): void
}

/** Opens the memory kept in `file` of `dataDir`; of the keys there only those of `origin`, where one is given. */
export function openFolderMemory(
  dataDir: string,
  { file = 'story.jsonl', origin: only }: { file?: string; origin?: string } = {},
): FolderMemory {
  const journal = openJournal<Entry>(join(dataDir, file))
  const notes = new Map<string, Posted>()
  let told: Consignments | undefined
  for (const entry of journal.entries) {
    if ('told' in entry) told = entry.told
    else notes.set(entry.step, { note: entry.note, openings: entry.openings })
  }
  const wanted = loadKeys(dataDir).filter(key => only === undefined || key.origin === only)
  const keys = new Map<string, KeptKey>(wanted.map(key => [key.use, key]))
  // The operator's key comes before the first note.
  const origin = notes.get('found')?.note.split('\n')[1] ?? keys.get('operator')?.origin
  return {
    origin,
    told,
    recallKey: use => keys.get(use),
    keepKey(key) {
      saveKey(dataDir, key)
      keys.set(key.use, key)
    },
    recallNote: step => notes.get(step),
    keepNote(step, posted) {
      journal.keep([{ step, ...posted }])
      notes.set(step, posted)
    },
    finish: consignments => journal.keep([{ told: consignments }]),
    close: () => journal.close(),
  }
}
