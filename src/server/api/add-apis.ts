// What operators and tenants ask of control: one file for each area. A route declares who may ask for it and what it takes
// and answers; the schemas and their types are in the `-shapes.ts` beside it, which the client shares.
import type { Audit } from '../../control/audit.ts'
import type { Control } from '../../control/control.ts'
import type { Tokens } from '../../control/tokens.ts'
import type { AdminServer } from '../admin-server.ts'
import type { MetricsSources } from '../metrics/metrics.ts'
import { addAssetsApi, type AssetsApiOptions } from './assets-api.ts'
import { addAuditApi } from './audit-api.ts'
import { addCompareApi } from './compare-api.ts'
import { addDeploymentsApi } from './deployments-api.ts'
import { addExecutionsApi } from './executions-api.ts'
import type { ExecutionsApiOptions } from '../submitted-code.ts'
import { addHealthApi } from './health-api.ts'
import { addHostsApi, type HostsApiOptions } from './hosts-api.ts'
import { addKvApi, type KvApiOptions } from './kv-api.ts'
import { addLogsApi } from './logs-api.ts'
import { addMeasuresApi } from './measures-api.ts'
import { addMetricsApi } from './metrics-api.ts'
import { addOpenApi } from './openapi-api.ts'
import { addQuarantineApi } from './quarantine-api.ts'
import { addRoutesApi, type RoutesApiOptions } from './routes-api.ts'
import { addSchedulesApi, type SchedulesApiOptions } from './schedules-api.ts'
import { addSecretsApi, type SecretsApiOptions } from './secrets-api.ts'
import { addTenantsApi } from './tenants-api.ts'
import { addTokensApi } from './tokens-api.ts'
import { addVersionsApi, type VersionsApiOptions } from './versions-api.ts'
import { addWhoamiApi } from './whoami-api.ts'
import { addWorkersApi } from './workers-api.ts'

export interface ApiOptions
  extends
    HostsApiOptions,
    RoutesApiOptions,
    SecretsApiOptions,
    SchedulesApiOptions,
    AssetsApiOptions,
    KvApiOptions,
    MetricsSources,
    VersionsApiOptions,
    ExecutionsApiOptions {
  readonly control: Control
  readonly tokens: Tokens
  readonly audit: Audit
}

export function addApis(app: AdminServer, options: ApiOptions): void {
  addWorkersApi(app, options)
  addDeploymentsApi(app, options)
  addVersionsApi(app, options)
  addSecretsApi(app, options)
  addRoutesApi(app, options)
  addAssetsApi(app, options)
  addKvApi(app, options)
  addSchedulesApi(app, options)
  addExecutionsApi(app, options)
  addCompareApi(app, options)
  addLogsApi(app, options)
  addTenantsApi(app, options)
  addQuarantineApi(app, options)
  addHostsApi(app, options)
  addMeasuresApi(app, options)
  addMetricsApi(app, options)
  addWhoamiApi(app)
  addTokensApi(app, options)
  addAuditApi(app, options)
  addHealthApi(app, options)
  addOpenApi(app)
}
