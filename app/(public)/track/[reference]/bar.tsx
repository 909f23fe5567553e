import { formatNumber } from '@/lib/format/number.ts'
import { isHatched, layOut, type Share, type Tone } from './shares.ts'

const COLOURS: Readonly<Record<Tone, string>> = {
  held: 'text-seal',
  distributed: 'text-seal',
  damaged: 'text-open',
  missing: 'text-broken',
  lost: 'text-broken',
  'written-off': 'text-ink-2',
  'moved-on': 'text-ink-2',
}

/** Diagonal lines for what is not sound and here; upright ones for what was handed out. Colour never stands alone. */
function Pattern({ id, tone }: { id: string; tone: Tone }) {
  const turn = tone === 'moved-on' ? 'rotate(-45)' : 'rotate(45)'
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={turn}>
      <rect width="6" height="6" className="fill-sheet" />
      <rect width="3.2" height="6" fill="currentColor" className={COLOURS[tone]} />
    </pattern>
  )
}

/** A small field that shows how a tone is drawn, beside its words. */
export function Swatch({ id, tone }: { id: string; tone: Tone }) {
  const pattern = `swatch-${id}-${tone}`
  return (
    <svg width="14" height="14" aria-hidden="true" className={`me-1.5 inline-block align-[-2px] ${COLOURS[tone]}`}>
      {isHatched(tone) && (
        <defs>
          <Pattern id={pattern} tone={tone} />
        </defs>
      )}
      <rect
        x="0.5"
        y="0.5"
        width="13"
        height="13"
        rx="3"
        stroke="currentColor"
        fill={isHatched(tone) ? `url(#${pattern})` : 'currentColor'}
      />
      {tone === 'distributed' && <circle cx="7" cy="7" r="2.5" className="fill-sheet" />}
    </svg>
  )
}

/** Where a line's goods are, in true proportion; what is too thin for its number gets a tick and the number outside. */
export function Bar({
  id,
  label,
  locale,
  isRtl,
  shares,
}: {
  id: string
  label: string
  locale: string
  isRtl: boolean
  shares: readonly Share[]
}) {
  const parts = layOut(shares)
  const isOutside = parts.some(part => part.outside !== undefined)
  const tones = [...new Set(shares.map(share => share.tone))].filter(isHatched)
  const at = (start: number, width = 0) => `${isRtl ? 100 - start - width : start}%`
  return (
    <svg role="img" aria-label={label} width="100%" height={isOutside ? 56 : 30} className="block overflow-visible">
      <defs>
        <clipPath id={`bar-${id}`}>
          <rect width="100%" height="30" rx="8" />
        </clipPath>
        {tones.map(tone => (
          <Pattern key={tone} id={`bar-${id}-${tone}`} tone={tone} />
        ))}
      </defs>
      <g clipPath={`url(#bar-${id})`}>
        {parts.map(({ share, start, width }, place) => (
          <g key={`${share.tone} ${share.party}`} className={COLOURS[share.tone]}>
            <rect
              x={at(start, width)}
              width={`${width}%`}
              height="30"
              fill={isHatched(share.tone) ? `url(#bar-${id}-${share.tone})` : 'currentColor'}
            />
            {place > 0 && (
              <line x1={at(start)} x2={at(start)} y1="0" y2="30" className="stroke-sheet" strokeWidth="2" />
            )}
          </g>
        ))}
      </g>
      {parts.map(({ share, start, width, outside }) => {
        const middle = start + width / 2
        const key = `${share.tone} ${share.party}`
        const number = formatNumber(locale, share.quantity)
        if (outside === undefined) {
          return (
            <text
              key={key}
              x={at(middle)}
              y="20"
              textAnchor="middle"
              className="fill-sheet font-semibold text-[0.8125rem]"
            >
              {number}
            </text>
          )
        }
        return (
          <g key={key} className={COLOURS[share.tone]}>
            <line x1={at(middle)} x2={at(outside)} y1="30" y2="39" stroke="currentColor" strokeWidth="1.5" />
            <text
              x={at(outside)}
              y="52"
              textAnchor="middle"
              fill="currentColor"
              className="font-semibold text-[0.8125rem]"
            >
              {number}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
