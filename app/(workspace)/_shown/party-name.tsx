import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'

/** A party's name, or that it is withheld, with the reference that stays. */
export async function PartyName({ party: { reference, name } }: { party: PartyView }) {
  const t = await getTranslations()
  if ('value' in name) return <bdi>{name.value}</bdi>
  return (
    <span>
      {t(`party.${name.absent}`)}{' '}
      <bdi dir="ltr" className="code">
        {formatReference(reference)}
      </bdi>
    </span>
  )
}
