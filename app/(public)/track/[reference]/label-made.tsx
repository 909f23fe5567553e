import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import { FindForm } from '../../find-form.tsx'
import { Code } from './names.tsx'

/** A label whose consignment nobody has signed for: that it exists, and neither whose it is nor what it is for. */
export async function LabelMade({ reference, standing }: { reference: string; standing: 'made' | 'withdrawn' }) {
  const t = await getTranslations()
  const isWithdrawn = standing === 'withdrawn'
  return (
    <section className="sheet panel grid max-w-[640px] gap-4">
      <p className="text-lg">
        <strong>
          <Code>{formatReference(reference)}</Code>
        </strong>
      </p>
      <h1>{isWithdrawn ? t('draft.track.withdrawnTitle') : t('draft.track.title')}</h1>
      <p>{isWithdrawn ? t('draft.track.withdrawnText') : t('draft.track.text')}</p>
      {isWithdrawn && <FindForm />}
    </section>
  )
}
