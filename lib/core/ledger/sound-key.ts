/** RFC 8032 §5.1: the field, the order of the base point, and the curve's d. */
const PRIME = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
const TWICE_D = mod(2n * D)
const ROOT_OF_MINUS_ONE = 19681161376707505956807079304988542015446066515923890162744021073123829784752n

/** X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z (RFC 8032 §5.1.4). */
type Extended = readonly [bigint, bigint, bigint, bigint]

/**
 * True for a key fit to be enrolled: 32 bytes, the canonical encoding of a point of the prime-order subgroup of edwards25519 other than the neutral
 * one. All others let one signature fit several messages or several spellings name one key. Own arithmetic for this one question, which a
 * browser does not answer and a library answers with 7 kB (lib/decisions/sound-keys.md); not constant-time: nothing here is secret.
 */
export function isSoundPublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false
  let encoded = 0n
  for (const byte of publicKey.toReversed()) encoded = (encoded << 8n) | BigInt(byte)
  const sign = encoded >> 255n
  const y = encoded & (2n ** 255n - 1n)
  const x = y < PRIME ? recoverX(y, sign) : undefined
  // A point that is its own multiple by the prime order is neutral, or of no other order than that.
  return x !== undefined && x !== 0n && isNeutral(timesOrder([x, y, 1n, mod(x * y)]))
}

/** RFC 8032 §5.1.3; undefined where no point has this y and sign. */
function recoverX(y: bigint, sign: bigint): bigint | undefined {
  const y2 = mod(y * y)
  const u = mod(y2 - 1n)
  const v = mod(D * y2 + 1n)
  const v3 = mod(v * v * v)
  let x = mod(u * v3 * eighth(mod(mod(u * v3) * mod(v3 * v))))
  const found = mod(v * x * x)
  if (found !== u) {
    if (found !== mod(-u)) return undefined
    x = mod(x * ROOT_OF_MINUS_ONE)
  }
  if (x === 0n && sign === 1n) return undefined
  return (x & 1n) === sign ? x : mod(-x)
}

function timesOrder(point: Extended): Extended {
  let product = point
  for (const bit of ORDER.toString(2).slice(1)) {
    product = double(product)
    if (bit === '1') product = add(product, point)
  }
  return product
}

/** RFC 8032 §5.1.4: complete, whatever the two points are. */
function add([x1, y1, z1, t1]: Extended, [x2, y2, z2, t2]: Extended): Extended {
  const a = mod((y1 - x1) * (y2 - x2))
  const b = mod((y1 + x1) * (y2 + x2))
  const c = mod(mod(t1 * TWICE_D) * t2)
  const d = mod(z1 * 2n * z2)
  return joined(b - a, d - c, d + c, b + a)
}

function double([x, y, z]: Extended): Extended {
  const a = mod(x * x)
  const b = mod(y * y)
  const h = a + b
  const e = h - mod((x + y) * (x + y))
  const g = a - b
  return joined(e, mod(2n * z * z) + g, g, h)
}

function joined(e: bigint, f: bigint, g: bigint, h: bigint): Extended {
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)]
}

function isNeutral([x, y, z]: Extended): boolean {
  return x === 0n && y === z
}

/** To the power of (p − 5)/8 = 2^252 − 3: by powers of 2^n − 1, each from the one before. */
function eighth(base: bigint): bigint {
  const two = mod(mod(base * base) * base)
  const five = mod(squared(mod(squared(two, 2) * two), 1) * base)
  const ten = mod(squared(five, 5) * five)
  const twenty = mod(squared(ten, 10) * ten)
  const forty = mod(squared(twenty, 20) * twenty)
  const eighty = mod(squared(forty, 40) * forty)
  const most = mod(squared(mod(squared(eighty, 80) * eighty), 80) * eighty)
  return mod(squared(mod(squared(most, 10) * ten), 2) * base)
}

function squared(base: bigint, times: number): bigint {
  let result = base
  for (let i = 0; i < times; i++) result = mod(result * result)
  return result
}

function mod(value: bigint): bigint {
  const rest = value % PRIME
  return rest < 0n ? rest + PRIME : rest
}
