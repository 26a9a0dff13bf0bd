import { promisify } from 'node:util';

import webpack from 'webpack';

const compiler = webpack({
  mode: 'production',
  entry: { main: './main.js', streaming: './streaming.js' },
  output: { module: true, filename: '[name].js' },
  experiments: { outputModule: true },
});
const stats = await promisify((done) => compiler.run(done))();
console.log(stats.toString());
if (stats.hasErrors() || stats.hasWarnings()) process.exitCode = 1;
