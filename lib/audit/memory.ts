import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LARGE_BYTES = 280 * 2 ** 20
/** Leaves between two looks: collecting takes as long as checking some hundred of them. */
const LEAVES_BETWEEN = 4096

let collect: (() => void) | undefined

/**
 * Gives what is no longer used back, every some thousand leaves, where this process has become large. Left to itself Node lets garbage grow with the
 * machine's memory, to several times what a replay keeps.
 */
export function startTidying(): (leaves: number) => void {
  let last = 0
  return leaves => {
    if (leaves - last < LEAVES_BETWEEN) return
    last = leaves
    if (process.memoryUsage.rss() < LARGE_BYTES) return
    if (!collect) {
      setFlagsFromString('--expose-gc')
      collect = runInNewContext('gc') as () => void
    }
    collect()
  }
}
