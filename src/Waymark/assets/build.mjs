// Builds ../wwwroot: one style sheet, one script (and the line that runs before drawing), the icon.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build, transform } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const scripts = join(here, "js");
const out = join(here, "..", "wwwroot");
mkdirSync(out, { recursive: true });

/** Every module of js/ but the two entry points, by name. */
const features = {
  name: "features",
  setup(bundle) {
    bundle.onResolve({ filter: /^waymark:features$/ }, () => ({ path: "features", namespace: "waymark" }));
    bundle.onLoad({ filter: /.*/, namespace: "waymark" }, () => {
      const names = readdirSync(scripts).filter(f => f.endsWith(".js") && f !== "waymark.js" && f !== "start.js").sort();
      const imports = names.map((f, i) => `import * as f${i} from "./${f}";`);
      const entries = names.map((f, i) => `"${f}": f${i}`);
      return { contents: `${imports.join("\n")}\nexport default { ${entries.join(", ")} };`, resolveDir: scripts };
    });
  },
};

const css = compile(join(here, "css", "waymark.scss"), { loadPaths: [join(here, "node_modules")], quietDeps: true });
const small = await transform(css.css, { loader: "css", minify: true });
writeFileSync(join(out, "waymark.css"), small.code);

await build({
  entryPoints: [join(scripts, "waymark.js"), join(scripts, "start.js")],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir: out,
  legalComments: "none",
  logLevel: "warning",
  plugins: [features],
});
cpSync(join(here, "static"), out, { recursive: true });

// Pressed once here, so that no request waits for it.
for (const file of ["waymark.css", "waymark.js"]) {
  writeFileSync(join(out, `${file}.br`), brotliCompressSync(readFileSync(join(out, file))));
}
