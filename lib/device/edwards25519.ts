/**
 * The arithmetic of edwards25519 that verifying needs, with the names and verdicts of `@noble/curves`. The seal is bundled with this file in its
 * place: an eighth of the size, on a page that a phone opens over a poor network. It handles nothing secret, so it need not be constant-time;
 * `edwards25519.test.ts` compares it with the library.
 */

const PRIME = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
/** d of −x² + y² = 1 + d·x²·y² (RFC 8032 §5.1). */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
const SQRT_MINUS_ONE = power(2n, (PRIME - 1n) / 4n)
const SIGN = 1n << 255n

function reduce(value: bigint): bigint {
  const rest = value % PRIME
  return rest < 0n ? rest + PRIME : rest
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % PRIME
    square = (square * square) % PRIME
  }
  return result
}

/** A point in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z (RFC 8032 §5.1.4). */
class EdwardsPoint {
  static readonly ZERO = new EdwardsPoint(0n, 1n, 1n, 0n)
  static readonly BASE = EdwardsPoint.fromBytes(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66)))

  static CURVE(): { readonly n: bigint; readonly p: bigint } {
    return { n: ORDER, p: PRIME }
  }

  readonly X: bigint
  readonly Y: bigint
  readonly Z: bigint
  readonly T: bigint

  constructor(X: bigint, Y: bigint, Z: bigint, T: bigint) {
    this.X = X
    this.Y = Y
    this.Z = Z
    this.T = T
  }

  /** Decodes 32 bytes (RFC 8032 §5.1.3). `permissive` (ZIP 215): y is reduced, not refused, and a sign on x = 0 is ignored. Throws on no point. */
  static fromBytes(bytes: Uint8Array, permissive = false): EdwardsPoint {
    let encoded = 0n
    for (let i = 31; i >= 0; i--) encoded = (encoded << 8n) | BigInt(bytes[i] as number)
    const isOdd = encoded >= SIGN
    const y = isOdd ? encoded - SIGN : encoded
    if (!permissive && y >= PRIME) throw new Error('y is not below the prime')
    const [u, v] = [reduce(y * y - 1n), reduce(D * y * y + 1n)]
    let x = reduce(u * v ** 3n * power(reduce(u * v ** 7n), (PRIME - 5n) / 8n))
    if (reduce(v * x * x) !== u) x = reduce(x * SQRT_MINUS_ONE)
    if (reduce(v * x * x) !== u) throw new Error('no point has this y')
    if (!permissive && x === 0n && isOdd) throw new Error('zero has no sign')
    if (((x & 1n) === 1n) !== isOdd) x = reduce(-x)
    return new EdwardsPoint(x, reduce(y), 1n, reduce(x * y))
  }

  /** Complete for all points of the curve, doubling included (RFC 8032 §5.1.4). */
  add(other: EdwardsPoint): EdwardsPoint {
    const a = (this.Y - this.X) * (other.Y - other.X)
    const b = (this.Y + this.X) * (other.Y + other.X)
    const c = 2n * D * reduce(this.T * other.T)
    const d = 2n * this.Z * other.Z
    const [e, f, g, h] = [reduce(b - a), reduce(d - c), reduce(d + c), reduce(b + a)]
    return new EdwardsPoint(reduce(e * f), reduce(g * h), reduce(f * g), reduce(e * h))
  }

  subtract(other: EdwardsPoint): EdwardsPoint {
    return this.add(new EdwardsPoint(-other.X, other.Y, other.Z, -other.T))
  }

  /** Takes a time that depends on `scalar`: never for a secret. */
  multiplyUnsafe(scalar: bigint): EdwardsPoint {
    let result = EdwardsPoint.ZERO
    let doubled: EdwardsPoint = this
    for (let rest = scalar; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = result.add(doubled)
      doubled = doubled.add(doubled)
    }
    return result
  }

  isZero(): boolean {
    return reduce(this.X) === 0n && reduce(this.Y - this.Z) === 0n
  }

  isSmallOrder(): boolean {
    return this.multiplyUnsafe(8n).isZero()
  }

  isTorsionFree(): boolean {
    return this.multiplyUnsafe(ORDER).isZero()
  }

  /** y in 32 bytes, least significant first, with the sign of x in the top bit. */
  toBytes(): Uint8Array {
    const inverse = power(reduce(this.Z), PRIME - 2n)
    const [x, y] = [reduce(this.X * inverse), reduce(this.Y * inverse)]
    let rest = x & 1n ? y | SIGN : y
    return Uint8Array.from({ length: 32 }, () => {
      const byte = Number(rest & 0xffn)
      rest >>= 8n
      return byte
    })
  }
}

/** What `lib/core/ledger/ed25519.ts` takes from `@noble/curves/ed25519.js`. */
export const ed25519 = { Point: EdwardsPoint }
