/** One figure or several of a run, beside what they were to reach. `limit` names each figure's bound; `ok` is that all were reached. */
export type Section = {
  readonly measured: Readonly<Record<string, number>>
  readonly limit: Readonly<Record<string, number>>
  readonly ok: boolean
  /** What was measured, of which size, and how it was kept on the disk. */
  readonly dataset: string
}

type Bound = { readonly atMost: number } | { readonly atLeast: number }

/** Puts figures beside their bounds; a figure without a bound is for the reader. */
export function section(args: {
  measured: Readonly<Record<string, number>>
  bounds: Readonly<Record<string, Bound>>
  dataset: string
}): Section {
  const { measured, bounds, dataset } = args
  const isKept = ([name, bound]: [string, Bound]) => {
    const figure = measured[name] ?? Number.NaN
    return 'atMost' in bound ? figure <= bound.atMost : figure >= bound.atLeast
  }
  const limit = Object.fromEntries(
    Object.entries(bounds).map(([name, bound]) => [name, 'atMost' in bound ? bound.atMost : bound.atLeast]),
  )
  const shown = Object.entries(measured).map(([name, figure]) => [name, round(figure)])
  return { measured: Object.fromEntries(shown), limit, ok: Object.entries(bounds).every(isKept), dataset }
}

/** Three digits of what is small, whole numbers of what is large. */
function round(figure: number): number {
  return Math.abs(figure) >= 100 ? Math.round(figure) : Number(figure.toPrecision(3))
}

export function median(figures: readonly number[]): number {
  const rising = [...figures].sort((a, b) => a - b)
  const middle = rising.length >> 1
  return rising.length % 2 === 1
    ? (rising[middle] as number)
    : ((rising[middle - 1] as number) + (rising[middle] as number)) / 2
}
