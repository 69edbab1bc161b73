#!/usr/bin/env node
import { createRequire } from "node:module";

createRequire(import.meta.url)("../dist/deploy-check.cjs").start(process, import.meta.url);
