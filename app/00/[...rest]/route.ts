import { resolveGs1 } from './resolve.ts'

/** The address of a logistic unit on a label, `/00/<SSCC>`. */
export function GET(request: Request): Promise<Response> {
  return resolveGs1(request)
}
