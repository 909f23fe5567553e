import { expect, test } from '@playwright/test'
import { readRoutes, routeOf } from './routes.ts'

const routes = readRoutes(
  JSON.stringify({
    staticRoutes: [{ page: '/' }, { page: '/log' }],
    dynamicRoutes: [
      { page: '/join/[token]', regex: '^/join/([^/]+?)(?:/)?$' },
      { page: '/track/[reference]', regex: '^/track/([^/]+?)(?:/)?$' },
    ],
  }),
)

test('an address is known by its route: no secret, no reference and nothing that was typed', () => {
  expect(routeOf('/join/9vQ2-secret?next=/today', routes)).toBe('/join/[token]')
  expect(routeOf('/track/Maria%20Example', routes)).toBe('/track/[reference]')
  expect(routeOf('/log?lang=ar', routes)).toBe('/log')
})

test('files are one route, and what nothing answers is another: strangers cannot make routes', () => {
  expect(routeOf('/_next/static/chunks/a.js', routes)).toBe('assets')
  for (const path of ['/wp-login.php', '', '//x', '/join', '*']) expect(routeOf(path, routes)).toBe('other')
})
