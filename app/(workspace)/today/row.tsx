import type { getTranslations } from 'next-intl/server'
import { waitingStep } from '@/lib/core/custody/notices.ts'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'
import type { Due, TodayRow } from '@/lib/data/today.ts'
import { paths } from '@/lib/paths.ts'
import { Age } from '../_shown/age.tsx'
import { PartySaid } from '../_shown/party-name.tsx'

type Words = Awaited<ReturnType<typeof getTranslations>>
type Props = { row: TodayRow; as: string | undefined; now: number; maySign: boolean; t: Words; locale: string }

/** One row: what, with whom, since when, and the one thing to do about it. */
export function Row({ row, as, now, maySign, t, locale }: Props) {
  const { reference, goods, other, since, due } = row
  const page = paths.consignment(reference, as)
  // What is held and free waits for nobody: it may lie there.
  const isLate = !['release', 'distribute'].includes(due.kind) && waitingStep({ since, now }) !== undefined
  const quantity = t(`units.${goods.unit}`, { count: goods.quantity })
  return (
    <li className="today-row">
      <div className="min-w-0">
        <a href={page} className="font-semibold">
          <bdi>{goods.item}</bdi>
        </a>{' '}
        {quantity}
        {goods.others > 0 && ` ${t('home.more', { count: goods.others })}`}
        <p className="text-ink-2 text-note">
          <bdi dir="ltr" className="code whitespace-nowrap">
            {formatReference(reference)}
          </bdi>
        </p>
      </div>
      <div className="min-w-0 text-note">
        <With due={due} other={other} t={t} />
      </div>
      <p className={isLate ? 'late text-note' : 'text-ink-2 text-note'}>
        <Age locale={locale} since={since} now={now} />
        {isLate && <span className="block font-normal">{t('today.late')}</span>}
      </p>
      <a
        className={`btn ${due.kind === 'receive' && maySign ? 'primary' : ''}`}
        href={maySign ? addressOf(reference, due, as) : page}
      >
        {maySign ? t(`today.do.${wordOf(due)}`) : t('today.do.open')}{' '}
        <span className="sr-only">
          {goods.item}, {quantity}, {formatReference(reference)}
        </span>
      </a>
    </li>
  )
}

/** The other party in the words of the list. */
function With({ due, other, t }: { due: Due; other: PartyView | undefined; t: Words }) {
  const party = () => (other ? <PartySaid key="party" party={other} t={t} /> : '…')
  switch (due.kind) {
    case 'receive':
      return t.rich('today.with.receive', { party })
    case 'wait':
      return other ? t.rich('today.with.wait', { party }) : t('today.with.code')
    case 'settle-missing':
      return <span className="text-open">{t.rich('today.with.missing', { party })}</span>
    case 'settle-record':
      return (
        <>
          {t(`kinds.${due.act}`)} {t.rich('track.by', { party })}
          <span className="block text-open">{t('track.notInEffect', { reason: t(`refusals.${due.reason}`) })}</span>
        </>
      )
    case 'release':
      return other ? t.rich('today.with.release', { party }) : t('track.next.undecided')
    case 'distribute':
      return other ? t.rich('today.with.distribute', { party }) : null
  }
}

function addressOf(reference: string, due: Due, as: string | undefined): string {
  switch (due.kind) {
    case 'receive':
      return paths.act(reference, 'receive', as, { release: due.release })
    case 'wait':
      return paths.waybill(reference, due.release, as)
    case 'settle-missing':
      return paths.act(reference, 'settle', as, { release: due.handoff })
    case 'settle-record':
      return paths.act(reference, 'settle', as, { release: due.event })
    case 'release':
    case 'distribute':
      return paths.act(reference, due.kind, as)
  }
}

function wordOf(due: Due): string {
  if (due.kind === 'wait') return due.isOpen ? 'code' : 'waybill'
  return due.kind.startsWith('settle') ? 'settle' : due.kind
}
