using System.Collections;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>
/// Equality as an assertion means it: by the values' own equality, and that of collections by their elements, in order.
/// </summary>
public class AkkaAssertEqualityComparer<T> : IEqualityComparer<T>
{
    private readonly bool _skipTypeCheck;
    private readonly IEqualityComparer? _innerComparer;

    /// <param name="skipTypeCheck">Whether values of different types may be equal.</param>
    /// <param name="innerComparer">Compares the elements of collections; by default a comparer like this one.</param>
    public AkkaAssertEqualityComparer(bool skipTypeCheck = false, IEqualityComparer? innerComparer = null)
    {
        _skipTypeCheck = skipTypeCheck;
        _innerComparer = innerComparer;
    }

    public bool Equals(T? x, T? y) => ValuesEqual(x, y, _skipTypeCheck);

    public int GetHashCode(T obj) =>
        throw new NotSupportedException("This comparer compares only; it has no hash codes.");

    private bool ValuesEqual(object? x, object? y, bool skipTypeCheck)
    {
        if (ReferenceEquals(x, y))
        {
            return true;
        }

        if (x is null || y is null)
        {
            return false;
        }

        if (x.Equals(y))
        {
            return true;
        }

        if (x is string || y is string || x is not IEnumerable first || y is not IEnumerable second)
        {
            return x is IEquatable<T> equatable && y is T typed && equatable.Equals(typed);
        }

        return (skipTypeCheck || x.GetType() == y.GetType() || typeof(T).IsInterface) && ElementsEqual(first, second);
    }

    private bool ElementsEqual(IEnumerable x, IEnumerable y)
    {
        var first = x.GetEnumerator();
        var second = y.GetEnumerator();
        using (first as IDisposable)
        using (second as IDisposable)
        {
            while (first.MoveNext())
            {
                if (!second.MoveNext() || !ElementEqual(first.Current, second.Current))
                {
                    return false;
                }
            }

            return !second.MoveNext();
        }
    }

    private bool ElementEqual(object? x, object? y) =>
        _innerComparer is { } comparer ? comparer.Equals(x!, y!) : ValuesEqual(x, y, skipTypeCheck: true);
}
