import { type Actor, nonceOf, StoryLog } from '../core/evidence/story.fixture.ts'
import { formatIndexLeaf } from '../core/ledger/index-leaf.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { openMapReplay } from './map-replay.ts'

export const LINE = { line: '1', condition: 'sound' }

/** A log that promises an index, honest unless a test makes it otherwise, with the map its leaves come to. */
export class IndexedLog extends StoryLog {
  readonly map = openMapReplay()
  readonly #counts = new Map<string, number>()

  override append(args: Parameters<StoryLog['append']>[0]): number {
    const index = super.append(args)
    const count = (this.#counts.get(args.subject) ?? 0) + 1
    this.#counts.set(args.subject, count)
    this.map.change(args.subject, { count, leafHash: this.hashes[index] as Uint8Array })
    return index
  }

  override async act(act: Parameters<StoryLog['act']>[0]): Promise<string> {
    const hash = await super.act(act)
    if (act.kind === 'revoke') this.map.changeKeys(act.actor.party, this.hashes.at(-1) as Uint8Array)
    return hash
  }

  override async enrol(args: Parameters<StoryLog['enrol']>[0]): Promise<string> {
    const hash = await super.enrol(args)
    this.map.changeKeys(args.party, this.hashes.at(-1) as Uint8Array)
    return hash
  }

  index(mapRoot = this.map.root()): void {
    this.clock += 1000
    const bytes = formatIndexLeaf({ at: this.clock, mapRoot })
    this.leaves.push(bytes)
    this.hashes.push(leafHash(bytes))
  }
}

/** A founded log with a donor and a taker, eight leaves of events; `hand` packs, releases and receives forty tents. */
export async function story(): Promise<{
  log: IndexedLog
  donor: Actor
  taker: Actor
  hand(name: string): Promise<string>
}> {
  const log = new IndexedLog({ origin: 'log.example.org' })
  await log.found({ index: true })
  log.index()
  const donor = await log.join('donor', 'Nordic Relief')
  const taker = await log.join('taker', 'Hilltop Hospital')
  log.index()
  const hand = async (name: string) => {
    const subject = log.consignment({ actor: donor, name })
    const lines = [{ id: '1', item: 'Tents', unit: 'piece', quantity: '40' }]
    await log.act({ actor: donor, subject, kind: 'pack', body: { nonce: nonceOf(name), lines } })
    const to = { to: { party: taker.party }, lines: [{ ...LINE, quantity: '40' }] }
    const release = await log.act({ actor: donor, subject, kind: 'release', body: to })
    await log.act({
      actor: taker,
      subject,
      kind: 'receive',
      body: { release, lines: [{ ...LINE, received: '40' }] },
    })
    return subject
  }
  return { log, donor, taker, hand }
}
