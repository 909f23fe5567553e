import { getLocale, getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'
import { recentConsignments, recentLiveConsignments } from '@/lib/data/consignments.ts'
import { demoParties } from '@/lib/data/demo-keys.ts'
import { logSummary } from '@/lib/data/log.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { EnterButtons } from '../(workspace)/enter/enter-buttons.tsx'
import { DemoNotice } from './demo-notice.tsx'
import { FindForm } from './find-form.tsx'
import { Example } from './home-example.tsx'
import { HowItWorks } from './how-it-works.tsx'
import { NotFounded } from './not-founded.tsx'
import { ReadOnlyNotice } from './read-only-notice.tsx'

export default async function HomePage() {
  const [t, locale, log, recent] = await Promise.all([
    getTranslations(),
    getLocale(),
    logSummary(),
    recentConsignments(20),
  ])
  const checkpoint = log?.checkpoint
  const demo = log?.founding.mode === 'demo' ? log : undefined
  const live = await recentLiveConsignments(20)
  const labelled = demo ? live : []
  // One that arrived, from somebody with a name, shows more than one that was packed a moment ago.
  const arrived = live.filter(card => card.stage === 'delivered')
  const example = arrived.find(card => 'value' in card.founder.name) ?? arrived[0] ?? live[0]
  return (
    <>
      {log?.readOnly && <ReadOnlyNotice readOnly={log.readOnly} />}
      {!log && <NotFounded />}
      {demo && <DemoNotice />}
      <section className="sheet panel grid items-start gap-6 min-[54rem]:grid-cols-[1fr_340px]">
        <div className="grid gap-5">
          <div className="max-w-[62ch]">
            <h1>{t('home.title')}</h1>
            <p className="mt-2 text-ink-2">{t('home.lead')}</p>
          </div>
          <div className="max-w-[560px]">
            <FindForm />
          </div>
        </div>
        {example && <Example card={example} fingerprint={log?.fingerprint} />}
        <HowItWorks />
      </section>
      {demo && <TakePart />}
      <div className="grid items-start gap-4 min-[54rem]:grid-cols-[1fr_400px]">
        <section className="sheet panel min-w-0" aria-labelledby="recent">
          <h2 id="recent" className="mb-2">
            {t('home.recent')}
          </h2>
          {recent.length === 0 && <p className="text-ink-2">{t('home.none')}</p>}
          <ul>
            {recent.map(card => (
              <li key={card.reference} className="border-rule border-t py-3 first:border-t-0">
                <a href={paths.track(card.reference)} className="font-semibold">
                  <bdi>{card.title}</bdi>
                </a>{' '}
                <span className="text-ink-2">
                  {t(`units.${card.unit}`, { count: card.quantity })}
                  {card.lines > 1 && ` ${t('home.more', { count: card.lines - 1 })}`}
                </span>
                <p className="flex flex-wrap gap-x-3 text-ink-2 text-note">
                  <span className="text-ink">{t(`stages.${card.stage}`)}</span>
                  <span>
                    {card.consignee
                      ? t.rich('home.fromTo', {
                          from: () => <Name key="from" party={card.founder} />,
                          to: () => <Name key="to" party={card.consignee} />,
                        })
                      : t.rich('home.from', { from: () => <Name key="from" party={card.founder} /> })}
                  </span>
                  <bdi dir="ltr" className="code">
                    {formatReference(card.reference)}
                  </bdi>
                </p>
              </li>
            ))}
          </ul>
        </section>
        <div className="grid min-w-0 gap-4">
          {log && !demo && (
            <section className="sheet panel grid justify-items-start gap-3" aria-labelledby="members">
              <h2 id="members">{t('home.members')}</h2>
              <p className="text-ink-2">{t('home.membersText')}</p>
              <a className="btn" href={paths.today()}>
                {t('home.toWork')}
              </a>
            </section>
          )}
          <section className="sheet panel" aria-labelledby="checkpoint">
            <h2 id="checkpoint" className="mb-2">
              {t('home.checkpoint')}
            </h2>
            {!checkpoint && <p className="text-ink-2">{t('home.noCheckpoint')}</p>}
            {log && checkpoint && (
              <>
                <p>{t('home.checkpointText', { size: checkpoint.size })}</p>
                <p className="text-ink-2 text-note">{t('home.unsealed', { count: log.recorded - checkpoint.size })}</p>
                <dl className="facts mt-3">
                  <div>
                    <dt>{t('home.signedAt')}</dt>
                    <dd>
                      <time dateTime={new Date(checkpoint.signedAt).toISOString()}>
                        {formatDateTime(locale, { milliseconds: checkpoint.signedAt, offset: 0 })}
                      </time>{' '}
                      UTC
                    </dd>
                  </div>
                  <div>
                    <dt>{t('home.root')}</dt>
                    <dd>
                      <bdi dir="ltr" className="code text-note">
                        {checkpoint.rootHash}
                      </bdi>
                    </dd>
                  </div>
                </dl>
              </>
            )}
            <p className="mt-3">
              <a href={paths.log()}>{t('home.aboutLog')}</a>
            </p>
          </section>
          {demo && labelled.length > 0 && (
            <section className="sheet panel" aria-labelledby="labels">
              <h2 id="labels">{t('home.labels')}</h2>
              <p className="mb-2 text-ink-2 text-note">{t('home.labelsText')}</p>
              <ul className="grid gap-2 text-note">
                {labelled.map(({ reference, title }) => (
                  <li key={reference}>
                    <a href={paths.label({ reference, fingerprint: demo.fingerprint })}>
                      <bdi dir="ltr" className="code">
                        /t/{reference}
                        <wbr />
                        #k={demo.fingerprint}
                      </bdi>
                    </a>
                    <bdi className="block text-ink-2">{title}</bdi>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </>
  )
}

/** In a demonstration anyone may hand over and receive: one click a party. */
async function TakePart() {
  const [t, parties] = await Promise.all([getTranslations(), demoParties()])
  if (parties.length === 0) return null
  return (
    <section className="sheet panel grid gap-3" aria-labelledby="take-part">
      <div className="max-w-[62ch]">
        <h2 id="take-part">{t('home.takePart')}</h2>
        <p className="text-ink-2">{t('home.takePartText')}</p>
      </div>
      <EnterButtons parties={parties} />
    </section>
  )
}

async function Name({ party }: { party: PartyView | undefined }) {
  const t = await getTranslations()
  if (!party) return null
  return 'value' in party.name ? <bdi>{party.name.value}</bdi> : t(`party.${party.name.absent}`)
}
