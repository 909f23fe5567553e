import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { EarlierConsignment } from '@/lib/data/previous-log.ts'
import { paths } from '@/lib/paths.ts'
import { Code } from './names.tsx'

/** A label of the log before this one: its record has ended, and can be checked for ever. No seal is drawn: this browser may know the log that took its place. */
export async function EarlierLabel({ earlier }: { earlier: EarlierConsignment }) {
  const t = await getTranslations()
  const { reference, records, origin, fingerprint, next } = earlier
  const name = (origin: string) => () => <Code>{origin}</Code>
  return (
    <section className="sheet panel grid min-w-0 max-w-[70ch] grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-lg">
        <strong>
          <Code>{formatReference(reference)}</Code>
        </strong>
      </p>
      <h1>{t('track.earlier.title')}</h1>
      <p>{t.rich('track.earlier.text', { records, origin: name(origin), next: name(next) })}</p>
      <p>{t('track.earlier.goods')}</p>
      <div className="min-w-0">
        <h2>{t('track.earlier.check')}</h2>
        <p className="mt-1">{t.rich('track.earlier.checkText', { fingerprint: () => <Code>{fingerprint}</Code> })}</p>
        <pre className="code mt-2 whitespace-pre-wrap break-all text-note" dir="ltr">
          {`npm run verify -- ${reference}.evidence.json --vkey ${fingerprint}`}
        </pre>
      </div>
      <div className="no-print flex flex-wrap gap-2.5">
        <a className="btn primary" href={paths.evidence(reference)} download={`${reference}.evidence.json`}>
          {t('track.download')}
        </a>
        <a className="btn quiet" href={paths.log()}>
          {t('track.earlier.newLog')}
        </a>
      </div>
    </section>
  )
}
