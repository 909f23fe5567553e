import type { getTranslations } from 'next-intl/server'
import { Name } from '@/app/(workspace)/_act/name.tsx'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { ConsignmentState, Line, Quantity, Release } from '@/lib/core/custody/state.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import { inPacks } from '@/lib/device/forms/counts.ts'
import { clockOf, formatDate, formatDateTime } from '@/lib/format/time.ts'

type Translate = Awaited<ReturnType<typeof getTranslations>>
type TicketProps = {
  readonly t: Translate
  readonly locale: string
  readonly state: ConsignmentState
  readonly release: Release
  readonly parties: readonly NamedParty[]
  /** Sealed texts of the release that this member may read. */
  readonly fields: Readonly<Record<string, string>>
}

/** The two halves on paper: what the giver signed for, and room for the taker's hand. */
export function Ticket(props: TicketProps) {
  const { t, locale, state, release, parties, fields } = props
  const entry = state.chain.find(each => each.recorded.index === release.index)
  const { to } = release
  return (
    <section className="sheet panel grid gap-4">
      <div>
        <p className="text-ink-2 text-note">{t('act.waybill.consignment')}</p>
        <p className="whitespace-nowrap font-semibold text-[1.6rem] print:text-[24pt]">
          <bdi dir="ltr" className="code">
            {formatReference(state.reference)}
          </bdi>
        </p>
      </div>
      <Goods {...props} />
      <dl className="facts grid-cols-1 empty:hidden min-[30rem]:grid-cols-2">
        {['via', 'vehicle', 'waybill', 'remark']
          .filter(field => fields[field] !== undefined)
          .map(field => (
            <div key={field}>
              <dt>{t(`act.field.${field}`)}</dt>
              <dd>
                <bdi>{fields[field]}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      <div className="stubs">
        <div className="stub grid content-start gap-1">
          <small>{t('act.waybill.gave')}</small>
          <p>
            <Name parties={parties} reference={release.giver} />
          </p>
          {entry && (
            <p className="text-note">
              {t('act.waybill.signedAt', { when: formatDateTime(locale, clockOf(entry.acting.at)) })}
            </p>
          )}
          <Lines t={t} />
        </div>
        <div className="stub grid content-start gap-1">
          <small>{t('act.waybill.took')}</small>
          <p>{'party' in to ? <Name parties={parties} reference={to.party} /> : t('act.waybill.whoever')}</p>
          <p className="text-note">{t(`act.waybill.status.${release.status}`)}</p>
          <Lines t={t} />
        </div>
      </div>
      <p className="text-ink-2 text-note">{t('act.waybill.paper')}</p>
    </section>
  )
}

/** Room for a hand; the log takes no signature from paper, people do. */
function Lines({ t }: { t: Translate }) {
  return (
    <div className="hidden gap-1 pt-2 min-[54rem]:grid print:grid">
      {(['name', 'date', 'signature'] as const).map(field => (
        <p key={field} className="line-to-sign text-ink-2 text-note">
          {t(`act.waybill.${field}`)}
        </p>
      ))}
    </div>
  )
}

function Goods({ t, locale, state, release }: TicketProps) {
  return (
    <div className="overflow-x-auto">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{t('act.waybill.item')}</th>
            <th scope="col" className="number">
              {t('act.waybill.quantity')}
            </th>
            <th scope="col" className="number hidden min-[54rem]:table-cell print:table-cell">
              {t('act.waybill.counted')}
            </th>
          </tr>
        </thead>
        <tbody>
          {release.lines.map(part => {
            const line = state.lines.find(each => each.id === part.line)
            return line && <Row key={`${part.line} ${part.condition}`} t={t} locale={locale} line={line} part={part} />
          })}
        </tbody>
      </table>
    </div>
  )
}

function Row({ t, locale, line, part }: Pick<TicketProps, 't' | 'locale'> & { line: Line; part: Quantity }) {
  const packed = inPacks({ quantity: part.quantity, packSize: line.packSize })
  const marks = [
    ...(line.lot === undefined ? [] : [t('act.lot', { lot: line.lot })]),
    ...(line.expiry === undefined ? [] : [t('act.expiry', { date: formatDate(locale, line.expiry) })]),
    ...(part.condition === 'damaged' ? [t('condition.damaged')] : []),
  ]
  return (
    <tr>
      <td>
        <bdi>{line.item}</bdi>
        {marks.length > 0 && <span className="block text-ink-2 text-note">{marks.join(' · ')}</span>}
      </td>
      <td className="number">
        {t(`units.${line.unit}`, { count: part.quantity })}
        {packed && packed.packs > 0 && (
          <span className="block text-ink-2 text-note">
            {t(packed.rest === 0 ? 'act.packs' : 'act.packsAnd', { ...packed, size: line.packSize ?? 0 })}
          </span>
        )}
      </td>
      <td className="number hidden min-[54rem]:table-cell print:table-cell">
        <span className="inline-block w-20 border-edge border-b">&nbsp;</span>
      </td>
    </tr>
  )
}
