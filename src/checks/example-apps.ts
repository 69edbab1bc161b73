import type { Example } from "../check.ts";

/** Projects of other frameworks, with which nothing is wrong but for what an example changes. */
export const flaskShop: Example = {
  ".python-version": "3.13\n",
  "app.py":
    'import os\n\nfrom flask import Flask, session\n\napp = Flask(__name__)\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n\n\n@app.get("/")\ndef index():\n    session["visits"] = session.get("visits", 0) + 1\n    return str(session["visits"])\n',
  Procfile: "web: gunicorn app:app\n",
  "requirements.txt": "flask>=3.1,<4\ngunicorn>=23,<28\n",
};

export const apiShop: Example = {
  ".python-version": "3.13\n",
  "main.py":
    'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef index():\n    return {"open": True}\n',
  Procfile: "web: uvicorn main:app --host 0.0.0.0 --port $PORT\n",
  "requirements.txt": "fastapi>=0.120,<1\nuvicorn>=0.40,<1\n",
};

export const nodeShop: Example = {
  "package.json":
    '{\n  "name": "shop",\n  "private": true,\n  "engines": { "node": "22.x" },\n  "scripts": { "start": "node server.js" },\n  "dependencies": { "express": "^5.1.0" }\n}\n',
  "package-lock.json": '{ "name": "shop", "lockfileVersion": 3, "packages": {} }\n',
  Procfile: "web: npm start\n",
  "server.js":
    'const express = require("express");\n\nconst app = express();\n\napp.get("/", (request, response) => response.send("open"));\napp.listen(process.env.PORT || 3000);\n',
};
