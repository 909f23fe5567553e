import { getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'
import type { ConsignmentCard } from '@/lib/data/consignments.ts'
import { paths } from '@/lib/paths.ts'

/** A consignment of this log to try it on, drawn as the ticket that a handover is; its link is what its label says. */
export async function Example({ card, fingerprint }: { card: ConsignmentCard; fingerprint: string | undefined }) {
  const t = await getTranslations()
  const { reference, title, quantity, unit, founder, consignee, stage } = card
  const address = fingerprint === undefined ? paths.track(reference) : paths.label({ reference, fingerprint })
  const name = (party: PartyView) =>
    'value' in party.name ? <bdi>{party.name.value}</bdi> : t(`party.${party.name.absent}`)
  return (
    <section aria-labelledby="example" className="rounded-sheet bg-fold p-4">
      <h2 id="example">{t('home.example')}</h2>
      <p className="mt-1 text-ink-2 text-note">{t('home.exampleText')}</p>
      <div className="stubs">
        <div className="stub">
          <small>{t('track.stub.gave')}</small>
          {name(founder)}
        </div>
        <div className={`stub ${stage === 'delivered' ? '' : 'blank'}`}>
          <small>{t(stage === 'delivered' ? 'track.stub.took' : 'track.stub.notYet')}</small>
          {consignee && name(consignee)}
        </div>
      </div>
      <p className="mt-3">
        <bdi className="font-semibold">{title}</bdi>{' '}
        <span className="text-ink-2">{t(`units.${unit}`, { count: quantity })}</span>
      </p>
      <p className="flex flex-wrap gap-x-3 text-ink-2 text-note">
        <span>{t(`stages.${stage}`)}</span>
        <bdi dir="ltr" className="code">
          {formatReference(reference)}
        </bdi>
      </p>
      <a className="btn mt-3 w-full" href={address}>
        {t('home.exampleGo')}
      </a>
    </section>
  )
}
