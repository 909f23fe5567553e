'use client'

import { useEffect } from 'react'

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: at => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** With the focus in the list, arrows go from row to row; Enter opens as any link does. Draws nothing. */
export function ListKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = STEPS[event.key]
      if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const links = [...document.querySelectorAll<HTMLElement>('.listing tbody th a')]
      const at = links.findIndex(link => link.closest('tr')?.contains(document.activeElement))
      if (at < 0) return
      event.preventDefault()
      links[step(at, links.length - 1)]?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return null
}
