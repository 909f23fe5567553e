'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'

/**
 * Renders the page anew, or goes to `next`; typed values stay. Asks first whether the server would still show this page: where the session has
 * ended it would lead to signing in before anyone has read that the act was recorded. False then, and nothing happens.
 */
export function useRefresh(): (next?: string) => Promise<boolean> {
  const router = useRouter()
  return useCallback(
    async next => {
      const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' }).catch(
        () => undefined,
      )
      if (answer?.type === 'opaqueredirect') return false
      if (next === undefined) router.refresh()
      else if (answer) location.assign(next)
      return true
    },
    [router],
  )
}
