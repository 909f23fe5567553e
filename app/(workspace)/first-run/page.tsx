import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PublicFrame } from '@/app/(public)/public-frame.tsx'
import { foundingState } from '@/lib/data/first-run.ts'
import { env } from '@/lib/env.ts'
import { paths } from '@/lib/paths.ts'
import { ClientWords } from '../_ui/client-words.tsx'
import { FirstRun } from './first-run.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('firstRun.metaTitle'), robots: { index: false } }
}

/** Where a log is founded, once: by who can read the server's output. */
export default async function FirstRunPage() {
  const [t, state] = await Promise.all([getTranslations(), foundingState()])
  if (state.recorded === 4) redirect(paths.today())
  return (
    <PublicFrame>
      <div className="no-print max-w-[70ch]">
        <h1>{t('firstRun.title')}</h1>
        <p className="mt-2 text-ink-2">{t('firstRun.lead')}</p>
      </div>
      {state.isDemo ? (
        <p className="notice">{t('firstRun.demo')}</p>
      ) : (
        <>
          <noscript>
            <p className="notice">{t('firstRun.noScript')}</p>
          </noscript>
          <ClientWords branches={['firstRun', 'parties', 'refusals']}>
            <FirstRun
              recorded={state.recorded}
              begunBy={state.begunBy}
              origin={state.logOrigin ?? nameFor(new URL(env().publicUrl).host, state.previous?.origin)}
              {...(state.previous && { previous: state.previous })}
              isOriginFixed={state.logOrigin !== undefined}
            />
          </ClientWords>
        </>
      )}
    </PublicFrame>
  )
}

/** A log never has an earlier one's name: the next number after it. */
function nameFor(host: string, earlier: string | undefined): string {
  if (earlier === undefined) return `${host}/log`
  const [, before = earlier, number = '1'] = /^(.*)-([0-9]{1,4})$/.exec(earlier) ?? []
  return `${before}-${Number(number) + 1}`
}
