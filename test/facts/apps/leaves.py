"""Answers what Django's migration loader makes of graphs: stdin a list of cases, stdout a list of answers.

A case maps names of migrations to {"dependencies": […], "run_before": […], "replaces": […]}, names of the
app "orders" each. The answer is the sorted leaves, or the text of the error.
"""

import json
import sys

from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.loader import MigrationLoader

settings.configure(INSTALLED_APPS=[])

import django  # noqa: E402

django.setup()


class Applied:
    """A recorder that knows what is applied."""

    def __init__(self, names):
        self.names = names

    def applied_migrations(self):
        return {("orders", name): None for name in self.names}


def answer(case, applied):
    class Loader(MigrationLoader):
        def load_disk(self):
            self.unmigrated_apps, self.migrated_apps = set(), {"orders"}
            self.disk_migrations = {}
            for name, parts in case.items():
                migration = Migration(name, "orders")
                for part, names in parts.items():
                    setattr(migration, part, [("orders", each) for each in names])
                self.disk_migrations["orders", name] = migration

    import django.db.migrations.loader as module

    module.MigrationRecorder = lambda connection: Applied(applied)

    class Connection:
        alias = "default"

    try:
        loader = Loader(Connection())
    except NodeNotFoundError as error:
        return f"missing {error.node[1]}"
    return sorted(name for _, name in loader.graph.leaf_nodes("orders"))


print(json.dumps([answer(case["migrations"], case.get("applied", [])) for case in json.load(sys.stdin)]))
