import { formatReference } from '@/lib/core/custody/reference.ts'
import type { BalanceView, LineView } from '@/lib/core/custody/views.ts'
import { formatNumber } from '@/lib/format/number.ts'
import { formatDate } from '@/lib/format/time.ts'
import { directionOf, isLocale } from '@/lib/messages/locale.ts'
import { paths } from '@/lib/paths.ts'
import { Bar, Swatch } from './bar.tsx'
import { Code, Party, ShownText } from './names.tsx'
import { broughtIn, type Reading } from './reading.ts'
import { type Share, sharesOf } from './shares.ts'

const TERMS = {
  held: 'held',
  damaged: 'heldDamaged',
  missing: 'missing',
  lost: 'lost',
  'written-off': 'writtenOff',
  distributed: 'distributed',
  'moved-on': 'movedOn',
} as const

/** The balance of every line: a picture in true proportion, and every term of it in words. */
export function Balance({ reading }: { reading: Reading }) {
  const { t, view } = reading
  return (
    <section className="sheet panel" aria-labelledby="where">
      <h2 id="where" className="mb-3">
        {t(view.mode === 'reported' ? 'track.reportedLines' : 'track.where')}
      </h2>
      <ul className="grid gap-6">
        {view.lines.map(line => (
          <li key={line.id}>
            <h3>
              <bdi>{line.item}</bdi>{' '}
              <span className="font-normal text-ink-2">{reading.count(line.id, broughtIn(line))}</span>
            </h3>
            <LineFacts reading={reading} line={line} />
            {line.balance && <LineBalance reading={reading} line={line} balance={line.balance} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function LineBalance({ reading, line, balance }: { reading: Reading; line: LineView; balance: BalanceView }) {
  const { t, locale } = reading
  const shares = sharesOf(balance)
  const out = shares.reduce((sum, share) => sum + share.quantity, 0)
  const [into, total] = [formatNumber(locale, broughtIn(line)), formatNumber(locale, out)]
  const terms = shares.map(share => `${formatNumber(locale, share.quantity)} ${plainTerm(reading, share)}`).join(', ')
  const isRtl = isLocale(locale) && directionOf(locale) === 'rtl'
  return (
    <>
      {out > 0 && (
        <div className="mt-2">
          <Bar
            id={line.id}
            label={t('track.barLabel', { item: line.item, terms })}
            locale={locale}
            isRtl={isRtl}
            shares={shares}
          />
        </div>
      )}
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-ink-2 text-note">
        {shares.map(share => (
          <li key={`${share.tone} ${share.party}`}>
            <Swatch id={`${line.id}-${share.party ?? ''}`} tone={share.tone} />
            <b className="text-ink">{formatNumber(locale, share.quantity)}</b>{' '}
            {share.party === undefined
              ? t(`track.term.${TERMS[share.tone]}`)
              : t.rich(`track.term.${TERMS[share.tone]}`, {
                  party: () => <Party key="party" reading={reading} reference={share.party ?? ''} />,
                })}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-ink-2 text-note">
        <Brought reading={reading} balance={balance} />{' '}
        {balance.balanced ? (
          t('track.sum.adds', { total: into })
        ) : (
          <strong className="text-broken">{t('track.sum.fails', { in: into, out: total })}</strong>
        )}
      </p>
    </>
  )
}

/** A share's words without markup, for the picture's own label. */
function plainTerm(reading: Reading, share: Share): string {
  const name = share.party === undefined ? undefined : reading.party(share.party).name
  const party = name === undefined ? '' : 'value' in name ? name.value : reading.t(`party.${name.absent}`)
  return reading.t.markup(`track.term.${TERMS[share.tone]}`, { party: () => party })
}

/** The left-hand side of the balance: packed, and what changed it. */
function Brought({ reading, balance }: { reading: Reading; balance: BalanceView }) {
  const { t, locale } = reading
  const { packed, surplus, adjusted } = balance
  const parts = [`${formatNumber(locale, packed)} ${t('track.sum.packed')}`]
  if (surplus > 0) parts.push(`+ ${formatNumber(locale, surplus)} ${t('track.sum.surplus')}`)
  if (adjusted !== 0)
    parts.push(`${adjusted < 0 ? '−' : '+'} ${formatNumber(locale, Math.abs(adjusted))} ${t('track.sum.adjusted')}`)
  return `${parts.join(' ')}.`
}

/** Lot, expiry, pack, donor and origin; what a correction replaced stands beside it, struck through. */
function LineFacts({ reading, line }: { reading: Reading; line: LineView }) {
  const { t, locale } = reading
  const { lot, expiry, original, packSize, donor, from } = line
  return (
    <p className="flex flex-wrap gap-x-3 text-ink-2 text-note">
      {packSize !== undefined && <span>{t('track.line.pack', { count: packSize })}</span>}
      {lot !== undefined && (
        <span>
          <bdi>{t('track.line.lot', { lot })}</bdi>
          {original?.lot !== undefined && original.lot !== lot && (
            <s className="ms-1">{t('track.line.was', { value: original.lot })}</s>
          )}
        </span>
      )}
      {expiry !== undefined && (
        <span>
          {t('track.line.expiry', { date: formatDate(locale, expiry) })}
          {original?.expiry !== undefined && original.expiry !== expiry && (
            <s className="ms-1">{t('track.line.was', { value: formatDate(locale, original.expiry) })}</s>
          )}
        </span>
      )}
      {donor && (
        <span>
          {t.rich('track.line.donor', {
            donor: () =>
              'party' in donor ? (
                <Party key="donor" reading={reading} reference={donor.party} />
              ) : (
                <ShownText key="donor" t={t} shown={donor.name} />
              ),
          })}
        </span>
      )}
      {from?.consignment !== undefined && (
        <Source label={t('track.line.fromConsignment')} reference={from.consignment} />
      )}
      {from?.reported !== undefined && <Source label={t('track.line.fromReported')} reference={from.reported} />}
    </p>
  )
}

function Source({ label, reference }: { label: string; reference: string }) {
  return (
    <span>
      {label}{' '}
      <a href={paths.track(reference)}>
        <Code>{formatReference(reference)}</Code>
      </a>
    </span>
  )
}
