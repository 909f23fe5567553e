'use client'
import { useTranslations } from 'next-intl'
import { useKept } from '@/app/(workspace)/_ui/use-kept.ts'
import { type DraftContent, type DraftLine, EMPTY_DRAFT } from '@/lib/core/custody/draft.ts'
import type { ConsignmentState } from '@/lib/core/custody/state.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { GoodsLines } from './goods-lines.tsx'
import { SealedFields } from './sealed-fields.tsx'
import { SignPack } from './sign-pack.tsx'

/** Lines that are packed after the first record, before the first release. */
export function MoreLines(props: {
  desk: DeskProps
  reference: string
  state: ConsignmentState
  head: string
  /** What was drafted and did not fit. */
  left: readonly DraftLine[]
  parties: readonly NamedParty[]
  mostLines: number
  next: string
  /** This page again. */
  onward: string
}) {
  const { desk, reference, state, head, left, parties, mostLines, next, onward } = props
  const t = useTranslations()
  const initial: DraftContent = { ...EMPTY_DRAFT, lines: left }
  const [content, setContent, forget] = useKept(`pack/${desk.party}/${reference}/${head}`, initial)
  return (
    <>
      <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-3">
        {left.length > 0 && <p>{t('draft.packMore.left', { lines: left.length })}</p>}
        <GoodsLines
          lines={content.lines}
          onLines={lines => setContent({ ...content, lines })}
          parties={parties}
          most={mostLines}
        />
      </section>
      <SealedFields content={content} onContent={setContent} />
      <SignPack
        desk={desk}
        reference={reference}
        content={content}
        parties={parties}
        state={state}
        after={head}
        onSent={sent => {
          if (sent.outcome === 'recorded' || sent.outcome === 'kept') forget()
        }}
        next={next}
        onward={onward}
      />
    </>
  )
}
