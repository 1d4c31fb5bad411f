"""Reads the .trx files of a folder: prints the tests that failed.

failures.py list FOLDER            one line a method: the assembly, its full name, how many of its rows failed, between tabs
failures.py show FOLDER            each failed test with its message and the first lines of its stack, for a person
"""

import collections
import pathlib
import sys
import xml.etree.ElementTree as xml

NS = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}


def failures(folder):
    for file in sorted(pathlib.Path(folder).glob("*.trx")):
        root = xml.parse(file).getroot()
        methods = {unit.get("id"): unit.find("t:TestMethod", NS) for unit in root.iterfind(".//t:UnitTest", NS)}
        for result in root.iterfind(".//t:UnitTestResult[@outcome='Failed']", NS):
            method = methods[result.get("testId")]
            yield method.get("codeBase"), f"{method.get('className')}.{method.get('name').split('(')[0].split('.')[-1]}", result


def text(result, name):
    found = result.find(f".//t:ErrorInfo/t:{name}", NS)
    return "" if found is None or found.text is None else found.text.strip()


verb, folder = sys.argv[1:]
if verb == "list":
    counts = collections.Counter((assembly, name) for assembly, name, _ in failures(folder))
    for (assembly, name), rows in sorted(counts.items()):
        print(assembly, name, rows, sep="\t")
else:
    for _, _, result in failures(folder):
        print(f"FAILED {result.get('testName')}\n    {text(result, 'Message')[:2000]}")
        print("\n".join("    " + line.strip() for line in text(result, "StackTrace").splitlines()[:6]))
