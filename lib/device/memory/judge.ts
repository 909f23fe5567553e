import { equalBytes } from '../../core/bytes.ts'
import type { Head } from '../../core/evidence/log-checks.ts'
import { type FetchTile, rootFromTiles } from '../../core/ledger/consistency-tiles.ts'

/** A tree that somebody signed, with the note that says so. */
export interface Signed extends Head {
  readonly note: string
}

/**
 * What became of a list that this browser saw. `consistent`: all of it is in what is shown. `older`: what is shown is a part of it, and the site
 * still holds the rest: a stored copy was shown. `behind`: the site's list is shorter and it no longer gives the rest. `forked`: two lists were
 * signed that are not one, whatever else is shown. `unproven`: the site gave no hashes, or wrong ones. `unreachable`: nothing can be said.
 */
export type Judgement = { readonly outcome: 'consistent' | 'older' | 'unreachable' } | Misfit

/** Two signed notes that do not fit; of them `first` is the one seen before. */
export interface Misfit {
  readonly outcome: 'behind' | 'forked' | 'unproven'
  readonly first: Signed
  readonly second: Signed
}

/**
 * Holds what a site shows to what was seen of it, from the log's tiles alone. `shown`: what a page or a file is about; `newest`: the site's own
 * newest checkpoint. All three are signed by the one key. `fetchTile` gives undefined where the site says that it has no such tile, and rejects
 * where it does not answer.
 */
export async function judge(args: {
  seen: Signed
  shown: Signed
  newest: Signed
  fetchTile: FetchTile
}): Promise<Judgement> {
  const { seen, shown, newest, fetchTile } = args
  const fork = [
    [seen, shown],
    [seen, newest],
    [shown, newest],
  ].find(([a, b]) => a?.size === b?.size && !equalBytes((a as Signed).rootHash, (b as Signed).rootHash))
  if (fork) return { outcome: 'forked', first: fork[0] as Signed, second: fork[1] as Signed }
  const tip = newest.size > shown.size ? newest : shown
  const asked = seen.size > tip.size ? [[tip, seen] as const] : [[seen, tip] as const, [shown, tip] as const]
  try {
    for (const [part, whole] of asked) {
      const held = await holds(part, whole, fetchTile)
      if (held === 'yes') continue
      const [first, second] = whole === seen ? [seen, part] : [part, whole]
      if (held === 'no') return { outcome: 'forked', first, second }
      return { outcome: whole === seen ? 'behind' : 'unproven', first, second }
    }
  } catch {
    return { outcome: 'unreachable' }
  }
  return { outcome: shown.size < seen.size ? 'older' : 'consistent' }
}

/** Whether `part` is the beginning of `whole`; `withheld` where the tiles are not there or are not those of `whole`. */
async function holds(part: Head, whole: Head, fetchTile: FetchTile): Promise<'yes' | 'no' | 'withheld'> {
  if (part.size === whole.size) return 'yes'
  const root = await rootFromTiles({
    oldSize: part.size,
    newSize: whole.size,
    newRoot: whole.rootHash,
    fetchTile,
  })
  if (!root.ok) return 'withheld'
  return equalBytes(root.value, part.rootHash) ? 'yes' : 'no'
}
