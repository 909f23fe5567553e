import { utf8Decode, utf8Encode } from '../core/bytes.ts'
import { leafHeader } from '../core/evidence/event-proof.ts'
import { formatTlogProof } from '../core/ledger/tlog-proof.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { bytesOf, query } from './sql.ts'
import { inclusionProof } from './tiles.ts'
import { cosignedNote } from './witness-rows.ts'

/**
 * The proof that an event stands in the log, as a c2sp.org/tlog-proof@v1 file under the newest checkpoint; its `extra` line is the
 * leaf's first line, all that a holder of the note lacks to verify it. `eventHash`: the event's own, or that of a restated note. Codes: `unknown-event`, `not-sealed` (recorded, and no checkpoint covers it yet: ask again in a second).
 */
export async function tlogProof(eventHash: string, on?: Log): Promise<Result<string, 'unknown-event' | 'not-sealed'>> {
  const log = on ?? (await database())
  const sql =
    'SELECT n."leafIndex", l."bytes" FROM "EventName" n JOIN "Leaf" l ON l."leafIndex" = n."leafIndex" WHERE n."hash" = ?'
  const [row] = await query(log.adapter, sql, [eventHash])
  if (!row) return fail('unknown-event', eventHash)
  const leafIndex = Number(row[0])
  const checkpoint = await readCheckpoint(log.adapter)
  if (!checkpoint || checkpoint.size <= leafIndex) return fail('not-sealed', `leaf ${leafIndex}`)
  const proof = await inclusionProof(log.adapter, { leafIndex, treeSize: checkpoint.size })
  const extra = leafHeader(bytesOf(row[1]))
  const file = formatTlogProof({
    ...(extra && { extra }),
    leafIndex: BigInt(leafIndex),
    proof,
    checkpoint: utf8Encode(await cosignedNote(log.adapter, checkpoint)),
  })
  return pass(utf8Decode(file) as string)
}
