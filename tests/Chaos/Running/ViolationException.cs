namespace Chaos;

/// <summary>A run did not do what is promised.</summary>
internal sealed class ViolationException(string what) : Exception(what);
