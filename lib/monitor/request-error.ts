import { logger } from './logger.ts'
import { REQUEST_ID } from './request.ts'

/**
 * One line for a request that failed for a reason of ours. `digest` is the number that the visitor's page shows; the route is logged and not the
 * address, which may hold what a person typed.
 */
export function logRequestError(args: {
  error: unknown
  request: { readonly method: string; readonly headers: Readonly<Record<string, string | string[] | undefined>> }
  routePath: string
  routeType: string
}): void {
  const { error, request, routePath, routeType } = args
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : undefined
  logger('http').error(
    {
      code: 'request-failed',
      requestId: request.headers[REQUEST_ID],
      digest,
      method: request.method,
      route: routePath,
      routeType,
      err: error,
    },
    'a request failed',
  )
}
