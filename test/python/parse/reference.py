"""What CPython says of modules: first a line of JSON with its version; then, for each line of JSON on standard
input ({"text": …, "full": …}), one with the tree or its digest, or the error. Columns are converted to UTF-16
code units."""

import ast
import hashlib
import json
import re
import struct
import sys
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)
IGNORED = {"type_comment", "type_ignores"}
# Fields that older versions do not have.
ADDED = {
    **dict.fromkeys(("FunctionDef", "AsyncFunctionDef", "ClassDef"), {"type_params": []}),
    **dict.fromkeys(("TypeVar", "ParamSpec", "TypeVarTuple"), {"default_value": None}),
}


def lines_of(text):
    return re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))


class Dump:
    def __init__(self, text):
        self.lines = lines_of(text)
        self.out = []

    def column(self, line, column):
        text = self.lines[line - 1]
        if text.isascii():
            return column
        before = text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "surrogatepass")
        return len(before) + sum(ord(character) > 0xFFFF for character in before)

    def value(self, value):
        out = self.out
        if isinstance(value, ast.expr_context | ast.operator | ast.unaryop | ast.boolop | ast.cmpop):
            out.append(type(value).__name__)
        elif isinstance(value, ast.AST):
            self.node(value)
        elif isinstance(value, list):
            out.append("[")
            for item in value:
                self.value(item)
                out.append(" ")
            out.append("]")
        elif value is None or value is True or value is False:
            out.append(str(value))
        elif value is Ellipsis:
            out.append("...")
        elif isinstance(value, int):
            out.append(f"{value:x}n")
        elif isinstance(value, float):
            out.append("f" + struct.pack(">d", value).hex())
        elif isinstance(value, complex):
            out.append("j" + struct.pack(">d", value.imag).hex())
        elif isinstance(value, bytes):
            out.append("b" + value.hex())
        else:
            out.append(json.dumps(value))

    def node(self, node):
        out = self.out
        out.append("(" + type(node).__name__)
        if hasattr(node, "lineno"):
            start = self.column(node.lineno, node.col_offset)
            end = self.column(node.end_lineno, node.end_col_offset)
            out.append(f" {node.lineno}:{start}-{node.end_lineno}:{end}")
        for name in sorted({*node._fields, *ADDED.get(type(node).__name__, {})} - IGNORED):
            value = getattr(node, name, ADDED.get(type(node).__name__, {}).get(name))
            if name == "value" and isinstance(node, ast.Constant | ast.MatchSingleton):
                out.append(" value=")
                self.value(value)
            elif name in ("conversion", "level", "simple", "is_async"):
                out.append(f" {name}={value or 0}")
            else:
                out.append(f" {name}=")
                self.value(value)
        out.append(")")


def answer(request):
    text = request["text"]
    try:
        tree = ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        place = {"line": error.lineno, "column": error.offset} if isinstance(error, SyntaxError) else {}
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        return {"state": "error", "type": type(error).__name__, "message": message, **place}
    dump = Dump(text)
    dump.node(tree)
    result = "".join(dump.out)
    if request.get("full"):
        return {"state": "module", "dump": result}
    return {
        "state": "module",
        "digest": hashlib.sha1(result.encode()).hexdigest(),
        "hasTemplates": "(JoinedStr " in result,
    }


if __name__ == "__main__":
    print(json.dumps({"version": sys.version_info[:3]}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
