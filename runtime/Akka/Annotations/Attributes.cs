namespace Akka.Annotations;

/// <summary>Marks an API that may change in any version.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ApiMayChangeAttribute : Attribute;

/// <summary>Marks a type that is public, but not meant to be extended outside.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class DoNotInheritAttribute : Attribute;

/// <summary>Marks an API that is public for technical reasons only.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class InternalApiAttribute : Attribute;

/// <summary>Marks an internal API that is nevertheless kept stable.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class InternalStableApiAttribute : Attribute;
