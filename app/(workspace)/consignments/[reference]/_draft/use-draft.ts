'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useKept } from '@/app/(workspace)/_ui/use-kept.ts'
import type { DraftContent } from '@/lib/core/custody/draft.ts'
import { keepDraft, type SaveCode } from './actions.ts'

type Version = { readonly content: DraftContent; readonly version: number }

/** `offline`: the server could not be asked; it is tried again. */
export type Saving = 'saved' | 'unsaved' | 'offline' | Exclude<SaveCode, 'draft-recorded'>

const PAUSE_MILLISECONDS = 700
const AGAIN_MILLISECONDS = 5000

/**
 * A draft while it is typed: stored by the server soon after each change, one request at a time. What is not stored yet is kept in this tab
 * (reload, signing in again) and stored then. Where another window saved first nothing is sent until the person chose whose text goes on.
 */
export function useDraft(args: { party: string; reference: string; initial: Version }) {
  const { party, reference, initial } = args
  const router = useRouter()
  const [stored, setStored] = useState(initial)
  const [unsaved, keepUnsaved] = useKept<Version | null>(`draft/${party}/${reference}`, null)
  const [problem, setProblem] = useState<Exclude<Saving, 'saved' | 'unsaved'>>()
  const [newer, setNewer] = useState<Version>()
  // What the last key press left, for requests that answer after it.
  const latest = useRef(unsaved)
  const running = useRef<Promise<void>>(undefined)
  useEffect(() => {
    latest.current = unsaved
  }, [unsaved])

  const set = useCallback(
    (next: Version | null) => {
      latest.current = next
      keepUnsaved(next)
    },
    [keepUnsaved],
  )
  const send = useCallback(async () => {
    const sending = latest.current
    if (!sending) return
    const saved = await keepDraft({ party, reference, ...sending }).catch(() => undefined)
    if (!saved) return setProblem('offline')
    if (saved.ok) {
      setProblem(undefined)
      setStored({ content: sending.content, version: saved.version })
      const now = latest.current
      return set(now && now.content !== sending.content ? { content: now.content, version: saved.version } : null)
    }
    if (saved.code === 'draft-recorded') return router.refresh()
    setNewer(saved.newer)
    setProblem(saved.code)
  }, [party, reference, router, set])
  /** Stores what is not stored yet, now; never two requests at once. */
  const save = useCallback(async () => {
    await running.current
    running.current = send()
    await running.current
  }, [send])

  const isHalted = problem !== undefined && problem !== 'offline'
  useEffect(() => {
    if (!unsaved || isHalted) return
    const timer = setTimeout(() => void save(), problem === 'offline' ? AGAIN_MILLISECONDS : PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [unsaved, isHalted, problem, save])

  const content = unsaved?.content ?? stored.content
  const change = useCallback(
    (next: DraftContent) => {
      set({ content: next, version: latest.current?.version ?? stored.version })
      // Signed in again in another tab, cut what was too much: the next key press finds out.
      setProblem(before => (before === 'draft-changed' || before === 'draft-withdrawn' ? before : undefined))
    },
    [set, stored.version],
  )
  const choose = (own: boolean) => {
    if (!newer) return
    setStored(newer)
    set(own ? { content, version: newer.version } : null)
    setNewer(undefined)
    setProblem(undefined)
  }
  const saving: Saving = problem ?? (unsaved ? 'unsaved' : 'saved')
  return {
    content,
    change,
    saving,
    save,
    /** With `draft-changed`. */
    newer,
    loadNewer: () => choose(false),
    keepOwn: () => choose(true),
    forget: () => set(null),
  }
}
