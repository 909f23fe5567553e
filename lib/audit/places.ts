/** Which leaves each subject has, in eight bytes a leaf: what is not in memory is read and folded again from them. */
export interface Places {
  /** Takes the next leaf of a subject; leaves come in log order. Gives how many it has now. */
  add(subject: string, leafIndex: number): number
  /** Leaf indices of a subject, rising; none for one that was never named. */
  of(subject: string): number[]
  subjectAt(leafIndex: number): string | undefined
  /** Every subject, in the order they came. */
  readonly subjects: readonly string[]
  save(): SavedPlacesOfSubjects
}

export interface SavedPlacesOfSubjects {
  readonly subjects: readonly string[]
  readonly last: Uint32Array
  readonly counts: Uint32Array
  readonly previous: Uint32Array
  readonly owner: Uint32Array
}

/** None, or as saved. */
export function openPlaces(saved?: SavedPlacesOfSubjects): Places {
  const subjects = [...(saved?.subjects ?? [])]
  const ids = new Map(subjects.map((subject, id) => [subject, id]))
  // Indices are stored one higher: 0 is none.
  let last = saved?.last ?? new Uint32Array(1024)
  let counts = saved?.counts ?? new Uint32Array(1024)
  let previous = saved?.previous ?? new Uint32Array(1024)
  let owner = saved?.owner ?? new Uint32Array(1024)
  return {
    subjects,
    add(subject, leafIndex) {
      let id = ids.get(subject)
      if (id === undefined) {
        id = subjects.push(subject) - 1
        ids.set(subject, id)
        last = roomFor(last, id)
        counts = roomFor(counts, id)
      }
      previous = roomFor(previous, leafIndex)
      owner = roomFor(owner, leafIndex)
      previous[leafIndex] = last[id] as number
      owner[leafIndex] = id + 1
      last[id] = leafIndex + 1
      counts[id] = (counts[id] as number) + 1
      return counts[id] as number
    },
    of(subject) {
      const id = ids.get(subject)
      const indices: number[] = []
      for (let at = id === undefined ? 0 : (last[id] as number); at > 0; at = previous[at - 1] as number)
        indices.push(at - 1)
      return indices.reverse()
    },
    subjectAt: leafIndex => subjects[(owner[leafIndex] ?? 0) - 1],
    save: () => ({ subjects, last, counts, previous, owner }),
  }
}

function roomFor(array: Uint32Array, place: number): Uint32Array {
  if (place < array.length) return array
  const wider = new Uint32Array(Math.max(array.length * 2, place + 1))
  wider.set(array)
  return wider
}
