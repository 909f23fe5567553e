import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { EventView } from '@/lib/core/custody/views.ts'
import type { PrivateOpenings } from '@/lib/data/private-openings.ts'

/** Shown where the record says who, where and with whom: not said twice. */
const SAID_ELSEWHERE = ['place', 'via', 'donor', 'vendor', 'recipient']

/** Texts of a record that only those who take part may read, for {@link Reading}'s `beside`. */
export function besideIn({ fields }: PrivateOpenings): (event: EventView) => ReactNode {
  return event => {
    const texts = Object.entries(fields.get(event.index) ?? {}).filter(
      ([field]) => !SAID_ELSEWHERE.includes(nameOf(field)),
    )
    return texts.length === 0 ? null : <Beside texts={texts} />
  }
}

async function Beside({ texts }: { texts: readonly (readonly [string, string])[] }) {
  const t = await getTranslations()
  return (
    <div className="my-1 text-note">
      <dl>
        {texts.map(([field, value]) => (
          <div key={field}>
            <dt className="inline text-ink-2">{t(`consignments.field.${nameOf(field)}`)}:</dt>{' '}
            <dd className="inline">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-2 text-xs">{t('consignments.private')}</p>
    </div>
  )
}

/** `order` of `order/3`. */
const nameOf = (field: string) => field.split('/')[0] ?? field
