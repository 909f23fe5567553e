import { getTranslations } from 'next-intl/server'

/** What this is, for whoever comes by no label: three sentences, in the order in which they are true. */
export async function HowItWorks() {
  const t = await getTranslations()
  const steps = [
    { title: t('home.how.sign.title'), text: t('home.how.sign.text') },
    { title: t('home.how.keep.title'), text: t('home.how.keep.text') },
    { title: t('home.how.check.title'), text: t('home.how.check.text') },
  ]
  return (
    <div className="border-rule border-t pt-5 min-[54rem]:col-span-2">
      <h2 className="sr-only">{t('home.how.title')}</h2>
      <ol className="grid gap-4 min-[54rem]:grid-cols-3 min-[54rem]:gap-6">
        {steps.map(({ title, text }, place) => (
          <li key={title} className="how">
            <span aria-hidden="true" className="how-mark">
              {place + 1}
            </span>
            <div>
              <h3>{title}</h3>
              <p className="text-ink-2 text-note">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
