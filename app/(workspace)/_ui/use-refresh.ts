'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'

// Of this page: it is about to go elsewhere, so that nobody renders it anew on the way out.
let isLeaving = false

/**
 * Renders the page anew, or goes to `next`; typed values stay. Asks first whether the server would still show this page: where the session has
 * ended it would lead to signing in before anyone has read that the act was recorded. False then, and nothing happens.
 */
export function useRefresh(): (next?: string) => Promise<boolean> {
  const router = useRouter()
  return useCallback(
    async next => {
      if (next !== undefined) isLeaving = true
      const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' }).catch(
        () => undefined,
      )
      const isSignedOut = answer?.type === 'opaqueredirect'
      if (next !== undefined) {
        isLeaving = answer !== undefined && !isSignedOut
        if (isLeaving) leave(next)
      } else if (!isSignedOut && !isLeaving) router.refresh()
      return !isSignedOut
    },
    [router],
  )
}

function leave(next: string): void {
  // Who comes back by the browser's own button finds the page as it was left.
  const stay = () => {
    isLeaving = false
  }
  window.addEventListener('pagehide', stay, { once: true })
  location.assign(next)
}
