namespace Akka.Util;

/// <summary>A boolean that threads may read and swap without a lock.</summary>
public class AtomicBoolean
{
    private int _value;

    public AtomicBoolean(bool initialValue = false) => _value = initialValue ? 1 : 0;

    public bool Value
    {
        get => Volatile.Read(ref _value) == 1;
        set => Volatile.Write(ref _value, value ? 1 : 0);
    }

    public bool CompareAndSet(bool expected, bool newValue)
    {
        var from = expected ? 1 : 0;
        return Interlocked.CompareExchange(ref _value, newValue ? 1 : 0, from) == from;
    }

    public bool GetAndSet(bool newValue) => Interlocked.Exchange(ref _value, newValue ? 1 : 0) == 1;

    public static implicit operator bool(AtomicBoolean atomicBoolean) => atomicBoolean.Value;
}

/// <summary>A reference that threads may read and swap without a lock.</summary>
public class AtomicReference<T>
    where T : class
{
    protected T atomicValue = null!;

    public AtomicReference()
    {
    }

    public AtomicReference(T originalValue) => atomicValue = originalValue;

    public T Value
    {
        get => Volatile.Read(ref atomicValue);
        set => Volatile.Write(ref atomicValue, value);
    }

    public bool CompareAndSet(T expected, T newValue) =>
        ReferenceEquals(Interlocked.CompareExchange(ref atomicValue, newValue, expected), expected);

    public T GetAndSet(T newValue) => Interlocked.Exchange(ref atomicValue, newValue);

    public static implicit operator T(AtomicReference<T> atomicReference) => atomicReference.Value;
}
