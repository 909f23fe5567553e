import { getLocale, getTranslations } from 'next-intl/server'
import { KeyList } from '@/app/(public)/parties/[reference]/key-list.tsx'
import type { Actor } from '@/lib/auth/actor.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { KnownKey } from '@/lib/data/device-keys.ts'
import { type Signing, signedBy } from '@/lib/data/key-records.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { formatDateTime } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { asOf } from '../_ui/require-actor.ts'
import { type DoubtSince, RevokeKey } from './revoke-key.tsx'

/** As many of a key's last records as one scrolls through. */
const LAST = 30

/** What a doubted key signed last, in words, newest first. */
export async function doubtsOf(of: KnownKey): Promise<readonly DoubtSince[]> {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const signed = await signedBy({ key: of.key, since: of.enrolled.leafIndex, limit: LAST })
  const what = ({ about, kind, id }: Signing) => {
    if (about === 'consignment') return `${t(`kinds.${kind}`)} · ${formatReference(id)}`
    return t(about === 'key' ? 'keys.signedKey' : 'keys.signedParty')
  }
  return signed.map(signing => ({
    leafIndex: signing.leafIndex,
    label: [
      formatDateTime(locale, { milliseconds: signing.recordedAt, offset: 0 }),
      what(signing),
      t('keys.record', { index: formatNumber(locale, signing.leafIndex) }),
    ].join(' · '),
  }))
}

/** The form that revokes one key of the actor's own party. */
export async function Revoking({ desk, actor, of }: { desk: DeskProps; actor: Actor; of: KnownKey }) {
  const [t, since] = await Promise.all([getTranslations(), doubtsOf(of)])
  const as = asOf(actor)
  return (
    <section className="sheet panel grid min-w-0 gap-4" aria-labelledby="revoke">
      <div className="max-w-[70ch]">
        <h2 id="revoke">{t('keys.revokeTitle')}</h2>
        <p className="text-ink-2 text-note">{t('keys.revokeText')}</p>
      </div>
      <KeyList keys={[of]} />
      <RevokeKey
        desk={desk}
        keyName={of.key}
        head={of.head}
        since={since}
        refusal={actor.party.isSuspended ? 'party-suspended' : undefined}
        next={paths.keys(as)}
      />
      <p>
        <a href={paths.keys(as)}>{t('keys.revokeBack')}</a>
      </p>
    </section>
  )
}
