import { parseLeaf } from '../core/evidence/leaf.ts'
import { INDEX_SUBJECT, keysChangedBy, keysSubject } from '../core/evidence/map-changes.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { parseIndexLeaf } from '../core/ledger/index-leaf.ts'
import { mapKey } from '../core/ledger/map.ts'
import { growTree, treeRoot } from '../core/ledger/map-tree.ts'
import { freshSettings, LiveLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { openLog } from './open-log.ts'
import { bytesOf, query } from './sql.ts'

/** Nothing signs by itself in these tests: a timer that is set keeps the publisher from setting its own. */
export function quiet(log: Log): void {
  clearTimeout(log.publisher.timer)
  log.publisher.timer = setTimeout(() => {}, 600_000)
}

export async function quietLog() {
  const settings = freshSettings()
  const log = await openLog(settings)
  quiet(log)
  const live = new LiveLog(log)
  await live.found({ index: true })
  const donor = await live.join('donor', 'Nordic Relief')
  return { settings, log, live, donor }
}

export const sizesIn = async (log: Log, table: 'Checkpoint' | 'IndexLeaf') =>
  (await query(log.adapter, `SELECT "size" FROM "${table}" ORDER BY "size"`)).map(row => Number(row[0]))

export const subjectsIn = async (log: Log) =>
  (await query(log.adapter, 'SELECT "subject" FROM "Leaf" ORDER BY "leafIndex"')).map(row => String(row[0]))

/** Map roots as the leaves before each index leaf come to them, grown here by the rule of PROTOCOL §6 and nothing of the server's. */
export async function replayedRoots(log: Log): Promise<{ said: string[]; replayed: string[] }> {
  const parties = new Map<string, string>()
  const entries = new Map<string, { count: number; leafHash: Uint8Array }>()
  const [said, replayed]: [string[], string[]] = [[], []]
  const take = (subject: string, leafHash: Uint8Array) =>
    entries.set(subject, { count: (entries.get(subject)?.count ?? 0) + 1, leafHash })
  for (const row of await query(
    log.adapter,
    'SELECT "subject", "bytes", "leafHash" FROM "Leaf" ORDER BY "leafIndex"',
  )) {
    const [subject, bytes, leafHash] = [String(row[0]), bytesOf(row[1]), bytesOf(row[2])]
    if (subject === INDEX_SUBJECT) {
      const leaf = parseIndexLeaf(bytes)
      if (!leaf.ok) throw new Error(leaf.detail)
      said.push(Buffer.from(leaf.value.mapRoot).toString('hex'))
      const all = [...entries].map(([name, entry]) => ({ key: mapKey(name), ...entry }))
      replayed.push(Buffer.from(treeRoot(growTree(undefined, all))).toString('hex'))
      continue
    }
    take(subject, leafHash)
    const leaf = parseLeaf(bytes)
    const signed = leaf.ok ? parseKnownEvent(leaf.value.note) : leaf
    if (!signed.ok) throw new Error(signed.detail)
    const { event } = signed.value
    if (event.kind === 'enrol') parties.set(event.id, event.body.party)
    const party = keysChangedBy(event, key => parties.get(key))
    if (party !== undefined) take(keysSubject(party), leafHash)
  }
  return { said, replayed }
}
