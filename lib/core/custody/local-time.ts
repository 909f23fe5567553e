/**
 * `YYYY-MM-DDTHH:MM:SS±HH:MM` of unix `milliseconds` at a place `offset` minutes east of UTC, this machine's unless given: the spelling of
 * a claimed time (PROTOCOL §1).
 */
export function formatLocalTime(
  milliseconds: number,
  offset: number = -new Date(milliseconds).getTimezoneOffset(),
): string {
  const digits = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const east = Math.abs(offset)
  const local = new Date(milliseconds + offset * 60_000).toISOString().slice(0, 19)
  return `${local}${offset < 0 ? '-' : '+'}${digits(east / 60)}:${digits(east % 60)}`
}
