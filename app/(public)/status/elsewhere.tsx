import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'

/** How someone else notices what this server would not say: in steps, each with its address. */
export async function Elsewhere() {
  const t = await getTranslations()
  const steps = [
    { text: t('status.stepKeep'), path: paths.checkpoint() },
    { text: t('status.stepCompare'), path: paths.vkey() },
    { text: t('status.stepFeed'), path: paths.statusFeed() },
    { text: t('status.stepJson'), path: paths.statusJson() },
  ]
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="elsewhere">
      <h2 id="elsewhere">{t('status.elsewhere')}</h2>
      <p>{t('status.elsewhereText')}</p>
      <ol className="grid list-decimal gap-2 ps-5">
        {steps.map(({ text, path }) => (
          <li key={path}>
            {text}{' '}
            <a href={path}>
              <bdi dir="ltr" className="code text-note">
                {path}
              </bdi>
            </a>
          </li>
        ))}
        <li>
          {t('status.stepFile')} <a href={paths.verify()}>{t('status.openVerify')}</a>
        </li>
      </ol>
    </section>
  )
}
