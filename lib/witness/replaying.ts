import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openMirror, writeWhole } from '../audit/mirror.ts'
import { type LogReplay, startAuditReplay } from '../audit/replay.ts'
import { openSource } from '../audit/source.ts'
import { equalBytes } from '../core/bytes.ts'
import { treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { TILE_WIDTH } from '../core/ledger/tile.ts'
import { fail, pass, type Result } from '../core/result.ts'
import type { Scruple } from './cosigner.ts'
import { originHash } from './server.ts'

/** A log asks with a second's patience: what takes longer goes on by itself, and the log asks again. */
const PATIENCE_MILLISECONDS = 700
const MILLISECONDS_BETWEEN_SAVES = 60_000

/**
 * `no-url`: nobody said where the log is to be read · `unreadable`: it cannot be read there now · `tree-differs`: what is read there is not the tree
 * that was signed · `index-missing`: it ends without the index that it promises · `rules-broken`: a record or an index is against the rules.
 */
type ReplayCode = 'no-url' | 'unreadable' | 'tree-differs' | 'index-missing' | 'rules-broken'

type Replayed = Result<number, ReplayCode>

/** Makes a witness sign only what it has replayed (PROTOCOL §6, "Completeness"). What was read stays in `folder`, so that nothing is read twice. */
export function replayingScruple({ folder, say }: { folder: string; say: (line: string) => void }): {
  readonly scruple: Scruple
  close(): Promise<void>
} {
  const followers = new Map<string, Follower>()
  return {
    async scruple(toSign) {
      const { origin, log } = toSign
      let follower = followers.get(origin)
      if (!follower) {
        follower = openFollower({ folder: join(folder, 'replayed', originHash(origin)), say })
        followers.set(origin, follower)
      }
      const size = treeSizeNumber(toSign.head.size)
      if (size === undefined || log.url === undefined) {
        return { status: 403, body: 'no-url: say where this log is to be read: add-log VKEY --url URL\n' }
      }
      const replayed = await Promise.race([
        follower.advance({ url: log.url, size, root: toSign.head.rootHash }),
        sleep(PATIENCE_MILLISECONDS, undefined, { ref: false }),
      ])
      if (replayed === undefined) return { status: 503, body: `replaying: ${follower.size()} of ${size}\n` }
      if (replayed.ok) return undefined
      const status = replayed.code === 'unreadable' ? 503 : 403
      return { status, body: `${replayed.code}: ${replayed.detail}\n` }
    },
    async close() {
      for (const follower of followers.values()) await follower.close()
    },
  }
}

type Target = { readonly url: string; readonly size: number; readonly root: Uint8Array }

interface Follower {
  /** Replays up to this tree; one run at a time. */
  advance(target: Target): Promise<Replayed>
  size(): number
  close(): Promise<void>
}

function openFollower({ folder, say }: { folder: string; say: (line: string) => void }): Follower {
  const statePath = join(folder, 'state')
  let replay: LogReplay | undefined
  let last: Promise<unknown> = Promise.resolve()
  let savedAt = performance.now()
  let isClosed = false
  /** Once something was found, nothing of this log is signed again. */
  let broken: Replayed | undefined

  const open = async (url: string) => {
    const source = await openSource(url)
    if (!source.ok) return fail('unreadable', `${source.code}: ${source.detail}`)
    const mirror = openMirror({ source: source.value, folder })
    if (!replay) {
      const saved = await readFile(statePath).catch(() => undefined)
      replay = startAuditReplay({ leaves: mirror.leaves, saved: saved && new Uint8Array(saved) })
    }
    return pass({ mirror, replay })
  }

  const save = async () => {
    const saved = replay?.save()
    if (saved) await writeWhole(statePath, saved)
    savedAt = performance.now()
  }

  /** What was read was of another tree: nothing of it is kept, and all is read again. */
  const forget = async () => {
    replay = undefined
    await rm(folder, { recursive: true, force: true })
  }

  const run = async ({ url, size, root }: Target): Promise<Replayed> => {
    const opened = await open(url)
    if (!opened.ok) return opened
    if (broken) return broken
    const { mirror, replay: current } = opened.value
    while (current.size < size) {
      if (isClosed) return fail('unreadable', 'this witness is ending')
      const index = Math.floor(current.size / TILE_WIDTH)
      const from = current.size - index * TILE_WIDTH
      const bundle = await mirror.bundle(index, Math.min(TILE_WIDTH, size - index * TILE_WIDTH))
      if (!bundle.ok) return fail('unreadable', `${bundle.code}: ${bundle.detail}`)
      const entries = bundle.value
      const before = await mirror.leaves.read(Array.from({ length: from }, (_, i) => index * TILE_WIDTH + i))
      // Who serves other bytes for what was replayed before must not put them in its place.
      if (!before.every((leaf, i) => equalBytes(leaf, entries[i] as Uint8Array))) {
        return fail(
          'tree-differs',
          `${url} serves other bytes for leaves ${index * TILE_WIDTH} to ${current.size - 1} than before`,
        )
      }
      await mirror.keep(index, entries, new Uint8Array(Buffer.concat(entries.map(leafHash))))
      const taken = await current.take(current.prepare(entries.slice(from)))
      const [finding] = taken.flatMap(({ findings }) => findings)
      if (finding) {
        say(`NOT SIGNED, ${url}: leaf ${finding.leaf}: ${finding.code}: ${finding.detail}`)
        broken = fail('rules-broken', `leaf ${finding.leaf}: ${finding.code}: ${finding.detail}`)
        return broken
      }
      if (performance.now() - savedAt > MILLISECONDS_BETWEEN_SAVES) say(`replayed ${current.size} of ${size}, ${url}`)
    }
    if (current.size > size) return fail('unreadable', `${current.size} leaves are replayed: ask for the newest`)
    if (!equalBytes(current.root(), root)) {
      await forget()
      return fail('tree-differs', `what ${url} serves is not the tree of ${size} leaves that was signed`)
    }
    if (current.promisesIndex && !current.endsInIndex)
      return fail('index-missing', `${size} leaves, no index at the end`)
    if (performance.now() - savedAt > MILLISECONDS_BETWEEN_SAVES) await save()
    return pass(size)
  }

  return {
    advance(target) {
      const next = last
        .then(() => run(target))
        .catch(error => {
          // Cut short in the middle: from what was saved, or from the beginning.
          replay = undefined
          throw error
        })
      last = next.catch(() => {})
      return next
    },
    size: () => replay?.size ?? 0,
    async close() {
      isClosed = true
      await last
      await save()
    },
  }
}
