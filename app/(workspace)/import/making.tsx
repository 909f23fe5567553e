'use client'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { Plan, Planned } from '@/lib/device/importing/plan.ts'
import type { Work } from '@/lib/device/importing/work.ts'
import { paths } from '@/lib/paths.ts'
import { makeDrafts } from './actions.ts'

const DRAFTS_IN_A_BATCH = 40
const LINES_IN_A_BATCH = 600

/** Consignments in parts that a request can carry. */
function batchesOf(planned: readonly Planned[]): readonly (readonly Planned[])[] {
  const batches: Planned[][] = []
  let lines = LINES_IN_A_BATCH
  for (const each of planned) {
    lines += each.content.lines.length
    if (lines > LINES_IN_A_BATCH || (batches.at(-1)?.length ?? 0) >= DRAFTS_IN_A_BATCH) {
      batches.push([])
      lines = each.content.lines.length
    }
    batches.at(-1)?.push(each)
  }
  return batches
}

type Named = { readonly planned: Planned; readonly reference: string }
type Result = {
  readonly made: number
  readonly known: readonly { reference: string; before: string }[]
  readonly named: readonly Named[]
}
const NOTHING: Result = { made: 0, known: [], named: [] }

/**
 * Makes the drafts, part by part, and says how far it is. Stopped in the middle (no network, signed out, page closed) it goes on from the first
 * consignment when it is asked again: what was made is found and not made twice.
 */
export function Making(props: {
  work: Work
  plan: Plan
  as: string | undefined
  onWork: (work: Work) => void
  onDone: () => Promise<void>
  onRestart: () => void
}) {
  const { work, plan, as, onWork, onDone, onRestart } = props
  const t = useTranslations()
  const [state, setState] = useState<'making' | 'stopped' | 'done'>('making')
  const [code, setCode] = useState('')
  const [result, setResult] = useState(NOTHING)
  const [done, setDone] = useState(0)
  const isRunning = useRef(false)
  const { party, importId } = work
  const send = useCallback(
    async (planned: readonly Planned[], anyway: boolean, from: Result) => {
      let sum = from
      let sent = 0
      for (const part of batchesOf(planned)) {
        const drafts = part.map(({ name, ordinal, content }) => ({ name, ordinal, content, anyway }))
        const answer = await makeDrafts({ party, importId, drafts }).catch(() => undefined)
        if (!answer?.ok) {
          setCode(answer?.code ?? 'offline')
          setState('stopped')
          return undefined
        }
        const outcomes = answer.value.map((each, place) => ({ ...each, planned: part[place] as Planned }))
        sum = {
          made: sum.made + outcomes.filter(each => each.outcome === 'made').length,
          known: [
            ...sum.known,
            ...outcomes.flatMap(({ outcome, reference, before = '' }) =>
              outcome === 'known' ? [{ reference, before }] : [],
            ),
          ],
          named: [
            ...sum.named,
            ...outcomes.flatMap(({ outcome, reference, planned }) =>
              outcome === 'named' ? [{ reference, planned }] : [],
            ),
          ],
        }
        sent += part.length
        setDone(sent)
        setResult(sum)
      }
      return sum
    },
    [party, importId],
  )
  const finish = useCallback(
    async (sum: Result) => {
      setState('done')
      if (sum.named.length > 0) return
      await onDone()
      if (sum.made > 0) location.assign(paths.imported(importId, as))
    },
    [importId, as, onDone],
  )
  const run = useCallback(async () => {
    if (isRunning.current) return
    isRunning.current = true
    setState('making')
    const sum = await send(plan.planned, false, NOTHING)
    isRunning.current = false
    if (sum) await finish(sum)
  }, [send, finish, plan.planned])
  // Once: pressing the button brought us here, or coming back to what was begun.
  const began = useRef(false)
  useEffect(() => {
    if (began.current) return
    began.current = true
    void run()
  }, [run])
  const all = plan.planned.length
  const goOn = async (anyway: boolean) => {
    const sum = anyway
      ? await send(
          result.named.map(each => each.planned),
          true,
          { ...result, named: [] },
        )
      : { ...result, named: [] }
    if (sum) {
      setResult(sum)
      await finish(sum)
    }
  }
  return (
    <section className="sheet panel grid max-w-[46rem] gap-4">
      <h2>{t('importing.making.title')}</h2>
      <progress className="w-full" aria-label={t('importing.making.title')} max={all} value={done} />
      <p role="status">{t('importing.making.progress', { done, all })}</p>
      {state === 'stopped' && (
        <>
          <p className="notice loud">
            {t(`importing.making.stopped.${code}`)}{' '}
            {code === 'signed-out' && <a href={paths.signIn(paths.importing(as))}>{t('draft.saving.signIn')}</a>}
          </p>
          <p className="flex flex-wrap gap-2">
            <button type="button" className="btn primary" onClick={() => void run()}>
              {t('importing.making.continue')}
            </button>
            <button type="button" className="btn" onClick={() => onWork({ ...work, made: undefined })}>
              {t('importing.making.back')}
            </button>
          </p>
        </>
      )}
      {state === 'done' && result.named.length > 0 && (
        <div className="grid gap-3">
          <p>{t('importing.making.named', { count: result.named.length })}</p>
          <ul className="grid gap-1 text-note">
            {result.named.slice(0, 20).map(({ planned, reference }) => (
              <li key={planned.rows[0]}>
                <bdi className="font-semibold">{planned.name}</bdi> ·{' '}
                <a href={paths.consignment(reference, as)}>
                  <bdi dir="ltr" className="code">
                    {formatReference(reference)}
                  </bdi>
                </a>
              </li>
            ))}
          </ul>
          <p className="flex flex-wrap gap-2">
            <button type="button" className="btn primary" onClick={() => void goOn(false)}>
              {t('importing.making.leave')}
            </button>
            <button type="button" className="btn" onClick={() => void goOn(true)}>
              {t('importing.making.anyway', { count: result.named.length })}
            </button>
          </p>
        </div>
      )}
      {state === 'done' && result.named.length === 0 && result.made === 0 && (
        <div className="grid justify-items-start gap-3">
          <p className="notice">{t('importing.making.allKnown', { count: result.known.length })}</p>
          <p className="flex flex-wrap gap-2">
            {result.known[0] && result.known[0].before !== '' && (
              <a className="btn primary" href={paths.imported(result.known[0].before, as)}>
                {t('importing.making.toBefore')}
              </a>
            )}
            <button type="button" className="btn" onClick={onRestart}>
              {t('importing.other')}
            </button>
          </p>
        </div>
      )}
    </section>
  )
}
