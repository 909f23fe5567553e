import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CHECK_NAMES } from '@/lib/core/evidence/report.ts'
import { CheckPanel, UncheckedVerdict } from '../checking.tsx'
import { MemoryPart, MemoryScript, Redrawn, SealScript } from '../island.tsx'
import { Offline } from './offline.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('verify.metaTitle') }
}

/** All that checking needs comes with this page: once it is open the network may be cut. */
export default async function VerifyPage() {
  const t = await getTranslations()
  return (
    <>
      <MemoryPart />
      <section className="max-w-[70ch] py-2">
        <h1>{t('verify.title')}</h1>
        <p className="mt-2 text-ink-2">{t('verify.lead')}</p>
      </section>
      <div className="grid items-start gap-4 min-[54rem]:grid-cols-[1fr_400px] min-[54rem]:grid-rows-[auto_1fr]">
        <form id="verify" className="sheet panel grid min-w-0 gap-5" action="#report">
          <noscript>
            <p className="notice">{t('verify.needsScript')}</p>
          </noscript>
          <div className="grid gap-2">
            <label htmlFor="file" className="font-semibold">
              {t('verify.file')}
            </label>
            <input
              id="file"
              name="file"
              type="file"
              accept=".json,application/json"
              aria-describedby="file-hint"
              className="input file:me-3 file:min-h-9 file:rounded-lg file:border file:border-edge file:bg-paper file:px-3 file:text-ink"
            />
            <p id="file-hint" className="text-ink-2 text-note">
              {t('verify.fileHint')}
            </p>
          </div>
          <div className="grid gap-2">
            <label htmlFor="text" className="font-semibold">
              {t('verify.paste')}
            </label>
            <textarea id="text" name="text" dir="ltr" rows={4} spellCheck={false} className="input code text-note" />
          </div>
          <div className="grid gap-2">
            <label htmlFor="key" className="font-semibold">
              {t('verify.key')}
            </label>
            <input
              id="key"
              name="key"
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              aria-describedby="key-hint"
              className="input code"
            />
            <p id="key-hint" className="text-ink-2 text-note">
              {t('verify.keyHint')}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-4">
            <button type="submit" className="btn primary">
              {t('verify.go')}
            </button>
            <Redrawn id="verify-said" markup="" live />
          </div>
        </form>
        <div id="report" className="grid min-w-0 gap-4 min-[54rem]:row-span-2">
          <div>
            <UncheckedVerdict />
            <div aria-live="polite">
              <Redrawn id="held" markup="" />
              <Redrawn id="compared" markup="" />
            </div>
          </div>
          <Redrawn id="about" markup="" />
          <CheckPanel title={t('verify.report')} names={CHECK_NAMES}>
            <p className="mt-4 rounded-[10px] bg-fold px-3.5 py-3 text-ink-2 text-note">{t('track.limits')}</p>
          </CheckPanel>
        </div>
        <Offline />
      </div>
      <SealScript isForFiles />
      <MemoryScript />
    </>
  )
}
