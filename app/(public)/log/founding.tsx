import { getTranslations } from 'next-intl/server'
import { base64Decode, utf8Decode } from '@/lib/core/bytes.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { Founding as FoundingState } from '@/lib/core/custody/state.ts'
import { paths } from '@/lib/paths.ts'
import { Fact } from './fact.tsx'

/** Leaf 0 in words. */
export async function Founding({ founding }: { founding: FoundingState }) {
  const t = await getTranslations()
  const previous = founding.previous === undefined ? undefined : originOf(founding.previous)
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="founding">
      <h2 id="founding">{t('log.founding')}</h2>
      <p className="text-ink-2 text-note">{t('log.foundingText')}</p>
      <dl className="facts">
        <Fact name={t('log.origin')}>
          <bdi dir="ltr" className="code">
            {founding.origin}
          </bdi>
        </Fact>
        <Fact name={t('log.mode')}>{t(`log.modes.${founding.mode}`)}</Fact>
        <Fact name={t('log.operator')}>
          <a href={paths.party(founding.operator)}>
            <bdi dir="ltr" className="code">
              {formatReference(founding.operator)}
            </bdi>
          </a>
          <p className="text-ink-2 text-note">{t('log.operatorText')}</p>
        </Fact>
        <Fact name={t('log.index')}>{t(`log.indexes.${founding.index ? 'yes' : 'no'}`)}</Fact>
        {previous !== undefined && (
          <Fact name={t('log.previous')}>
            <bdi dir="ltr" className="code">
              {previous}
            </bdi>
          </Fact>
        )}
      </dl>
    </section>
  )
}

/** Origin on the first line of the last checkpoint of the log before. */
function originOf(note: string): string | undefined {
  const bytes = base64Decode(note)
  return bytes && utf8Decode(bytes)?.split('\n')[0]
}
