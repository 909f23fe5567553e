import { getLocale, getTranslations } from 'next-intl/server'
import { type WitnessView, witnesses } from '@/lib/data/witness-view.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { HoldPart, HoldScript } from '../island.tsx'

/** Who else watches this log, what each signed last, and how a visitor holds the site to them. */
export async function Witnesses() {
  const [t, watched] = await Promise.all([getTranslations(), witnesses()])
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="witnesses">
      <h2 id="witnesses">{t('witnesses.title')}</h2>
      <p className="text-ink-2 text-note">{t('witnesses.text')}</p>
      {watched ? (
        <>
          <p
            className={watched.isMet ? 'notice done' : 'notice'}
            data-witnesses={`${watched.signed}/${watched.views.length}`}
          >
            {t(watched.isMet ? 'witnesses.met' : 'witnesses.unmet', {
              signed: watched.signed,
              count: watched.views.length,
              least: watched.least,
            })}
          </p>
          <ul className="grid gap-3">
            {watched.views.map(view => (
              <Witness key={view.vkey} view={view} />
            ))}
          </ul>
          <p className="text-note">
            {t('witnesses.policy')}{' '}
            <a href={paths.policy()}>
              <bdi dir="ltr" className="code">
                {paths.policy()}
              </bdi>
            </a>
          </p>
          {watched.least > 0 && (
            <>
              <HoldPart />
              <HoldScript />
            </>
          )}
        </>
      ) : (
        <p>{t('witnesses.none')}</p>
      )}
    </section>
  )
}

async function Witness({ view }: { view: WitnessView }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { name, vkey, isReplaying, state, size, signedAt, problem } = view
  return (
    <li className="grid min-w-0 gap-1 border-rule border-t pt-3" data-witness={state}>
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>{t(`witnesses.states.${state}`)}</span>
        {isReplaying && <span className="chip mt-0">{t('witnesses.replaying')}</span>}
      </p>
      {size !== undefined && signedAt !== undefined && (
        <p className="text-note">
          {t('witnesses.last')}:{' '}
          <time dateTime={new Date(signedAt).toISOString()}>
            {formatDateTime(locale, { milliseconds: signedAt, offset: 0 })}
          </time>{' '}
          UTC · {t('witnesses.records', { count: size })}
        </p>
      )}
      {isReplaying && <p className="text-ink-2 text-note">{t('witnesses.replayingText')}</p>}
      {problem && <p className="text-note">{t(`witnesses.problems.${problem}`)}</p>}
      <details className="text-note">
        <summary className="min-h-tap content-center">{t('witnesses.key')}</summary>
        <bdi dir="ltr" className="code break-all">
          {vkey}
        </bdi>
      </details>
    </li>
  )
}
