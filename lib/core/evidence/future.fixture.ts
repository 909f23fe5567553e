import { eventHash } from '../custody/event.ts'
import { formatJson } from '../json.ts'
import { formatNote, signNote } from '../ledger/note.ts'
import { keyLineName } from './signed-event.ts'
import type { Actor, StoryLog } from './story.fixture.ts'

/** A note signed as a later version of this program would: of a kind, or a version, that this one does not know. */
export function signFuture(args: { log: StoryLog; subject: string; actor: Actor; kind: string; v?: string }): {
  note: Uint8Array
  hash: string
} {
  const { log, subject, actor, kind, v = '1' } = args
  const { key, seed } = actor.pair
  const after = log.heads.get(subject) ?? ''
  const statement = {
    v,
    subject,
    after,
    kind,
    by: actor.party,
    key,
    at: '2031-01-01T00:00:00+00:00',
    body: { height: '120' },
  }
  const text = `throughline/event/v${v}\n${log.origin}\n${formatJson(statement)}\n`
  const signature = signNote({ name: keyLineName({ origin: log.origin, key }), seed, text })
  const note = formatNote({ text, signatures: [signature] })
  return { note, hash: eventHash(text) }
}
