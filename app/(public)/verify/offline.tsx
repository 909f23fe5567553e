import { getTranslations } from 'next-intl/server'
import { inGroups } from '@/lib/format/groups.ts'
import { paths } from '@/lib/paths.ts'
import { Redrawn } from '../island.tsx'
import { offlineVerifier } from '../seal-script.ts'

/** The verifier as one file for a disk, and how to know that it is the right one. */
export async function Offline() {
  const [t, { bytes, sha256 }] = await Promise.all([getTranslations(), offlineVerifier()])
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="offline">
      <h2 id="offline">{t('verifier.download.title')}</h2>
      <p className="max-w-[70ch]">{t('verifier.download.text')}</p>
      <p>
        <a className="btn" href={paths.verifier()} download="throughline-verifier.html">
          {t('verifier.download.link', { kilobytes: Math.round(bytes / 1000) })}
        </a>
      </p>
      <Redrawn id="held-policy" markup="" />
      <p className="max-w-[70ch] text-ink-2 text-note">{t('verifier.download.sha')}</p>
      <p>
        <bdi dir="ltr" className="code text-note" id="verifier-sha256">
          {inGroups(sha256, 8).join(' ')}
        </bdi>
      </p>
    </section>
  )
}
