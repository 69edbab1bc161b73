#!/usr/bin/env node
import { loadBundle } from "./code-cache.js";

loadBundle().start(process, import.meta.url);
