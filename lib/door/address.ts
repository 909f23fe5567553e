import { isIP, isIPv6 } from 'node:net'

/**
 * Who asks. `socket`: the address at the other end of the connection; `forwarded`: the header X-Forwarded-For as it came; `trustedProxies`: how many
 * proxies stand in front of this server and add to that header. With 0 the header is what anybody may have written, and is not looked at.
 * Each proxy adds who asked it, so that the client is the last entry but so many; what is no address there counts as the socket's.
 */
export function clientAddress(asked: {
  socket: string | undefined
  forwarded: string | undefined
  trustedProxies: number
}): string {
  const { socket, forwarded, trustedProxies } = asked
  const nearest = plainAddress(socket ?? '') ?? ''
  if (trustedProxies === 0 || forwarded === undefined) return nearest
  return plainAddress(forwarded.split(',').slice(-trustedProxies)[0] ?? '') ?? nearest
}

/** What is counted as one caller: an IPv4 address, or the first 64 bits of an IPv6 address, which one household or machine has all of. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [before = '', after] = address.split('%')[0]?.split('::') ?? []
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length
  const groups = [...head, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...tail].slice(0, 4)
  return `${groups.map(group => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** An address without port, brackets and blanks, an IPv4 one in IPv6 spelling as IPv4; undefined for anything else. */
function plainAddress(text: string): string | undefined {
  const trimmed = text.trim().toLowerCase()
  if (trimmed.length > 64) return undefined
  const bare = trimmed.replace(/^\[([^\]]*)\](?::\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare
  return isIP(mapped) === 0 ? undefined : mapped
}
