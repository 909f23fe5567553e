import { madeOnce } from './made.ts'
import { tagOf } from './number.ts'

const MINUTE = 60_000

/** An instant as a clock at a given place shows it. */
export interface Clock {
  /** Unix milliseconds. */
  readonly milliseconds: number
  /** Minutes east of Greenwich. */
  readonly offset: number
}

/** The clock of a time spelled `YYYY-MM-DDTHH:MM:SS±HH:MM`, as events claim it. */
export function clockOf(time: string): Clock {
  const sign = time.at(-6) === '-' ? -1 : 1
  const offset = sign * (Number(time.slice(-5, -3)) * 60 + Number(time.slice(-2)))
  return { milliseconds: Date.parse(time), offset }
}

/** Machine-readable spelling with the clock's own offset, for `<time datetime>`. */
export function isoOf({ milliseconds, offset }: Clock): string {
  const wall = new Date(milliseconds + offset * MINUTE).toISOString().slice(0, 19)
  const [sign, size] = offset < 0 ? ['-', -offset] : ['+', offset]
  const two = (value: number) => String(value).padStart(2, '0')
  return `${wall}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

// An offset is not a time zone to every engine we run on: the wall time is formatted as if it were UTC.
function wall(locale: string, clock: Clock, options: Intl.DateTimeFormatOptions): string {
  const format = madeOnce(
    `time ${locale} ${Object.entries(options)}`,
    () => new Intl.DateTimeFormat(tagOf(locale), { ...options, timeZone: 'UTC' }),
  )
  return format.format(clock.milliseconds + clock.offset * MINUTE)
}

/** `UTC+3`, `UTC-4:30`, `UTC`: whose clock a time is by. */
export function formatOffset(offset: number): string {
  if (offset === 0) return 'UTC'
  const size = Math.abs(offset)
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`
  return `UTC${offset < 0 ? '-' : '+'}${Math.floor(size / 60)}${minutes}`
}

/** `Tue, 17 Nov 2026, 14:20`, by the clock of the place; the offset is shown apart. */
export function formatDateTime(locale: string, clock: Clock): string {
  return wall(locale, clock, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
}

/** `17 Nov 2026`, by the clock of the place. */
export function formatDay(locale: string, clock: Clock): string {
  return wall(locale, clock, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** A date spelled `YYYY-MM-DD`, or `YYYY-MM` as expiries may be. */
export function formatDate(locale: string, date: string): string {
  const clock = { milliseconds: Date.parse(date.length === 7 ? `${date}-01` : date), offset: 0 }
  return date.length === 7 ? wall(locale, clock, { month: 'short', year: 'numeric' }) : formatDay(locale, clock)
}

/** Length of time in its two largest units: `6 hr 12 min`, `3 days`. Below a minute: `1 min`. */
export function formatDuration(locale: string, milliseconds: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(milliseconds) / MINUTE))
  const parts = { day: Math.floor(minutes / 1440), hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 }
  return Object.entries(parts)
    .filter(([, value]) => value > 0)
    .slice(0, 2)
    .map(([unit, value]) =>
      new Intl.NumberFormat(tagOf(locale), { style: 'unit', unit, unitDisplay: 'long' }).format(value),
    )
    .join(' ')
}

/** How long ago, in its largest whole unit: `3 days ago`; below a minute `now`. Both times in unix milliseconds. */
export function formatAge(locale: string, { since, now }: { since: number; now: number }): string {
  const minutes = Math.max(0, Math.floor((now - since) / MINUTE))
  const numeric = minutes === 0 ? 'auto' : 'always'
  const age = madeOnce(`age ${locale} ${numeric}`, () => new Intl.RelativeTimeFormat(tagOf(locale), { numeric }))
  if (minutes === 0) return age.format(0, 'second')
  if (minutes < 60) return age.format(-minutes, 'minute')
  if (minutes < 1440) return age.format(-Math.floor(minutes / 60), 'hour')
  return age.format(-Math.floor(minutes / 1440), 'day')
}

/** True where the two clocks of an event must both be shown: claimed and recorded differ by more than a minute (PROTOCOL §2). */
export function clocksDiffer({ claimed, recorded }: { claimed: number; recorded: number }): boolean {
  return Math.abs(recorded - claimed) > MINUTE
}
