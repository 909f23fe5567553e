import { expect, test } from '@playwright/test'
import { clientAddress, networkOf } from './address.ts'

const SOCKET = '198.51.100.9'
const asked = (forwarded: string | undefined, trustedProxies: number, socket: string | undefined = SOCKET) =>
  clientAddress({ socket, forwarded, trustedProxies })

test('without a proxy in front the connection says who asks, and no header', () => {
  expect(asked(undefined, 0)).toBe(SOCKET)
  expect(asked('203.0.113.7', 0)).toBe(SOCKET)
  expect(asked('203.0.113.7, 203.0.113.8', 0)).toBe(SOCKET)
})

test('behind proxies it is who the outermost of them saw, whatever the client wrote before', () => {
  expect(asked('203.0.113.7', 1)).toBe('203.0.113.7')
  expect(asked('192.0.2.66, 203.0.113.7', 1)).toBe('203.0.113.7')
  expect(asked('192.0.2.66, 203.0.113.7, 10.0.0.2', 2)).toBe('203.0.113.7')
  expect(asked(`${'192.0.2.66, '.repeat(5000)}203.0.113.7`, 1)).toBe('203.0.113.7')
})

test('what is no address counts as the connection’s own', () => {
  for (const forwarded of ['', 'unknown', '<script>', '203.0.113.7.8', `1${'0'.repeat(100)}`, '203.0.113.7,'])
    expect(asked(forwarded, 1), forwarded).toBe(SOCKET)
  expect(asked(undefined, 1)).toBe(SOCKET)
  expect(clientAddress({ socket: undefined, forwarded: 'x', trustedProxies: 1 })).toBe('')
})

test('ports, brackets and IPv4 in IPv6 spelling are taken off', () => {
  expect(asked('203.0.113.7:4711', 1)).toBe('203.0.113.7')
  expect(asked('[2001:DB8::7]:4711', 1)).toBe('2001:db8::7')
  expect(asked('::ffff:203.0.113.7', 1)).toBe('203.0.113.7')
  expect(asked(undefined, 0, '::ffff:127.0.0.1')).toBe('127.0.0.1')
})

test('one caller is an IPv4 address or an IPv6 network of 64 bits', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
  expect(networkOf('')).toBe('')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8:1:2::6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8::6')).toBe('2001:db8:0:0::/64')
  expect(networkOf('2001:0db8:0001::')).toBe('2001:db8:1:0::/64')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})
