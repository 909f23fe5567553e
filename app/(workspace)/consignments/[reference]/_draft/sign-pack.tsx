'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { SignButton } from '@/app/(workspace)/_ui/sign-button.tsx'
import type { DraftContent } from '@/lib/core/custody/draft.ts'
import type { Unit } from '@/lib/core/custody/quantity.ts'
import type { ConsignmentState } from '@/lib/core/custody/state.ts'
import type { NamedParty } from '@/lib/data/parties.ts'
import type { DeskProps, Sent } from '@/lib/device/desk.ts'
import { totalsByUnit } from '@/lib/device/forms/counts.ts'
import { packAct } from '@/lib/device/forms/packing.ts'
import { formatList } from '@/lib/format/number.ts'

const LINES_NAMED = 3
const LONGEST_ITEM = 48
/** Numbers of lines to be mended. */
const MOST_NAMED = 8

type SignPackProps = {
  readonly desk: DeskProps
  readonly reference: string
  readonly content: DraftContent
  readonly parties: readonly NamedParty[]
  /** Set for the packing that founds the consignment; else `state` and its head. */
  readonly nonce?: string
  readonly state?: ConsignmentState
  readonly after: string
  readonly onSign?: () => Promise<void>
  readonly onSent: (sent: Sent) => void
  readonly next?: string
  /** Where the lines that did not fit are signed. */
  readonly onward: string
}

/** The one act of the page: what is packed and for whom. */
export function SignPack(props: SignPackProps) {
  const { desk, reference, content, parties, nonce, state, after, onSign, onSent, onward } = props
  const t = useTranslations()
  const locale = useLocale()
  const { act, refusal, fit, all, isUnsignable, toMend } = useMemo(
    () =>
      packAct({
        desk,
        reference,
        content,
        parties,
        after,
        ...(nonce !== undefined && { nonce }),
        ...(state && { state }),
      }),
    [desk, reference, content, parties, nonce, state, after],
  )
  const next = fit < all ? onward : props.next
  const { lines, consignee } = act.body
  const count = (unit: string, quantity: number) => t(`units.${unit as Unit}`, { count: quantity })
  const named = lines.map(({ unit, quantity, item }) =>
    t('draft.goods', { quantity: count(unit, Number(quantity)), item: shortened(item) }),
  )
  const totals = totalsByUnit(lines.map(({ unit, quantity }) => ({ unit, quantity: Number(quantity) })))
  const goods =
    lines.length <= LINES_NAMED
      ? formatList(locale, named)
      : t('draft.inLines', {
          lines: lines.length,
          goods: formatList(
            locale,
            totals.slice(0, LINES_NAMED).map(({ unit, quantity }) => count(unit, quantity)),
          ),
          more: Math.max(0, totals.length - LINES_NAMED),
        })
  const party = consignee === undefined ? undefined : parties.find(({ reference }) => reference === consignee)
  const label =
    lines.length === 0 || isUnsignable
      ? t('draft.sign.nothing')
      : party
        ? t('draft.sign.for', { goods, consignee: party.name })
        : t('draft.sign.open', { goods })
  return (
    <div className="at-thumb grid gap-2">
      {fit < all && <p className="notice">{t('draft.sign.tooMany', { fit, all, left: all - fit })}</p>}
      {toMend.length > 0 && (
        <p className="text-note">
          {t('draft.sign.mend', {
            lines: formatList(locale, toMend.slice(0, MOST_NAMED).map(String)),
            more: Math.max(0, toMend.length - MOST_NAMED),
          })}
        </p>
      )}
      <SignButton
        desk={desk}
        label={label}
        refusal={refusal}
        act={async () => {
          await onSign?.()
          return act
        }}
        onSent={onSent}
        {...(next !== undefined && { next })}
      />
    </div>
  )
}

function shortened(item: string): string {
  return item.length > LONGEST_ITEM ? `${item.slice(0, LONGEST_ITEM - 1).trimEnd()}…` : item
}
