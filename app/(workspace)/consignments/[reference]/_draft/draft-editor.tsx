'use client'
import { useTranslations } from 'next-intl'
import type { DraftContent } from '@/lib/core/custody/draft.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { paths } from '@/lib/paths.ts'
import { ConsigneeField } from './consignee-field.tsx'
import { GoodsLines } from './goods-lines.tsx'
import { SavingLine } from './saving-line.tsx'
import { SealedFields } from './sealed-fields.tsx'
import { SignPack } from './sign-pack.tsx'
import { useDraft } from './use-draft.ts'

/** A draft as its party's members type it: stored as they go, signed when it is ready. */
export function DraftEditor(props: {
  desk: DeskProps | undefined
  party: string
  reference: string
  nonce: string
  content: DraftContent
  version: number
  parties: readonly NamedParty[]
  mostLines: number
  as: string | undefined
}) {
  const { desk, party, reference, nonce, content: initial, version, parties, mostLines, as } = props
  const t = useTranslations()
  const draft = useDraft({ party, reference, initial: { content: initial, version } })
  const { content, change } = draft
  return (
    <>
      <section className="sheet panel grid grid-cols-[minmax(0,1fr)] gap-5">
        <div className="max-w-[34rem]">
          <ConsigneeField
            value={content.consignee}
            parties={parties.filter(({ isSuspended }) => !isSuspended)}
            onChange={consignee => change({ ...content, consignee })}
          />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <h2>{t('draft.goodsTitle')}</h2>
          <p className="text-ink-2 text-note">{t('draft.goodsHint')}</p>
          <GoodsLines
            lines={content.lines}
            onLines={lines => change({ ...content, lines })}
            parties={parties}
            most={mostLines}
          />
        </div>
      </section>
      <SealedFields content={content} onContent={change} />
      <SavingLine draft={draft} reference={reference} as={as} />
      {desk && (
        <SignPack
          desk={desk}
          reference={reference}
          content={content}
          parties={parties}
          nonce={nonce}
          after=""
          onward={paths.act(reference, 'pack', as)}
          onSign={draft.save}
          onSent={sent => {
            if (sent.outcome === 'recorded') draft.forget()
          }}
        />
      )}
    </>
  )
}
