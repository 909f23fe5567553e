import { createHash, randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { loadKeys } from '../data/kept-keys.ts'
import { openFolderMemory } from './folder-memory.ts'
import { joinParty } from './founding.ts'
import { type Actor, openScribe, type Post } from './scribe.ts'
import { Plain } from './serve.ts'

/** The first of `folders` that keeps a key to import with into the log `origin`: an importer's, or the operator's, who can register one. */
export function findKeyFolder(folders: readonly string[], origin: string): string {
  for (const folder of folders.map(each => resolve(each))) {
    const keys = loadKeys(folder).filter(key => key.origin === origin)
    if (keys.some(key => key.use === 'importer' || key.use === 'operator')) return folder
  }
  throw new Plain(
    `No key for the log ${origin} in ${[...new Set(folders)].join(' or ')}.
An import is signed by a registered party with a key kept on this machine. For a demonstration, name the folder
that npm run demo uses (--data .data/demo). A production log's keys are on its members' devices: importing into one is not possible yet.`,
  )
}

/** Where an import keeps its journals within the data folder, one place for each log: notes signed for one are no use to another. */
export function importFolder(origin: string): string {
  return join('import', createHash('sha256').update(origin).digest('hex').slice(0, 12))
}

/** Who signs the reports: the party whose key is kept here, registered and enrolled with the operator's key where that is kept here too. */
export async function enterImporter(args: {
  dataDir: string
  origin: string
  name: string
  post: Post
}): Promise<Actor> {
  const { dataDir, origin, name, post } = args
  const memory = openFolderMemory(dataDir, { file: join(importFolder(origin), 'party.jsonl'), origin })
  try {
    const importer = memory.recallKey('importer')
    const operator = memory.recallKey('operator')
    if (!operator) {
      if (importer) return { reference: importer.party, key: importer }
      throw new Plain(`Neither an importer's nor the operator's key of ${origin} is kept in ${dataDir}.`)
    }
    const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
    return await joinParty(openScribe({ origin, post, clock: Date.now, random, memory }), {
      step: 'importer',
      operator: { reference: operator.party, key: operator },
      registrant: { name, type: 'organisation', named: 'public' },
    })
  } finally {
    memory.close()
  }
}
