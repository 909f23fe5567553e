import { getLocale, getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { ConsignmentState, Line, Quantity, Release } from '@/lib/core/custody/state.ts'
import { logSummary } from '@/lib/data/log.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import { inPacks } from '@/lib/device/forms/counts.ts'
import { env } from '@/lib/env.ts'
import { inGroups } from '@/lib/format/groups.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { clockOf, formatDate, formatDateTime } from '@/lib/format/time.ts'
import type { WaybillText } from '@/lib/papers/waybill-pdf.ts'
import { paths } from '@/lib/paths.ts'

const FACTS = ['vehicle', 'waybill', 'remark'] as const
const HANDS = ['name', 'date', 'signature'] as const

/** What stands on the waybill of a release, for who may read `fields`; undefined before the log is founded. One text for screen, print and PDF. */
export async function waybillText(args: {
  state: ConsignmentState
  release: Release
  parties: readonly NamedParty[]
  fields: Readonly<Record<string, string>>
}): Promise<WaybillText | undefined> {
  const { state, release, parties, fields } = args
  const [t, locale, log] = await Promise.all([getTranslations(), getLocale(), logSummary()])
  if (!log) return undefined
  const { to } = release
  const isOpenTo = 'claim' in to
  const entry = state.chain.find(each => each.recorded.index === release.index)
  const nameOf = (reference: string) =>
    parties.find(party => party.reference === reference)?.name ?? formatReference(reference)
  const hands = HANDS.map(field => t(`act.waybill.${field}`))
  const { size, fingerprint } = log.checkpoint
  const marksOf = (line: Line, part: Quantity) => [
    ...(line.lot === undefined ? [] : [t('act.lot', { lot: line.lot })]),
    ...(line.expiry === undefined ? [] : [t('act.expiry', { date: formatDate(locale, line.expiry) })]),
    ...(part.condition === 'damaged' ? [t('condition.damaged')] : []),
  ]
  return {
    title: t(isOpenTo ? 'act.waybill.openTitle' : 'act.waybill.title'),
    referenceTitle: t('act.waybill.consignment'),
    reference: formatReference(state.reference),
    address: env().publicUrl + paths.label({ reference: state.reference, fingerprint: log.fingerprint }),
    fingerprintTitle: t('label.logKey'),
    fingerprint: log.fingerprint,
    facts: FACTS.flatMap(field => {
      const value = fields[field]
      return value === undefined ? [] : [{ title: t(`act.field.${field}`), value }]
    }),
    columns: [
      t('act.waybill.item'),
      t('act.waybill.quantity'),
      t('papers.waybill.received'),
      t('papers.waybill.damaged'),
      t('papers.waybill.missing'),
    ],
    lines: release.lines.flatMap(part => {
      const line = state.lines.find(each => each.id === part.line)
      if (!line) return []
      const packed = inPacks({ quantity: part.quantity, packSize: line.packSize })
      return [
        {
          item: line.item,
          marks: marksOf(line, part).join(' · '),
          quantity: t(`units.${line.unit}`, { count: part.quantity }),
          packs:
            packed && packed.packs > 0
              ? t(packed.rest === 0 ? 'act.packs' : 'act.packsAnd', { ...packed, size: line.packSize ?? 0 })
              : '',
        },
      ]
    }),
    stubs: [
      {
        title: t('act.waybill.gave'),
        name: nameOf(release.giver),
        note: entry ? t('act.waybill.signedAt', { when: formatDateTime(locale, clockOf(entry.acting.at)) }) : '',
        fields: hands,
      },
      ...('party' in to && to.via !== undefined
        ? [
            {
              title: t('papers.waybill.carries'),
              name: fields.via ?? t('papers.waybill.carrier'),
              note: t('papers.waybill.carrierNote'),
              fields: hands,
            },
          ]
        : []),
      {
        title: t('act.waybill.took'),
        name: 'party' in to ? nameOf(to.party) : t('act.waybill.whoever'),
        note: t(`act.waybill.status.${release.status}`),
        fields: hands,
      },
    ],
    paper: t('act.waybill.paper'),
    checkpointTitle: t('papers.waybill.checkpoint', { size: formatNumber(locale, size) }),
    checkpoint: inGroups(fingerprint, 4).join(' '),
    checkpointText: t('papers.waybill.checkpointText', { address: env().publicUrl + paths.logAt(size) }),
  }
}
