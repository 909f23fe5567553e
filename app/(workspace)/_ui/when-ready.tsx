'use client'
import { type ReactNode, useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * Controls whose values scripts keep: they take input only once the scripts are there. What is typed into a page that is still waking up would
 * stand in the field and not in what is signed, and go at the next stroke.
 */
export function WhenReady({ children }: { children: ReactNode }) {
  const isReady = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <fieldset role="none" className="contents" disabled={!isReady}>
      {children}
    </fieldset>
  )
}
