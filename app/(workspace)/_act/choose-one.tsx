import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Which of several this act is about, as links: the address says it, so that it can be sent and gone back to. */
export async function ChooseOne({ options }: { options: readonly { href: string; label: ReactNode }[] }) {
  const t = await getTranslations()
  return (
    <section>
      <h2 className="mb-2">{t('act.which')}</h2>
      <ul className="sheet divide-y divide-rule">
        {options.map(({ href, label }) => (
          <li key={href}>
            <a className="flex min-h-14 items-center px-4 py-2" href={href}>
              <span>{label}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
