const MOST_ADDRESSES = 10_000
const AT_ONCE = 8

/** Says of each address whether it may ask now: `perSecond` in the long run, eight times as many at once. Holds what a bounded number of addresses have left. */
export function openRate(perSecond: number, now: () => number = () => performance.now()): (address: string) => boolean {
  const most = perSecond * AT_ONCE
  const left = new Map<string, { count: number; at: number }>()
  return address => {
    const at = now()
    const before = left.get(address)
    const count = before ? Math.min(most, before.count + ((at - before.at) / 1000) * perSecond) : most
    // Put at the end, so that the one that was longest away is forgotten first.
    left.delete(address)
    left.set(address, { count: count < 1 ? count : count - 1, at })
    const [oldest] = left.keys()
    if (left.size > MOST_ADDRESSES && oldest !== undefined) left.delete(oldest)
    return count >= 1
  }
}
