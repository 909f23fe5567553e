import type { QuantityView } from '@/lib/core/custody/views.ts'
import type { Reading } from './reading.ts'

/** Quantities with their unit; the goods are named where there is more than one line to confuse. */
export function Quantities({
  reading,
  quantities,
  as,
}: {
  reading: Reading
  quantities: readonly QuantityView[]
  /** Message that says what became of them, around `{quantity}`. */
  as?: string
}) {
  const isMany = reading.view.lines.length > 1
  return quantities.map(({ line, condition, quantity }) => {
    const count = reading.count(line, quantity)
    return (
      <span key={`${line} ${condition}`} className="block">
        {as === undefined ? count : reading.t(as, { quantity: count })}
        {as === undefined && condition === 'damaged' && ` (${reading.t('condition.damaged')})`}
        {isMany && (
          <>
            {' '}
            <bdi className="text-ink-2">{reading.line(line)?.item}</bdi>
          </>
        )}
      </span>
    )
  })
}
