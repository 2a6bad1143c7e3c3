/** The door of this folder for Temporal: find a dev server, start one, find the time-skipping test server. */
export { type DevServer, type DevServerOptions, startDevServer } from './dev-server.ts';
export { ensureNamespace, missingOf, type NamespaceWish, type SearchAttributeKind } from './namespace.ts';
export { findTemporal, findTemporalCli, type TemporalCli, type TemporalSource } from './temporal-cli.ts';
export { findTestServer, type TestServer } from './test-server.ts';
