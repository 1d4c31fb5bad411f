"""Calls of examples/python/grains.py, a line of JSON on the standard input each: [kind, key, method, arguments, seconds].

    grains_full.py ENDPOINTS FIRST_TRY [SERVER_KEY PUBLIC_KEY SECRET_KEY]
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples"))
from grains import GrainError, Grains

keys = dict(zip(("curve_serverkey", "curve_publickey", "curve_secretkey"), (key.encode() for key in sys.argv[3:])))
grains = Grains(*sys.argv[1].split(","), first_try=float(sys.argv[2]), **keys)
for line in sys.stdin:
    kind, key, method, arguments, seconds = json.loads(line)
    try:
        print("result " + json.dumps(grains.call(kind, key, method, *arguments, timeout=seconds)), flush=True)
    except GrainError as error:
        print("error " + str(error), flush=True)
