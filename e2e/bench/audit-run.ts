import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditLog } from '../../lib/audit/audit.ts'
import { openSource } from '../../lib/audit/source.ts'
import { sha256 } from '../../lib/core/bytes.ts'
import { parseLeaf } from '../../lib/core/evidence/leaf.ts'
import { publicKeyIn } from '../../lib/core/evidence/obligations.ts'
import { parseSignedEvent } from '../../lib/core/evidence/signed-event.ts'
import { leafHash } from '../../lib/core/ledger/merkle.ts'
import { decodeEntries, entriesPath } from '../../lib/core/ledger/tile.ts'
import { verifyNow } from '../../lib/data/ed25519.ts'
import { fsck } from '../../lib/data/fsck.ts'
import { hashNatively } from '../../lib/data/hash.ts'

// `audit-run.ts crypto|audit|fsck PLACE VKEY`: one measurement in a process of its own, so that its memory is its own; prints what {@link Run} says.

export type Run = {
  readonly leaves: number
  /** From the first byte read to the last word said. */
  readonly seconds: number
  /** The most that the process ever held. */
  readonly megabytes: number
}

type Work = (place: string, vkey: string) => Promise<{ leaves: number; seconds: number }>

const timed = async (work: () => Promise<number>) => {
  const start = performance.now()
  const leaves = await work()
  return { leaves, seconds: (performance.now() - start) / 1000 }
}

const audit: Work = (place, vkey) =>
  timed(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-audit-'))
    try {
      const source = await openSource(place)
      if (!source.ok) throw new Error(source.detail)
      for await (const step of auditLog({ source: source.value, folder, trusted: { vkey } })) {
        if (step.step !== 'end') continue
        if (step.report.found > 0 || step.report.failure) throw new Error(JSON.stringify(step.report))
        return step.report.leaves
      }
      throw new Error('it did not end')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

const check: Work = url =>
  timed(async () => {
    for await (const step of fsck(url)) {
      if (step.step === 'finding') throw new Error(JSON.stringify(step.finding))
      if (step.step === 'end') return step.leaves
    }
    throw new Error('it did not end')
  })

/** What node:crypto needs for the same hashes and signatures, one after the other: of each leaf, each event, each inner node; reading is not counted. */
const crypto: Work = async place => {
  hashNatively()
  const source = await openSource(place)
  if (!source.ok) throw new Error(source.detail)
  const keys = new Map<string, Uint8Array>()
  let [leaves, seconds] = [0, 0]
  for (let index = 0; ; index++) {
    const most = 256 * 65_537
    const full = await source.value.read(entriesPath({ index, width: 256 }), most)
    const entries = full.ok ? decodeEntries(full.value) : undefined
    // The last bundle is not full: its few leaves are left out.
    if (!entries?.ok) return { leaves, seconds }
    const read = entries.value.map(bytes => {
      const leaf = parseLeaf(bytes)
      const signed = leaf.ok ? parseSignedEvent(leaf.value.note) : undefined
      const value = signed?.ok ? signed.value : undefined
      const brought = value?.event && publicKeyIn(value.event)
      if (brought) keys.set(brought.key, brought.publicKey)
      return { bytes, value, publicKey: value?.event && keys.get(value.event.key) }
    })
    const node = new Uint8Array(65)
    const start = performance.now()
    for (const { bytes, value, publicKey } of read) {
      node.set(leafHash(bytes), 1)
      sha256(node)
      if (!value || !publicKey) continue
      sha256(value.message)
      if (!verifyNow({ publicKey, message: value.message, signature: value.signature })) throw new Error('wrong')
    }
    seconds += (performance.now() - start) / 1000
    leaves += read.length
  }
}

const WORKS: Readonly<Record<string, Work>> = { audit, fsck: check, crypto }

async function main([what = '', place = '', vkey = '']: readonly string[]): Promise<void> {
  const work = WORKS[what]
  if (!work) throw new Error('audit-run.ts crypto|audit|fsck PLACE VKEY')
  const run: Run = { ...(await work(place, vkey)), megabytes: process.resourceUsage().maxRSS / 1000 }
  process.stdout.write(`${JSON.stringify(run)}\n`)
}

await main(process.argv.slice(2))
