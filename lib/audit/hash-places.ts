/** Where events stand, by their hashes: eight bytes of table for each, so that a million cost sixteen megabytes. */
export interface HashPlaces {
  /** `hash`: 64 hex digits. */
  add(hash: string, leafIndex: number): void
  /** Leaf indices that `hash` may stand at, oldest first: by 32 of its bits, so whoever asks must look. */
  find(hash: string): number[]
  /** What {@link openHashPlaces} goes on from. */
  save(): SavedPlaces
}

export interface SavedPlaces {
  readonly slots: Uint32Array
  readonly count: number
}

const SMALLEST = 1024

/** Empty, or as saved. */
export function openHashPlaces(saved?: SavedPlaces): HashPlaces {
  let slots = saved?.slots ?? new Uint32Array(SMALLEST * 2)
  let count = saved?.count ?? 0

  const put = (into: Uint32Array, tag: number, place: number) => {
    const most = into.length / 2
    // Pairs of tag and place + 1; a place of 0 is an empty slot.
    for (let at = tag & (most - 1); ; at = (at + 1) & (most - 1)) {
      if (into[at * 2 + 1] !== 0) continue
      into[at * 2] = tag
      into[at * 2 + 1] = place
      return
    }
  }
  const grow = () => {
    const wider = new Uint32Array(slots.length * 2)
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at + 1] !== 0) put(wider, slots[at] as number, slots[at + 1] as number)
    }
    slots = wider
  }
  return {
    add(hash, leafIndex) {
      if (count * 4 >= slots.length) grow()
      put(slots, tagOf(hash), leafIndex + 1)
      count++
    },
    find(hash) {
      const tag = tagOf(hash)
      const most = slots.length / 2
      const found: number[] = []
      for (let at = tag & (most - 1); slots[at * 2 + 1] !== 0; at = (at + 1) & (most - 1)) {
        if (slots[at * 2] === tag) found.push((slots[at * 2 + 1] as number) - 1)
      }
      return found.sort((a, b) => a - b)
    },
    save: () => ({ slots, count }),
  }
}

const tagOf = (hash: string) => Number.parseInt(hash.slice(0, 8), 16) >>> 0
