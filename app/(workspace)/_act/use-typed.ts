'use client'
import { useKept } from '../_ui/use-kept.ts'
import type { ActProps } from './act-props.ts'

/**
 * What was typed into the form of one act, kept over reloads, sign-in and the way back. `of`: what the act answers, so that two forms of one
 * kind do not mix. `seen`: the newest record that the form knew when it was begun.
 */
export function useTyped<Values extends object>(
  { desk, reference, head }: ActProps,
  { kind, of = '', initial }: { kind: string; of?: string; initial: Values },
) {
  const name = ['act', desk.party, reference, kind, of].join('/')
  const [kept, keep, forget] = useKept(name, { seen: head, values: initial })
  return {
    typed: kept.values,
    seen: kept.seen,
    type: (changes: Partial<Values>) => keep({ ...kept, values: { ...kept.values, ...changes } }),
    forget,
    /** Begins the form anew, with what the page shows now. */
    restart: () => {
      keep({ seen: head, values: initial })
      forget()
    },
  }
}
