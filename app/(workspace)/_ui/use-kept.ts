'use client'
import { useCallback, useEffect, useState } from 'react'

const PREFIX = 'throughline/form/'

/**
 * What a person typed into the form `name`, kept in this tab across a reload, signing in again and coming back; starts as `initial`. The third
 * value forgets it, once it is signed. Values are JSON.
 */
export function useKept<T>(name: string, initial: T): [T, (next: T | ((before: T) => T)) => void, () => void] {
  const [value, setValue] = useState(initial)
  // After the first paint: the server renders the form as it starts and cannot know what is kept.
  useEffect(() => {
    const kept = read(name)
    if (kept !== undefined) setValue(kept as T)
  }, [name])
  const set = useCallback(
    (next: T | ((before: T) => T)) =>
      setValue(before => {
        const value = next instanceof Function ? next(before) : next
        write(name, value)
        return value
      }),
    [name],
  )
  const forget = useCallback(() => {
    try {
      sessionStorage.removeItem(PREFIX + name)
    } catch {
      // Nothing is kept where storage is denied.
    }
  }, [name])
  return [value, set, forget]
}

function read(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

function write(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing lets the form work all the same.
  }
}
