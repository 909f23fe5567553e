const LARGEST = 2n ** 63n - 1n

/**
 * The value of a canonical decimal: digits only, no leading zero but in `0`, at most 2^63 − 1 (the largest size that other
 * implementations hold). Undefined for every other spelling: `+5`, `05`, `5 `, `0x5`, an empty text.
 */
export function parseDecimal(text: string): bigint | undefined {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) return undefined
  const value = BigInt(text)
  return value <= LARGEST ? value : undefined
}
