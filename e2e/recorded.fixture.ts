import { isIndexLeaf } from '../lib/core/ledger/index-leaf.ts'
import { decodeEntries, entriesPath, TILE_WIDTH } from '../lib/core/ledger/tile.ts'
import { untilSealed } from './server.fixture.ts'

/** How many events are recorded, once all of them are sealed. Index leaves come by themselves, as often as something is sealed. */
export async function recordedEvents(url: string): Promise<number> {
  const { sealed } = await untilSealed(url)
  let events = 0
  for (let index = 0; index * TILE_WIDTH < sealed; index++) {
    const path = entriesPath({ index, width: Math.min(TILE_WIDTH, sealed - index * TILE_WIDTH) })
    const entries = decodeEntries(new Uint8Array(await (await fetch(`${url}/log/${path}`)).arrayBuffer()))
    if (!entries.ok) throw new Error(`${path}: ${entries.detail}`)
    events += entries.value.filter(bytes => !isIndexLeaf(bytes)).length
  }
  return events
}
