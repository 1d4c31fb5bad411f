namespace Actors.Grains.Calls;

/// <summary>A method of a grain interface. Made by generated code.</summary>
public sealed class GrainMethod
{
    /// <summary>Describes a method.</summary>
    /// <param name="name">Its name on the wire.</param>
    /// <param name="signature">Its parameters and result, for people: <c>Add(long n) -> long</c>.</param>
    /// <param name="isReadOnly">Whether it has <see cref="ReadOnlyAttribute"/>.</param>
    /// <param name="newCall">Makes a call of this method, whose arguments are then read.</param>
    public GrainMethod(string name, string signature, bool isReadOnly, Func<GrainCall> newCall)
    {
        Name = name;
        Signature = signature;
        IsReadOnly = isReadOnly;
        NewCall = newCall;
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    /// <summary>Parameters and result, for people.</summary>
    public string Signature { get; }

    /// <summary>Whether the method changes nothing.</summary>
    public bool IsReadOnly { get; }

    internal Func<GrainCall> NewCall { get; }
}
