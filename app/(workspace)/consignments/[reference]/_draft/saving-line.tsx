'use client'
import { useTranslations } from 'next-intl'
import { paths } from '@/lib/paths.ts'
import type { useDraft } from './use-draft.ts'

/** Whether what was typed is stored, and what to do where it cannot be. */
export function SavingLine({
  draft,
  reference,
  as,
}: {
  draft: ReturnType<typeof useDraft>
  reference: string
  as: string | undefined
}) {
  const t = useTranslations()
  const { saving } = draft
  if (saving === 'saved' || saving === 'unsaved' || saving === 'offline') {
    return (
      <p role="status" className={saving === 'offline' ? 'notice' : 'text-ink-2 text-note'}>
        {t(`draft.saving.${saving}`)}
      </p>
    )
  }
  return (
    <div role="alert" className="notice grid justify-items-start gap-2">
      <p>{t(`draft.saving.${saving}`)}</p>
      {saving === 'signed-out' && (
        <a className="btn" href={paths.signIn(paths.consignment(reference, as))}>
          {t('draft.saving.signIn')}
        </a>
      )}
      {saving === 'draft-changed' && (
        <div className="flex flex-wrap gap-2">
          <button type="button" className="btn" onClick={draft.loadNewer}>
            {t('draft.saving.loadNewer')}
          </button>
          <button type="button" className="btn" onClick={draft.keepOwn}>
            {t('draft.saving.keepOwn')}
          </button>
        </div>
      )}
    </div>
  )
}
