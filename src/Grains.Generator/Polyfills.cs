// What the language needs of the library, and netstandard2.0 does not have.
namespace System
{
    /// <summary>Lets list patterns compile.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Lets records compile.</summary>
    internal static class IsExternalInit;
}
