import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { logSummary } from '@/lib/data/log.ts'
import { inGroups } from '@/lib/format/groups.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { DemoNotice } from '../demo-notice.tsx'
import { MemoryPart, MemoryScript } from '../island.tsx'
import { NotFounded } from '../not-founded.tsx'
import { ReadOnlyNotice } from '../read-only-notice.tsx'
import { Fact } from './fact.tsx'
import { Founding } from './founding.tsx'
import { Remembered } from './remembered.tsx'
import { TrustTable } from './trust-table.tsx'
import { Witnesses } from './witnesses.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('log.metaTitle') }
}

export default async function LogPage() {
  const [t, locale, log] = await Promise.all([getTranslations(), getLocale(), logSummary()])
  if (!log) return <NoLog />
  const { checkpoint, founding } = log
  return (
    <>
      <MemoryPart />
      {log.readOnly && <ReadOnlyNotice readOnly={log.readOnly} />}
      {log.trustedDatabase !== undefined && <TrustedDatabase lines={log.trustedDatabase} />}
      {founding.mode === 'demo' && <DemoNotice />}
      <section className="max-w-[70ch] py-2">
        <h1>{t('log.title')}</h1>
        <p className="mt-2 text-ink-2">{t('log.lead')}</p>
      </section>
      <div className="grid items-start gap-4 min-[54rem]:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="checkpoint">
            <h2 id="checkpoint">{t('log.checkpoint')}</h2>
            <dl className="facts grid-cols-2">
              <Fact name={t('log.size')}>{formatNumber(locale, checkpoint.size)}</Fact>
              <Fact name={t('log.recorded')}>{formatNumber(locale, log.recorded)}</Fact>
              {founding.index && <Fact name={t('log.indexLeaves')}>{formatNumber(locale, log.indexLeaves)}</Fact>}
              <Fact name={t('log.signedAt')}>
                <time dateTime={new Date(checkpoint.signedAt).toISOString()}>
                  {formatDateTime(locale, { milliseconds: checkpoint.signedAt, offset: 0 })}
                </time>{' '}
                UTC
              </Fact>
            </dl>
            <p className="text-ink-2 text-note">{t('log.checkpointText')}</p>
            <p>
              <a href={paths.status()}>{t('site.status')}</a>
            </p>
            <Verbatim>{checkpoint.note}</Verbatim>
          </section>
          <Witnesses />
        </div>
        <div className="grid min-w-0 gap-4">
          <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="key">
            <h2 id="key">{t('log.key')}</h2>
            <p className="text-ink-2 text-note">{t('log.keyText')}</p>
            <dl className="facts">
              <Fact name={t('log.fingerprint')}>
                <bdi dir="ltr" className="code text-lg">
                  {inGroups(log.fingerprint, 4).join(' ')}
                </bdi>
              </Fact>
              <Fact name={t('log.vkey')}>
                <bdi dir="ltr" className="code text-note">
                  {log.vkey}
                </bdi>
              </Fact>
            </dl>
          </section>
          <Founding founding={founding} />
          <Remembered />
          <Without vkey={log.vkey} />
        </div>
      </div>
      <TrustTable />
      <MemoryScript />
    </>
  )
}

/** Text to be copied byte for byte. */
function Verbatim({ children }: { children: string }) {
  return (
    <pre dir="ltr" className="code overflow-x-auto whitespace-pre-wrap break-all rounded-[10px] bg-fold p-3 text-note">
      {children}
    </pre>
  )
}

async function Without({ vkey }: { vkey: string }) {
  const t = await getTranslations()
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="without">
      <h2 id="without">{t('log.without')}</h2>
      <p>{t('log.withoutText')}</p>
      <p>{t('log.stepCommand')}</p>
      <Verbatim>{`npm run verify -- FILE --vkey '${vkey}'`}</Verbatim>
      <p>
        {t('log.stepBrowser')} <a href={paths.verify()}>{t('log.openVerify')}</a>
      </p>
      <p>
        {t('log.stepRead')}{' '}
        {[paths.checkpoint(), paths.vkey()].map(path => (
          <a key={path} href={path} className="me-3">
            <bdi dir="ltr" className="code text-note">
              {path}
            </bdi>
          </a>
        ))}
      </p>
      <p className="text-ink-2 text-note">{t('log.stepProof')}</p>
    </section>
  )
}

/** Said for as long as the log lives: once it was started with nothing but its database to vouch for it. */
async function TrustedDatabase({ lines }: { lines: string }) {
  const t = await getTranslations()
  return (
    <section className="notice">
      <p>
        <strong>{t('log.trustedDatabase')}</strong>
      </p>
      {lines.split('\n').map(line => (
        <bdi key={line} dir="ltr" className="code block text-note">
          {line}
        </bdi>
      ))}
    </section>
  )
}

/** Before the first run, or with the log's key gone. */
async function NoLog() {
  const t = await getTranslations()
  return (
    <>
      <NotFounded />
      <section className="sheet panel">
        <h1>{t('log.metaTitle')}</h1>
        <p className="mt-2">{t('log.none')}</p>
      </section>
      <TrustTable />
    </>
  )
}
