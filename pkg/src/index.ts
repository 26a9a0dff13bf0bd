// The default entry: the module is part of the script and ready when the import is, so there is nothing to configure.

import { initSync } from '../generated/fiado/fiado.js';
import { module } from '../generated/fiado/module.js';
import { bytesOf } from './inlined.js';

initSync({ module: bytesOf(module) });

export * from './api.js';
