'use client'
import { useTranslations } from 'next-intl'
import type { ActProps } from './act-props.ts'
import { Name } from './name.tsx'

/** What was recorded after the form was begun: the reason that what was typed may no longer fit. */
export function Since({ props, seen, onRestart }: { props: ActProps; seen: string; onRestart: () => void }) {
  const t = useTranslations()
  const { state, parties } = props
  const place = state.chain.findIndex(entry => entry.recorded.hash === seen)
  const news = place < 0 ? [] : state.chain.slice(place + 1)
  if (news.length === 0) return null
  return (
    <section className="notice">
      <strong className="block" role="status">
        {t('act.since.title')}
      </strong>
      <ul className="grid gap-0.5">
        {news.slice(-5).map(({ recorded, acting, notInEffect }) => (
          <li key={recorded.index}>
            <Name parties={parties} reference={acting.by} />: {t(`kinds.${acting.kind}`)}
            {notInEffect !== undefined && ` (${t('act.since.notInEffect')})`}
          </li>
        ))}
      </ul>
      <p className="text-note">{t('act.since.kept')}</p>
      <button type="button" className="btn mt-2" onClick={onRestart}>
        {t('act.since.restart')}
      </button>
    </section>
  )
}
