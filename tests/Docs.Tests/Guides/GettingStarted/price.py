#region price
import sys

product = sys.stdin.read()
print(f"{len(product) * 0.25:.2f}", end="")
#endregion
