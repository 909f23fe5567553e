'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import { partyMeant } from '@/app/(workspace)/consignments/[reference]/_draft/consignee-field.tsx'
import type { NamedParty } from '@/lib/data/parties.ts'
import { type Choices, planImport } from '@/lib/device/importing/plan.ts'
import type { ReadFile } from '@/lib/device/importing/read-file.ts'
import { onSheet, startWork } from '@/lib/device/importing/start.ts'
import { forgetWork, keepColumns, keepWork, recallWork, type Work } from '@/lib/device/importing/work.ts'
import { ColumnMatch } from './column-match.tsx'
import { Making } from './making.tsx'
import { Preview } from './preview.tsx'
import { Problems } from './problems.tsx'
import { Source } from './source.tsx'
import { UnknownConsignees } from './unknown-consignees.tsx'

/** Rows of one file; more would be slow to look through, and are better cut. */
const MOST_ROWS = 5000

/** From a file to drafts: read, matched, mended, looked at, made. What is done is kept in this browser until it is over. */
export function Importer(props: {
  party: string
  as: string | undefined
  parties: readonly NamedParty[]
  mostLines: number
}) {
  const { party, as, parties, mostLines } = props
  const t = useTranslations()
  const [work, setWork] = useState<Work>()
  const [isRecalled, setRecalled] = useState(false)
  const [refused, setRefused] = useState<string>()
  useEffect(() => {
    void recallWork(party).then(kept => {
      setWork(kept)
      setRecalled(kept !== undefined)
    })
  }, [party])
  const set = (next: Work) => {
    setWork(next)
    void keepWork(next)
  }
  const take = (read: ReadFile, fileName: string) => {
    setRecalled(false)
    const rows = read.ok ? (read.sheets[0]?.rows.length ?? 0) : 0
    setRefused(read.ok ? (rows > MOST_ROWS + 1 ? 'too-many-rows' : undefined) : read.code)
    if (read.ok && rows <= MOST_ROWS + 1) set(startWork({ party, fileName, read }))
  }
  const restart = () => {
    setWork(undefined)
    setRecalled(false)
    void forgetWork(party)
  }
  const partyOf = useMemo(() => {
    const known = new Map<string, string | undefined>()
    return (text: string) => {
      if (!known.has(text)) known.set(text, partyMeant(text, parties)?.reference)
      return known.get(text)
    }
  }, [parties])
  const rows = work?.sheets[work.sheet]?.rows
  const plan = useMemo(
    () => (work && rows ? planImport(rows, work.choices, { partyOf, mostLines }) : undefined),
    [work, rows, partyOf, mostLines],
  )
  if (!work || !rows || !plan) return <Source onRead={take} refused={refused} />
  const choose = (changed: Partial<Choices>) => {
    const choices = { ...work.choices, ...changed }
    if ((changed.fields || changed.isFirstHeading) && choices.isFirstHeading)
      keepColumns(party, rows[0] ?? [], choices.fields)
    set({ ...work, choices })
  }
  if (work.made !== undefined)
    return <Making work={work} plan={plan} as={as} onWork={set} onDone={() => forgetWork(party)} onRestart={restart} />
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <section className="sheet panel flex flex-wrap items-center justify-between gap-3">
        <p role="status">
          {isRecalled && <strong>{t('importing.goOn')} </strong>}
          {work.fileName !== '' && (
            <>
              <bdi className="font-semibold">{work.fileName}</bdi>{' '}
            </>
          )}
          {t('importing.rows', { rows: rows.length })}
          {work.encoding === 'windows-1252' && ` ${t('importing.encoding')}`}
        </p>
        <button type="button" className="btn" onClick={restart}>
          {t('importing.other')}
        </button>
      </section>
      <ColumnMatch work={work} rows={rows} onChoose={choose} onSheet={sheet => set(onSheet(work, sheet))} />
      <UnknownConsignees plan={plan} choices={work.choices} parties={parties} onChoose={choose} />
      <Problems plan={plan} choices={work.choices} misquoted={work.misquoted} onChoose={choose} />
      <Preview plan={plan} parties={parties} onMake={() => set({ ...work, made: 0 })} />
    </div>
  )
}
