/** How a parcel wants to be handled: drawn on its label, chosen by who prints it, signed by nobody. */
export const MARKS = ['fragile', 'cool', 'dry', 'up'] as const
export type Mark = (typeof MARKS)[number]

/** Each drawn as strokes in a square of 24: a glass, a snow crystal, an umbrella, two arrows on a floor. */
export const MARK_PATHS: Readonly<Record<Mark, string>> = {
  fragile: 'M7 3h10l-1 7a4 4 0 0 1-8 0zM12 14v7M8 21h8M13 3l-2 3 2 2-1 2',
  cool: 'M12 2v20M3.3 7l17.4 10M3.3 17 20.7 7M9.5 3.5 12 6l2.5-2.5M9.5 20.5 12 18l2.5 2.5M3 10.5 6.4 9.7 5.6 6.3M21 13.5l-3.4.8.8 3.4M3 13.5l3.4.8-.8 3.4M21 10.5l-3.4-.8.8-3.4',
  dry: 'M3 12a9 9 0 0 1 18 0zM12 3V2M12 12v7a2.5 2.5 0 0 0 5 0M5 16v2M8 18v2',
  up: 'M7 17V4M3.5 7.5 7 4l3.5 3.5M17 17V4M13.5 7.5 17 4l3.5 3.5M3 21h18',
}

/** The marks named in an address, in the order of {@link MARKS}; what is none is left out. */
export function marksIn(text: string | readonly string[] | undefined): readonly Mark[] {
  const named = typeof text === 'string' ? text.split(',') : (text ?? [])
  return MARKS.filter(mark => named.includes(mark))
}
