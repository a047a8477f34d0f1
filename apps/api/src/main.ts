import { setSourceMapsSupport } from 'node:module';

// Stacks name our own source files. Maps of packages are left out, which would only fill memory, so this has to be said
// before anything is loaded: the server itself comes after.
setSourceMapsSupport(true, { nodeModules: false });
await import('./run-server');
