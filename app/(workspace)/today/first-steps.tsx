import { getTranslations } from 'next-intl/server'
import type { Actor } from '@/lib/auth/actor.ts'
import { paths } from '@/lib/paths.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { actorMay, asOf } from '../_ui/require-actor.ts'

type Props = {
  actor: Actor
  keys: 'none' | 'waiting' | 'live'
  /** Nothing was ever done here. */
  isNew: boolean
}

/** What to do first: get a key, prepare a consignment, scan a label. A party with work on its hands is told only of a missing key. */
export async function FirstSteps({ actor, keys, isNew }: Props) {
  const t = await getTranslations()
  const as = asOf(actor)
  const maySign = actorMay(actor, 'request-key')
  if (!isNew) {
    return (
      <p className="notice">
        <strong>{t(`today.first.key-${keys}`)}</strong> <a href={paths.keys(as)}>{t('today.first.toKeys')}</a>
      </p>
    )
  }
  return (
    <EmptyState title={t('today.first.title')}>
      <ol className="grid list-decimal gap-2 ps-5">
        {maySign && keys !== 'live' && (
          <li>
            {t(`today.first.key-${keys}`)} <a href={paths.keys(as)}>{t('today.first.toKeys')}</a>
          </li>
        )}
        {maySign && (
          <li>
            {t('today.first.prepare')} <a href={paths.newConsignment(as)}>{t('today.prepare')}</a>
          </li>
        )}
        <li>
          {t('today.first.scan')} <a href={paths.scan(as)}>{t('workspace.scan')}</a>
        </li>
      </ol>
    </EmptyState>
  )
}
