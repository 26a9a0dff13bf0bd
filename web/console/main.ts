// The page's beginning.

import { Console } from './app/console.ts';

const root = document.getElementById('console');
if (root !== null) new Console(root).start();
