'use client'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { DeskProps } from '@/lib/device/desk.ts'
import { type KeyNews, markSeen, newsAt } from '@/lib/device/known-keys.ts'
import { readOutbox, tendOutbox } from '@/lib/device/outbox.ts'
import { type Kept, openStore } from '@/lib/device/store.ts'
import { watchOutbox } from '@/lib/device/tabs.ts'
import { useRefresh } from './use-refresh.ts'

/** What waits on this device, and sends it while a page is open. Undefined until it was read; 'no-storage' where this browser keeps nothing. */
export function useOutbox({ origin, vkey }: DeskProps): readonly Kept[] | 'no-storage' | undefined {
  const [entries, setEntries] = useState<readonly Kept[] | 'no-storage'>()
  useEffect(() => {
    let isGone = false
    const read = async () => {
      const next = (await openStore()) ? await readOutbox() : 'no-storage'
      if (!isGone) setEntries(next)
    }
    const unwatch = watchOutbox(() => void read())
    const stop = tendOutbox({ origin, vkey })
    void read()
    return () => {
      isGone = true
      unwatch()
      stop()
    }
  }, [origin, vkey])
  return entries
}

/**
 * Renders the page anew once something that waited was recorded or refused: the page may speak of it. What a form of this page is sending right now
 * is that form's own to follow.
 */
export function useFreshPage(entries: readonly Kept[] | 'no-storage' | undefined): void {
  const refresh = useRefresh()
  const waited = useRef<readonly string[]>(undefined)
  useEffect(() => {
    if (entries === undefined || entries === 'no-storage') return
    const before = waited.current
    const kept = entries.filter(({ state }) => state === 'kept')
    waited.current = kept
      .filter(({ hash, form }) => before === undefined || before.includes(hash) || form.until === 0)
      .map(({ hash }) => hash)
    // At first: what the page before this one sent while the server was rendering this one.
    const isNews = before
      ? before.some(hash => !kept.some(each => each.hash === hash))
      : entries.some(({ recorded }) => recorded !== undefined && recorded.at >= performance.timeOrigin)
    if (isNews) void refresh()
  }, [entries, refresh])
}

function watchNetwork(onChange: () => void): () => void {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
}

/** Whether the browser believes that it has a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    watchNetwork,
    () => navigator.onLine,
    () => true,
  )
}

/** What happened to the party's keys since someone at this device said that they have seen it, and how to say so. */
export function useKeyNews(desk: DeskProps): readonly [readonly KeyNews[], () => void] {
  const [news, setNews] = useState<readonly KeyNews[]>([])
  useEffect(() => {
    let isGone = false
    void newsAt(desk).then(found => {
      if (!isGone) setNews(found)
    })
    return () => {
      isGone = true
    }
  }, [desk])
  const seen = () => void markSeen(desk).then(() => setNews([]))
  return [news, seen]
}
